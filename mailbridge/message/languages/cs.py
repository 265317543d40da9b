"""How mail programs and people write in Czech: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="cs",
    wrote=words("napsal|napsala|napsal(a)|napsal/a|píše|napsali|psal|psala"),
    opens=words("dne |dňa |on |v |citace |cituji |dne: "),
    days=words("pondělí|úterý|středa|středu|čtvrtek|pátek|sobota|sobotu|neděle|neděli|po|út|st|čt|pá|so|ne"),
    months=words(
        "ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince|leden|únor|březen|"
        "duben|květen|červen|červenec|srpen|říjen|listopad|prosinec|led|úno|bře|dub|kvě|čvn|čvc|srp|zář|říj|lis|"
        "pro"
    ),
    from_=words("od|odesílatel|odesilatel"),
    sent=words("odesláno|datum|posláno|odeslána|datum odeslání|odeslané"),
    to=words("komu|příjemce|adresát|pro"),
    copy=words("kopie|kopie (cc)|skrytá kopie|cc|skrytá"),
    subject=words("předmět|věc"),
    other=words("odpovědět na|odpověď|důležitost|přílohy|příloha|priorita"),
    original=words(
        "původní zpráva|původní e-mail|původní email|původní správa|přeposlaná zpráva|předaná zpráva|"
        "přeposlaný e-mail|přeposlaný email|začátek přeposílané zprávy|přeposláno|odpovídejte nad tímto řádkem|"
        "původní mail|odpověděl"
    ),
    forwarded=words("začátek přeposílané zprávy|začátek přeposlané zprávy|přeposlaná zpráva"),
    above=words("odpovídejte nad tímto řádkem|napište svou odpověď nad tento řádek|odpověď pište nad tento řádek"),
    device=words(
        "odesláno z|odesláno ze|odesláno pomocí|odesláno přes|posláno z|posláno ze|odesláno mobilní|"
        "odesláno aplikací|získejte outlook pro|získat outlook pro|získejte aplikaci outlook|stáhněte si outlook|"
        "odesláno prostřednictvím|tento e-mail byl odeslán z"
    ),
    closings=words(
        "srdečně|"
        "s pozdravem|s přátelským pozdravem|zdravím|děkuji|děkujeme|díky|dík|předem děkuji|předem díky|hezký den|"
        "pěkný den|s úctou|s přáním hezkého dne|s přáním pěkného dne|přeji hezký den|přeji pěkný den|"
        "mějte se hezky|s pozdravem a přáním hezkého dne|děkuji a přeji hezký den|děkuji a přeji pěkný den|"
        "děkuji, s pozdravem|na shledanou|pozdrav|s pozdravem a přáním pěkného dne|dekuji|diky|zdravi"
    ),
    disclaimer=words(
        "tento e-mail|tento email|tato zpráva|tato e-mailová zpráva|obsah této zprávy|informace obsažené|"
        "upozornění|důvěrné|tento dokument|pokud nejste|nejste-li|než vytisknete|před tiskem|tato emailová zpráva"
    ),
    secrecy=words("důvěrn|adresát|příjemc|omylem|zakázán|neoprávněn|životní prostředí"),
    imprint=words(
        "ičo|ič:|ič |dič|obchodní rejstřík|obchodním rejstříku|spisová značka|zapsaná v|zapsán v|krajským soudem|"
        "městským soudem|vedeného u"
    ),
    scanned=words(
        "bez virů|tato zpráva byla zkontrolována|zpráva neobsahuje viry|byla zkontrolována na viry|"
        "byl zkontrolován na viry"
    ),
    listing=words("mailing list|pro odhlášení|odhlásit|tuto zprávu jste obdrželi"),
    answers=words("odpovědi|komentáře|poznámky"),
    places=words("červeně|modře|zeleně|tučně|níže|v textu"),
    inline=words(
        "odpovědi níže|odpovídám níže|odpovědi v textu|odpovídám v textu|odpověď v textu|moje odpovědi|"
        "odpovědi červeně|odpovídám červeně"
    ),
    first_person=words("já|můžu|mohu|můžeme"),
    possessives=words("můj|moje|mé|naše|náš|našeho"),
    parcels=words(
        "dnes|včera|zítra|ráno|večer|týden|doporučeně|doporučená|balík|balíkem|balíček|kurýrem|zásilka|zásilkou|zásilkovnou|česká|českou|skladu"
    ),
)
