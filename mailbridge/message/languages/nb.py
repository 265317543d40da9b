"""How mail programs and people write in Norwegian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="no",
    wrote=words("skrev|skriver|skrev følgende|har skrevet"),
    opens=words("den |på |on |sitat fra |siterer |i meldingen "),
    days=words("mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|man|tir|tirs|ons|tor|tors|fre|lør|søn"),
    months=words(
        "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|jan|feb|mar|apr|jun|"
        "jul|aug|sep|sept|okt|nov|des"
    ),
    from_=words("fra|avsender"),
    sent=words("sendt|dato|sendt den|sendte"),
    to=words("til|mottaker|mottakere"),
    copy=words("kopi|kopi til|blindkopi|cc"),
    subject=words("emne"),
    other=words("svar til|prioritet|vedlegg|viktighet"),
    original=words(
        "opprinnelig melding|original melding|videresendt melding|opprinnelig e-post|"
        "begynnelse på videresendt melding|begynn videresendt melding|videresendt e-post|videresendt av|"
        "svar over denne linjen|opprinnelig epost|opprinnelig mail"
    ),
    forwarded=words(
        "begynnelse på videresendt melding|videresendt melding|start på videresendt melding|begynn videresendt melding"
    ),
    above=words("svar over denne linjen|skriv svaret ditt over denne linjen|vennligst svar over denne linjen"),
    device=words(
        "sendt fra|sendt via|sendt med|sendt av|hent outlook for|skaff deg outlook for|få outlook for|"
        "last ned outlook for|last ned outlook|skaff outlook for"
    ),
    closings=words(
        "med vennlig hilsen|vennlig hilsen|med vennlige hilsener|vennlige hilsener|mvh|m.v.h|vh|hilsen|hilsener|"
        "beste hilsen|beste hilsener|med hilsen|på forhånd takk|takk|takk for hjelpen|tusen takk|mange takk|"
        "ha en fin dag|ha en god dag|ha det bra|ha det fint|god helg|klem|mvh.|med beste hilsen|takk på forhånd|"
        "fortsatt fin dag"
    ),
    disclaimer=words(
        "denne e-posten|denne eposten|denne meldingen|innholdet i denne|informasjonen i denne|konfidensielt|"
        "taushetsplikt|hvis du ikke er|tenk på miljøet|før du skriver ut|tenk miljø"
    ),
    secrecy=words("konfidensiell|tiltenkt|ved en feil|feilaktig|forbudt|miljø|personopplysninger|mottaker"),
    imprint=words("org.nr|org nr|orgnr|organisasjonsnummer|foretaksregisteret|mva"),
    scanned=words("virusfri|denne e-posten er kontrollert|ingen virus"),
    listing=words("e-postliste|meld deg av|avslutt abonnementet|du mottar denne"),
    inline=words("svar nedenfor|svar i teksten|mine svar|svarer nedenfor|svar i rødt|svar med rødt"),
    first_person=words("jeg|vi"),
    possessives=words("min|mitt|mine|vår|vårt|våre"),
    parcels=words("dag|går|morgen|kveld|uke|rekommandert|pakke|pakken|brev|bud|lager|lageret"),
)
