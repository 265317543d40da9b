"""How mail programs and people write in Croatian and Serbian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="hr",
    wrote=words(
        "napisao|napisala|je napisao|je napisala|napisao/la|napisao je|napisala je|piše|је написао|је написала|"
        "пише|је написао/ла|написао"
    ),
    opens=words("dana |dne |on |u |дана "),
    days=words(
        "ponedjeljak|ponedeljak|utorak|srijeda|sreda|četvrtak|petak|subota|nedjelja|nedelja|pon|uto|sri|sre|čet|"
        "pet|sub|ned"
    ),
    months=words(
        "siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopada|studenoga|prosinca|"
        "januar|februar|mart|april|maj|jun|jul|avgust|septembar|oktobar|novembar|decembar|sij|velj|ožu|tra|svi|"
        "lip|srp|kol|ruj|stu|avg|okt"
    ),
    from_=words("od|šalje|pošiljatelj|pošiljalac|шаље"),
    sent=words("poslano|datum|poslato|датум"),
    to=words("za|prima|kome|primatelj|primalac|прима"),
    copy=words("cc|kopija|kopija za"),
    subject=words("predmet|naslov|тема|наслов"),
    other=words("odgovori na|prilozi|važnost|prioritet"),
    original=words(
        "originalna poruka|izvorna poruka|proslijeđena poruka|prosleđena poruka|оригинална порука|прослеђена порука"
    ),
    forwarded=words("početak proslijeđene poruke|početak prosleđene poruke"),
    device=words(
        "poslano s|poslano sa|poslano iz|poslano putem|poslato sa|poslato iz|poslato preko|preuzmite outlook za|"
        "nabavite outlook za|dohvati outlook|послато са|poslano pomoću"
    ),
    closings=words(
        "srdačan pozdrav|lijep pozdrav|lep pozdrav|pozdrav|s poštovanjem|sa poštovanjem|hvala|unaprijed hvala|"
        "unapred hvala|lp|puno hvala|srdačno|zahvaljujem|ugodan dan|prijatan dan|hvala unaprijed|hvala i pozdrav|"
        "поздрав|хвала|с поштовањем"
    ),
)
