"""How mail programs and people write in Latvian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="lv",
    wrote=words("rakstīja|raksta|uzrakstīja|lietotājs|rakstīja:|, lietotājs"),
    opens=words("on |datums: |plkst. "),
    days=words(
        "pirmdiena|otrdiena|trešdiena|ceturtdiena|piektdiena|sestdiena|svētdiena|pirmd|otrd|trešd|ceturtd|piektd|"
        "sestd|svētd|p|o|t|c|pk|s|sv"
    ),
    months=words(
        "janvāris|februāris|marts|aprīlis|maijs|jūnijs|jūlijs|augusts|septembris|oktobris|novembris|decembris|"
        "janv|febr|apr|jūn|jūl|aug|sept|okt|nov|dec"
    ),
    from_=words("no|sūtītājs"),
    sent=words("nosūtīts|datums|sūtīts|nosūtīšanas datums"),
    to=words("kam|adresāts|saņēmējs"),
    copy=words("kopija|diskrētā kopija"),
    subject=words("temats|tēma|priekšmets"),
    other=words("atbildēt|pielikumi|svarīgums"),
    original=words(
        "sākotnējais ziņojums|pārsūtīts ziņojums|oriģinālais ziņojums|pārsūtītā ziņa|sākotnējā ziņa|oriģinālā vēstule"
    ),
    forwarded=words("pārsūtītās ziņas sākums"),
    device=words("nosūtīts no|sūtīts no|iegūstiet outlook|iegūt outlook|lejupielādēt outlook|sūtīts ar"),
    closings=words(
        "ar cieņu|paldies|liels paldies|jauku dienu|labu dienu|sveicieniem|ar sveicieniem|jau iepriekš paldies|"
        "lai jauka diena|ar laba vēlējumiem"
    ),
)
