"""How mail programs and people write in Danish: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="da",
    wrote=words("skrev|skriver|skrev følgende|har skrevet"),
    opens=words("den |d. |på |on |citat fra |citerer |i meddelelsen "),
    days=words("mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|man|tir|ons|tor|tors|fre|lør|søn|tirs"),
    months=words(
        "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|jan|feb|mar|apr|jun|"
        "jul|aug|sep|sept|okt|nov|dec"
    ),
    from_=words("fra|afsender"),
    sent=words("sendt|dato|sendt den|afsendt|sendt:"),
    to=words("til|modtager"),
    copy=words("cc|kopi|kopi til|bcc|skjult kopi"),
    subject=words("emne|vedr"),
    other=words("svar til|prioritet|vedhæftede filer|vedhæftet|vigtighed|vedhæftninger"),
    original=words(
        "oprindelig meddelelse|oprindelig besked|original besked|original meddelelse|videresendt meddelelse|"
        "videresendt besked|start på videresendt besked|oprindelig mail|oprindelig e-mail|videresendt af|"
        "svar over denne linje|oprindelige meddelelse"
    ),
    forwarded=words(
        "start på videresendt besked|videresendt meddelelse|videresendt besked|begyndelse på videresendt besked"
    ),
    above=words("svar over denne linje|skriv dit svar over denne linje|skriv venligst dit svar over denne linje"),
    device=words(
        "sendt fra|sendt via|sendt med|sendt af|hent outlook til|hent outlook|få outlook til|"
        "download outlook til|afsendt fra|sendes fra"
    ),
    closings=words(
        "med venlig hilsen|venlig hilsen|med venlige hilsner|venlige hilsner|mvh|m.v.h|vh|v.h|kh|k.h|"
        "kærlig hilsen|bedste hilsner|hilsen|hilsner|de bedste hilsner|mange hilsner|med hilsen|på forhånd tak|"
        "tak|tak for hjælpen|mange tak|på forhånd mange tak|ha' en god dag|hav en god dag|fortsat god dag|"
        "god dag|knus|dbh|de bedste hilsener|god weekend|med de bedste hilsner|bh|hav en dejlig dag|tusind tak|"
        "pft|mvh.|mange venlige hilsner"
    ),
    disclaimer=words(
        "denne e-mail|denne mail|denne meddelelse|denne besked|indholdet af denne|oplysningerne i denne|"
        "fortrolighed|fortroligt|hvis du ikke er|tænk på miljøet|før du printer|bemærk venligst"
    ),
    secrecy=words("fortrolig|tiltænkt|ved en fejl|fejlagtigt|forbudt|miljø|personoplysninger|modtager"),
    imprint=words("cvr|cvr-nr|se-nr|momsnr|aktieselskab"),
    scanned=words("virusfri|denne e-mail er blevet kontrolleret|denne mail er blevet|ingen virus"),
    listing=words("mailingliste|afmeld|afmelding|du modtager denne"),
    inline=words("svar nedenfor|svar i teksten|mine svar|svarer nedenfor|mine kommentarer|svar med rødt"),
    first_person=words("jeg|vi"),
    possessives=words("min|mit|mine|vores"),
    parcels=words("dag|går|morgen|aften|uge|anbefalet|pakke|pakken|brev|bud|lager|lageret"),
)
