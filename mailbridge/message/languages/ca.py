"""How mail programs and people write in Catalan: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="ca",
    wrote=words("va escriure|ha escrit|escrigué"),
    opens=words("missatge de |el |el dia "),
    days=words("dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge|dl|dt|dc|dj|dv|ds|dg"),
    months=words("gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre"),
    from_=words("de|remitent"),
    sent=words("enviat|data|enviat el"),
    to=words("per a|a|destinatari"),
    copy=words("cc|cco|còpia"),
    subject=words("assumpte"),
    other=words("respon a|importància|fitxers adjunts"),
    original=words("missatge original|missatge reenviat"),
    forwarded=words("inici del missatge reenviat|missatge reenviat"),
    device=words("enviat des de|enviat des del|obteniu l'outlook per a"),
    closings=words("salutacions|salutacions cordials|atentament|gràcies|moltes gràcies|una salutació|cordialment"),
)
