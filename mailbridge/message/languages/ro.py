"""How mail programs and people write in Romanian: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="ro",
    wrote=words("a scris|scrie|a scris:|au scris|a scris următoarele"),
    opens=words("pe |la data de |în data de |in data de |la |în |on |pe data de |citat din |citez pe |data: "),
    days=words("luni|marți|marţi|miercuri|joi|vineri|sâmbătă|duminică|lun|mar|mie|vin|sâm|dum|mi|vi|sb"),
    months=words(
        "ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie|ian|"
        "feb|mar|apr|iun|iul|aug|sept|oct|noi|nov|dec"
    ),
    from_=words("de la|expeditor|din partea|from"),
    sent=words("trimis|data|trimis la|expediat|data trimiterii|trimisă"),
    to=words("către|catre|pentru|destinatar|to|la"),
    copy=words("cc|copie|bcc|copie carbon"),
    subject=words("subiect|subiectul"),
    other=words("răspunde la|prioritate|importanță|atașamente|ataşamente|răspuns către"),
    original=words(
        "mesaj original|mesajul original|mesaj iniţial|mesaj inițial|mesaj redirecționat|mesaj redirecţionat|"
        "mesaj transmis|mesaj inaintat|începutul mesajului redirecționat|mesaj retrimis|"
        "răspundeți deasupra acestei linii|mesaj transmis mai departe"
    ),
    forwarded=words(
        "începutul mesajului redirecționat|mesaj redirecționat|mesaj transmis mai departe|început mesaj redirecționat"
    ),
    above=words("răspundeți deasupra acestei linii|scrieți răspunsul deasupra acestei linii"),
    device=words(
        "trimis de pe|trimis din|trimis de la|trimis cu|trimis prin|trimis de|expediat de pe|"
        "obțineți outlook pentru|obţineţi outlook pentru|obține outlook pentru|descărcați outlook pentru|"
        "mesaj trimis de pe"
    ),
    closings=words(
        "cu stimă|cu stima|cu respect|toate cele bune|cu drag|numai bine|mulțumesc|multumesc|mulţumesc|mulțumim|"
        "multumim|mulțumesc anticipat|multumesc anticipat|o zi bună|o zi buna|cu considerație|cu consideraţie|"
        "cu deosebită considerație|salutări|salutari|o zi frumoasă|o zi frumoasa|cele bune|mersi|vă mulțumesc|"
        "va multumesc|cu deosebit respect|cu prietenie|cu stimă și respect"
    ),
    disclaimer=words(
        "acest mesaj|acest e-mail|acest email|prezentul mesaj|informațiile conținute|informaţiile conţinute|"
        "conținutul acestui|confidențialitate|confidenţialitate|dacă nu sunteți|daca nu sunteti|"
        "înainte de a imprima|atenție|prezenta comunicare|dacă ați primit"
    ),
    secrecy=words(
        "confidențial|confidenţial|confidential|destinatar|din greșeală|din eroare|interzis|mediul|protecția datelor"
    ),
    imprint=words(
        "cui:|cui |c.u.i|reg. com|registrul comerțului|registrul comertului|nr. reg|capital social|cif:|j40/"
    ),
    scanned=words("fără viruși|fără virusi|acest e-mail a fost verificat|acest email a fost verificat"),
    listing=words("listă de discuții|dezabonare|ați primit acest mesaj|pentru a vă dezabona"),
    inline=words(
        "răspunsurile mai jos|raspunsuri mai jos|răspunsuri mai jos|răspund mai jos|răspunsuri în text|"
        "răspunsurile mele|răspunsuri cu roșu"
    ),
    first_person=words("eu|noi|pot|putem"),
    possessives=words("meu|mea|mei|nostru|noastră|noastre"),
    parcels=words(
        "azi|astăzi|ieri|mâine|dimineață|seara|săptămână|recomandat|colet|coletul|curier|curierul|curierat|depozit"
    ),
)
