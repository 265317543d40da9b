"""How mail programs and people write in Slovenian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="sl",
    wrote=words("napisal|napisala|je napisal|je napisala|je oseba|je napisal/a|napisal(a)|napisano"),
    opens=words("dne |on |v |oseba "),
    days=words("ponedeljek|torek|sreda|četrtek|petek|sobota|nedelja|pon|tor|sre|čet|pet|sob|ned"),
    months=words(
        "januar|februar|marec|april|maj|junij|julij|avgust|september|oktober|november|december|jan|feb|mar|apr|"
        "jun|jul|avg|sep|okt|nov|dec"
    ),
    from_=words("od|pošiljatelj"),
    sent=words("poslano|datum|poslana|poslan"),
    to=words("za|prejemnik"),
    copy=words("kp|skp|kopija"),
    subject=words("zadeva"),
    other=words("odgovor za|priloge|pomembnost"),
    original=words("izvirno sporočilo|originalno sporočilo|posredovano sporočilo|prvotno sporočilo"),
    forwarded=words("začetek posredovanega sporočila"),
    device=words("poslano z|poslano iz|poslano s|poslano prek|pridobite outlook za|prenesite outlook za|outlook za"),
    closings=words(
        "lep pozdrav|lepo pozdravljeni|s spoštovanjem|hvala|hvala lepa|lp|pozdrav|prijeten dan|"
        "lepo vas pozdravljam|vnaprej hvala|lep dan"
    ),
)
