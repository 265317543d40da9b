"""How mail programs and people write in Estonian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="et",
    wrote=words("kirjutas|kirjutas:|kirjutab|on kirjutanud|kirjutas järgmist|kirjutas ("),
    opens=words("on |kuupäev: "),
    days=words("esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev|e|t|k|n|r|l|p"),
    months=words(
        "jaanuar|veebruar|märts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember|jaan|veebr|"
        "apr|aug|sept|okt|nov|dets"
    ),
    from_=words("saatja|kellelt"),
    sent=words("saadetud|kuupäev|saatmisaeg"),
    to=words("saaja|kellele|adressaat"),
    copy=words("koopia|cc|pimekoopia"),
    subject=words("teema|pealkiri"),
    other=words("vasta|manused|tähtsus"),
    original=words("algne sõnum|originaalsõnum|edastatud sõnum|algne kiri|edastatud kiri|originaalkiri|esialgne sõnum"),
    forwarded=words("edastatud kirja algus|edastatud sõnumi algus"),
    device=words(
        "saadetud minu|saadetud rakendusest|saadetud iphone|saadetud nutitelefonist|hankige outlook|"
        "laadige alla outlook|saadetud telefonist|saadetud seadmest"
    ),
    closings=words(
        "lugupidamisega|tervitades|parimate soovidega|aitäh|tänan|tänades|ette tänades|kõike head|head päeva|"
        "tervitustega|suur tänu|austusega|parimat"
    ),
)
