"""How mail programs and people write in Lithuanian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="lt",
    wrote=words("rašė|parašė|rašo|rašė:|rašė(-ė)"),
    opens=words("on |data: "),
    days=words(
        "pirmadienis|antradienis|trečiadienis|ketvirtadienis|penktadienis|šeštadienis|sekmadienis|pirm|antr|treč|"
        "ketv|penkt|šešt|sekm|pr|an|tr|kt|pn|št|sk"
    ),
    months=words(
        "sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio|gruodžio|saus|"
        "vas|kov|bal|geg|birž|liep|rugp|rugs|spal|lapkr|gruod"
    ),
    from_=words("nuo|siuntėjas|from"),
    sent=words("išsiųsta|data|siųsta|išsiųstas"),
    to=words("kam|iki|gavėjas"),
    copy=words("kopija|nuorašas"),
    subject=words("tema"),
    other=words("atsakyti|priedai|svarba"),
    original=words(
        "originali žinutė|pradinis pranešimas|persiųstas pranešimas|originalus laiškas|pirminis pranešimas|"
        "persiųstas laiškas"
    ),
    forwarded=words("persiunčiamo laiško pradžia"),
    device=words(
        "išsiųsta iš|siųsta iš|atsisiųskite outlook|gauti outlook|gaukite outlook|išsiųsta naudojant|siunčiu iš"
    ),
    closings=words(
        "pagarbiai|su pagarba|geros dienos|ačiū|dėkoju|iš anksto dėkoju|linkėjimai|sėkmės|labai ačiū|"
        "gražios dienos|nuoširdžiai"
    ),
)
