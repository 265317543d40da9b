"""How mail programs and people write in German: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="de",
    wrote=words("schrieb|schrieben|geschrieben|schreibt|hat geschrieben|schrieb am|schrieb/wrote"),
    opens=words("am |zitat von |von |on |auf |in der nachricht |zitiere "),
    days=words("montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so"),
    months=words(
        "januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|jan|feb|mär|"
        "apr|jun|jul|aug|sep|okt|nov|dez"
    ),
    from_=words("von|absender"),
    sent=words("gesendet|datum|gesendet am|verschickt|gesendet um|datum/uhrzeit"),
    to=words("an|empfänger"),
    copy=words("cc|kopie|kopie an|bcc|blindkopie"),
    subject=words("betreff|betr"),
    other=words("antwort an|antwort-an|priorität|wichtigkeit|anlagen|anhänge|organisation|anhang|vertraulichkeit"),
    original=words(
        "ursprüngliche nachricht|originalnachricht|original-nachricht|original nachricht|"
        "weitergeleitete nachricht|weitergeleitete mail|ursprüngliche mail|urspruengliche nachricht|originalmail|"
        "original-mail|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|"
        "weitergeleitet von|bitte oberhalb dieser zeile antworten|antwort oberhalb dieser zeile|originaltermin|"
        "ursprünglicher termin|original message processed by|vorherige nachricht"
    ),
    forwarded=words(
        "anfang der weitergeleiteten nachricht|weitergeleitete nachricht|anfang der weitergeleiteten e-mail"
    ),
    above=words(
        "antworten sie oberhalb dieser zeile|bitte antworten sie oberhalb dieser zeile|"
        "oberhalb dieser zeile antworten|antworten sie über dieser zeile|bitte oberhalb dieser zeile antworten|"
        "schreiben sie ihre antwort oberhalb dieser zeile"
    ),
    device=words(
        "von meinem|gesendet von|gesendet mit|gesendet aus|gesendet über|diese nachricht wurde von|"
        "diese e-mail wurde von|diese mail wurde von|diese nachricht wurde mit|versendet mit|verschickt mit|"
        "verfasst mit|mit der|outlook für|holen sie sich outlook|laden sie outlook für|beziehen sie outlook|"
        "abrufen von outlook|sicher versendet mit|von unterwegs gesendet|mobil gesendet|via |gesendet per|"
        "von mobile gesendet"
    ),
    closings=words(
        "schönen gruß|lieben gruß|besten gruß|mit sonnigen grüßen|"
        "freundlichst|herzlichst|vielen dank und beste grüße|danke vorab|schönes wochenende|bis dann|"
        "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichen gruessen|mit freundlichem gruß|"
        "mit freundlichem gruss|freundliche grüße|freundliche grüsse|freundlichen gruß|beste grüße|beste grüsse|"
        "mit besten grüßen|viele grüße|viele grüsse|liebe grüße|liebe grüsse|herzliche grüße|herzliche grüsse|"
        "schöne grüße|schöne grüsse|gruß|gruss|grüße|grüsse|grüßle|mfg|lg|vg|bg|hg|vlg|vielen dank|danke|"
        "dankeschön|besten dank|herzlichen dank|vielen dank und viele grüße|danke und gruß|danke und viele grüße|"
        "hochachtungsvoll|mit herzlichen grüßen|mit bestem gruß|mit lieben grüßen|mit vielen grüßen|"
        "sonnige grüße|freundlich grüßt|es grüßt|einen schönen tag|schönen tag noch|danke im voraus|"
        "vielen dank im voraus|bis bald|tschüss|ciao|beste gruesse|viele gruesse|liebe gruesse|"
        "freundliche gruesse|gruesse|ihr|euer"
    ),
    disclaimer=words(
        "diese e-mail|diese email|diese nachricht|dieses schreiben|der inhalt dieser|die information in dieser|"
        "die informationen in dieser|die in dieser|vertraulichkeitshinweis|vertraulichkeit:|hinweis:|"
        "wichtiger hinweis|haftungsausschluss|rechtlicher hinweis|sollten sie nicht der|wenn sie nicht der|"
        "bitte denken sie an die umwelt|denken sie an die umwelt|bitte prüfen sie|datenschutzhinweis|"
        "informationen zum datenschutz|hinweise zum datenschutz|bitte beachten sie|vor dem ausdrucken|"
        "bevor sie diese"
    ),
    secrecy=words(
        "vertraulich|adressat|empfänger|nicht gestattet|unbefugt|irrtümlich|untersagt|weitergabe|datenschutz|umwelt"
    ),
    imprint=words(
        "geschäftsführ|amtsgericht|handelsregister|hrb|hra |ust-id|ust.-id|ustid|umsatzsteuer|"
        "sitz der gesellschaft|registergericht|steuernummer|steuer-nr|st.-nr|vertreten durch|vorstand|"
        "aufsichtsrat|firmenbuch|uid-nr|uid:|fn |persönlich haftende|inhaber|ust-idnr|kommanditgesellschaft, sitz"
    ),
    scanned=words(
        "virenfrei|diese e-mail wurde von avast|diese e-mail wurde auf viren|es wurde kein virus|keine viren gefunden"
    ),
    listing=words(
        "mailingliste|mailing-liste|zum abbestellen|abmelden von|sie erhalten diese nachricht|sie erhalten diese e-mail"
    ),
    answers=words("antworten|kommentare|anmerkungen|antwort"),
    places=words("in rot|in blau|in grün|rot|blau|grün|fett|unten|im text|inline|dazwischen|unter den fragen"),
    inline=words(
        "antworten unten|antworten siehe unten|siehe meine antworten|meine antworten|antworten im text|"
        "antwort im text|kommentare im text|siehe im text|antworten stehen|antworten inline|"
        "inline beantwortet|antworten in rot|antworten in blau|kommentare in rot|antworten sind rot|"
        "antworten sind blau"
    ),
    first_person=words("ich|wir"),
    possessives=words("mein|meine|meiner|meinem|meinen|unser|unsere|unserer|unserem|unseren"),
    parcels=words(
        "heute|gestern|morgen|früh|abend|mittag|woche|einschreiben|paket|päckchen|sendung|spedition|kurier|brief|warensendung|lager|post|packstation"
    ),
)
