"""How mail programs and people write in Turkish: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="tr",
    wrote=words("yazdı|şunu yazdı|şunları yazdı|yazmış|tarihinde yazdı"),
    opens=words("on |tarih: "),
    days=words("pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|pzt|sal|çar|per|cum|cmt|paz"),
    months=words(
        "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|oca|şub|nis|haz|tem|ağu|eyl|"
        "eki|kas|ara"
    ),
    from_=words("kimden|gönderen"),
    sent=words("gönderildi|tarih|gönderilme tarihi|gönderim tarihi|gönderme tarihi"),
    to=words("kime|alıcı"),
    copy=words("bilgi|gizli|cc"),
    subject=words("konu"),
    other=words("yanıtla|yanıt adresi|önem|ekler"),
    original=words(
        "özgün ileti|orijinal mesaj|iletilen mesaj|yönlendirilmiş mesaj|iletilmiş mesaj|orijinal ileti|"
        "özgün mesaj|iletilen ileti|yönlendirilen mesaj"
    ),
    forwarded=words("iletilmiş mesajın başlangıcı|başlangıç iletilen mesaj"),
    device=words(
        "iphone'umdan gönderildi|iphone’umdan gönderildi|ipad'imden gönderildi|ipad’imden gönderildi|"
        "android uygulamasından|outlook for ios'u edinin|outlook for android'i edinin|ios için outlook|"
        "android için outlook|samsung cihazımdan|galaxy cihazımdan|android için yahoo"
    ),
    closings=words(
        "saygılarımla|saygılar|iyi çalışmalar|teşekkürler|teşekkür ederim|selamlar|iyi günler|sevgiler|"
        "kolay gelsin|saygılarımızla|şimdiden teşekkürler|sağlıcakla"
    ),
)
