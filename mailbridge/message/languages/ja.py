"""How mail programs and people write in Japanese: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="ja",
    wrote=words(
        "さんは書きました|は書きました|のメール|さんが書きました|wrote|さんのコメント|より|のメッセージ|からのメール"
    ),
    opens=words("on |at "),
    days=words("月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日|月|火|水|木|金|土|日"),
    months=words("1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月"),
    from_=words("差出人|送信者|送信元|from|発信者"),
    sent=words("送信日時|日時|日付|送信日|送信済み|date|送信"),
    to=words("宛先|受信者|to|送信先|送り先"),
    copy=words("cc|bcc|同報"),
    subject=words("件名|題名|subject"),
    other=words("返信先|重要度|添付ファイル|添付"),
    original=words(
        "元のメッセージ|転送メッセージ|転送されたメッセージ|オリジナルメッセージ|元のメール|original message|"
        "転送メール|転送開始|受信メール|この行より上に返信|メッセージ転送|引用|元メール"
    ),
    forwarded=words("転送されたメッセージ|転送メッセージ|転送開始"),
    above=words(
        "この行より上に返信|この線より上に返信|この行の上に返信|この行より上に返信を入力してください|"
        "この行より上に返信してください"
    ),
    device=words(
        "iphoneから送信|ipadから送信|私のiphoneから送信|androidから送信|androidスマートフォンから|"
        "スマートフォンから送信|携帯から送信|outlook for ios を入手|"
        "outlook for android を入手|outlook for iosを入手|outlook for androidを入手|ios 版 outlook|"
        "android 版 outlook|"
        "windows 版のメール|windows 10 版のメール|yahoo!メール|galaxyから送信|xperiaから送信|proton mail|"
        "マイ iphone|docomoの|auの|"
        "softbankの|ソフトバンクの|ドコモの|移動端末から|モバイルから送信"
    ),
    closings=words(
        "よろしくお願いします|よろしくお願いいたします|宜しくお願いします|宜しくお願い致します|"
        "よろしくお願い致します|どうぞよろしくお願いいたします|何卒よろしくお願いいたします|"
        "何卒宜しくお願い致します|"
        "以上、よろしくお願いいたします|以上、よろしくお願いします|以上です|以上|敬具|かしこ|草々|"
        "ありがとうございます|ありがとうございました|宜しくお願いいたします|では、よろしくお願いします|"
        "どうぞよろしくお願いします|取り急ぎ、お礼まで"
    ),
    disclaimer=words(
        "このメールは|本メールは|このメッセージは|本メッセージは|このメールおよび|本メールおよび|"
        "本電子メール|この電子メール|免責|機密保持|本メールの内容|誤って"
    ),
    secrecy=words("機密|受信者|宛先|誤って|禁|秘密|削除"),
    imprint=words("法人番号|登記|特定商取引|登録番号"),
    scanned=words("ウイルス|ウィルス"),
    listing=words("メーリングリスト|配信停止|退会|購読解除"),
    inline=words("以下に回答|インラインで|下記に回答|文中に回答|赤字で回答"),
)
