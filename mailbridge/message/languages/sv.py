"""How mail programs and people write in Swedish: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="sv",
    wrote=words("skrev|skriver|skrev följande|har skrivit"),
    opens=words("den |on |på |citerar |citat från |i meddelandet "),
    days=words(
        "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|måndagen|tisdagen|onsdagen|torsdagen|fredagen|"
        "lördagen|söndagen|mån|tis|ons|tors|tor|fre|lör|sön"
    ),
    months=words(
        "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|mar|apr|"
        "jun|jul|aug|sep|sept|okt|nov|dec"
    ),
    from_=words("från|avsändare"),
    sent=words("skickat|datum|skickades|skickad|skickat den|sänt"),
    to=words("till|mottagare"),
    copy=words("kopia|hemlig kopia|kopia till|cc"),
    subject=words("ämne|ärende"),
    other=words("svara till|svar till|prioritet|bifogade filer|bilagor|bilaga|bifogat"),
    original=words(
        "ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|ursprungligt mejl|"
        "vidarebefordrat brev|börja vidarebefordrat meddelande|vidarebefordrat av|svara ovanför denna rad|"
        "ursprungligt mail|originalmail"
    ),
    forwarded=words(
        "vidarebefordrat brev|börja vidarebefordrat meddelande|vidarebefordrat meddelande|"
        "början på vidarebefordrat meddelande"
    ),
    above=words("svara ovanför denna rad|skriv ditt svar ovanför denna rad|svara ovanför den här raden"),
    device=words(
        "skickat från|skickad från|skickades från|skickat via|skickat med|sänt från|hämta outlook för|"
        "hämta outlook|skaffa outlook för|skickas från|skickat av|ladda ned outlook"
    ),
    closings=words(
        "hälsn|"
        "med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänlig hälsning|hälsningar|mvh|"
        "bästa hälsningar|varma hälsningar|hälsning|tack på förhand|tack|tack så mycket|tackar|"
        "med bästa hälsningar|ha en bra dag|ha det bra|ha det gott|hej då|vh|allt gott|m.v.h|med hälsning|"
        "vänligen|kram|kramar|stort tack|tack och hej|trevlig helg"
    ),
    disclaimer=words(
        "detta e-postmeddelande|detta meddelande|detta mejl|denna e-post|informationen i detta|"
        "innehållet i detta|konfidentiellt|sekretess|om du inte är|tänk på miljön|innan du skriver ut|"
        "så behandlar vi|när du skickar e-post"
    ),
    secrecy=words(
        "konfidentiell|avsedd mottagare|avsedda mottagare|av misstag|förbjud|miljö|personuppgifter|sekretess"
    ),
    imprint=words("org.nr|org nr|orgnr|organisationsnummer|momsreg|f-skatt|bolagets säte|säte:"),
    scanned=words("virusfri|detta e-postmeddelande har sökts igenom|har kontrollerats|inga virus"),
    listing=words("e-postlista|sändlista|avsluta prenumerationen|du får det här|avprenumerera"),
    inline=words("svar nedan|svarar nedan|svar i texten|mina svar|mina kommentarer|svar i rött"),
    first_person=words("jag|vi"),
    possessives=words("min|mitt|mina|vår|vårt|våra"),
    parcels=words("idag|igår|imorgon|morse|kväll|vecka|rekommenderat|paket|paketet|brev|bud|lager|lagret"),
)
