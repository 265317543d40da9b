"""How mail programs and people write in Slovak: data, lower case; see `message/language.py`."""

from mailbridge.message.language import Language, words

LANGUAGE = Language(
    code="sk",
    wrote=words("napísal|napísala|napísal(a)|napísal/a|píše|písal|napísali"),
    opens=words("dňa |dna |on |v |citácia |citát "),
    days=words("pondelok|utorok|streda|stredu|štvrtok|piatok|sobota|sobotu|nedeľa|nedeľu|po|ut|st|št|pi|so|ne"),
    months=words(
        "januára|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra|január|február|"
        "marec|apríl|máj|jún|júl|október|jan|feb|mar|apr|aug|sep|okt|nov|dec"
    ),
    from_=words("od|odosielateľ"),
    sent=words("odoslané|dátum|poslané|odoslaná|dátum odoslania"),
    to=words("komu|príjemca|adresát|pre"),
    copy=words("kópia|skrytá kópia|kópia (cc)"),
    subject=words("predmet|vec"),
    other=words("odpovedať na|odpoveď na|dôležitosť|prílohy|príloha|priorita"),
    original=words(
        "pôvodná správa|pôvodný e-mail|pôvodný email|preposlaná správa|začiatok preposlanej správy|"
        "začiatok preposielanej správy|preposlaný e-mail|preposlané|odpovedajte nad týmto riadkom|pôvodný mail"
    ),
    forwarded=words("začiatok preposlanej správy|začiatok preposielanej správy|preposlaná správa"),
    above=words("odpovedajte nad týmto riadkom|napíšte svoju odpoveď nad tento riadok"),
    device=words(
        "odoslané z|odoslané zo|odoslané pomocou|odoslané cez|poslané z|poslané zo|odoslané mobilnou|"
        "odoslané aplikáciou|získajte outlook pre|získať outlook pre|stiahnite si outlook|"
        "získajte aplikáciu outlook|tento e-mail bol odoslaný z"
    ),
    closings=words(
        "s pozdravom|s priateľským pozdravom|pozdravujem|zdravím|ďakujem|ďakujeme|vďaka|vopred ďakujem|pekný deň|"
        "s úctou|prajem pekný deň|príjemný deň|s pozdravom a prianím pekného dňa|dakujem|"
        "ďakujem a prajem pekný deň|dovidenia|ďakujem, s pozdravom|zdravi"
    ),
    disclaimer=words(
        "tento e-mail|tento email|táto správa|táto e-mailová správa|obsah tejto správy|informácie obsiahnuté|"
        "upozornenie|dôverné|ak nie ste|pred vytlačením|tento dokument|skôr ako vytlačíte"
    ),
    secrecy=words("dôvern|adresát|príjemc|omylom|zakázan|neoprávnen|životné prostredie"),
    imprint=words(
        "ičo|ič dph|ič:|dič|obchodný register|obchodnom registri|obchodného registra|zapísaná v|okresný súd|"
        "okresného súdu|vložka č"
    ),
    scanned=words("bez vírusov|táto správa bola skontrolovaná|bola skontrolovaná na vírusy|neobsahuje vírusy"),
    listing=words("mailing list|ak sa chcete odhlásiť|odhlásiť|túto správu ste dostali"),
    inline=words("odpovede nižšie|odpovedám nižšie|odpovede v texte|odpovedám v texte|moje odpovede|odpovede červenou"),
    first_person=words("ja|môžem|môžeme"),
    possessives=words("môj|moje|naša|naše|náš"),
    parcels=words(
        "dnes|včera|zajtra|ráno|večer|týždeň|doporučene|balík|balíkom|kuriérom|zásielka|zásielkou|slovenská|slovenskou|skladu"
    ),
)
