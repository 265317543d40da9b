"""How mail programs and people write in Korean: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="ko",
    wrote=words("님이 작성|님이 작성했습니다|작성:|님이 씀|님의 메일|님이 다음과|썼습니다"),
    opens=words("on |at "),
    days=words("월요일|화요일|수요일|목요일|금요일|토요일|일요일"),
    months=words("1월|2월|3월|4월|5월|6월|7월|8월|9월|10월|11월|12월"),
    from_=words("보낸 사람|보낸사람|발신|보낸이|발신자"),
    sent=words("보낸 날짜|보낸날짜|날짜|보낸 시간|일시|받은 날짜|전송 시간"),
    to=words("받는 사람|받는사람|수신|받는이|수신자"),
    copy=words("참조|숨은 참조|숨은참조"),
    subject=words("제목"),
    other=words("중요도|첨부|첨부 파일|회신"),
    original=words("원본 메시지|원본 메일|전달된 메시지|원본메시지|전달된 이메일|원본 이메일|원본메일"),
    forwarded=words("전달된 메시지|전달한 메시지"),
    device=words(
        "나의 iphone|내 iphone|iphone에서 보냄|ipad에서 보냄|나의 ipad|android용 outlook|ios용 outlook|"
        "내 galaxy|나의 galaxy|"
        "android에서 보냄|samsung galaxy|windows용 메일|갤럭시 스마트폰에서"
    ),
    closings=words("감사합니다|고맙습니다|수고하세요|안녕히 계세요|드림|올림|감사드립니다"),
)
