"""Which words ask for payment past the market, in en, pl, it, de, fr and es: data, matched by a check.

A row is looked for where its stem begins a word; where it names others, one of them must begin close by. All in small
letters. Decides nothing.
"""

import re
from dataclasses import dataclass

from mailbridge.patterns import lazy_pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One way to ask."""

    #: for the log
    kind: str
    #: how the telling word begins
    stem: str
    #: matched at the stem
    pattern: re.Pattern[str]
    #: one of these begins close by; empty needs none
    near: tuple[str, ...] = ()
    #: what must stand right before the stem, and belongs to the wording; None for nothing
    before: re.Pattern[str] | None = None
    #: False for what no "never" makes harmless: a link, an address
    may_be_denied: bool = True


#: words that ask somebody to pay, or to hand over money
ASKING = (
    *("pay", "send", "transfer", "wire", "deposit", "zapłać", "zaplac", "zapłac", "przele", "wpłać", "wpłac", "wplac"),
    *("wpłat", "wplat", "płatno", "prosz", "prosim", "mogę prosić", "wyślij", "prześl", "bezahl", "zahl", "überweis"),
    *("ueberweis", "bitte", "schick", "sende", "paga", "pago", "invia", "mand", "bonific", "versa", "payer", "payez"),
    *("envoy", "vire", "verse", "merci de", "règl", "pague", "págu", "envía", "envíe", "enviar", "transfier", "ingres"),
    *("haz", "accept", "przyjmuj", "akceptuj", "nehme", "akzeptier", "acept", "puoi", "può", "kannst", "können"),
)
#: words that promise a better price, or speak of trade
BETTER = (
    *("cheap", "discount", "less", "save", "lower", "better price", "deal", "buy", "sell", "pay", "order", "purchas"),
    *("taniej", "rabat", "zniżk", "oszczęd", "niższ", "nizsz", "kup", "sprzeda", "zapłac", "zapłać", "płat", "płać"),
    *("transakcj", "dogada", "zamów", "günstig", "billig", "rabatt", "spare", "kauf", "verkauf", "bezahl", "zahl"),
    *("abwick", "preis", "econom", "sconto", "risparmi", "meno", "compra", "vend", "paga", "acquist", "ordin", "prezz"),
    *("moins cher", "remise", "réduction", "achet", "ventes", "vend", "payer", "paie", "paye", "command", "prix"),
    *("barat", "descuento", "ahorr", "precio", "pagar", "pago", "pague"),
)
_PAYING = ("pay", "zapłac", "zapłać", "płac", "płat", "zahl", "bezahl", "pag", "pay", "règl")
#: who asks to be paid by a service that the market does not run
TO_ME = (
    *("pay me", "pay us", "send me", "send it to me", "pay directly", "pay direct", "to me directly", "to us directly"),
    *("zapłać mi", "zapłacić mi", "przelej mi", "prześlij mi", "bezpośrednio do mnie", "bezpośrednio na moj"),
    *("direkt an mich", "direkt an uns", "zahl mir", "schick mir", "zahlen sie mir", "direkt per", "direkt mit"),
    *("pagami", "pagarmi", "mandami", "inviami", "direttamente a me", "direttamente con", "direttamente su"),
    *("payez-moi", "paie-moi", "me payer", "envoyez-moi", "directement par", "directement sur", "directement via"),
    *("págame", "pagarme", "págueme", "envíame", "directamente por", "directamente con", "hazme", "hágame"),
)
#: words that deny what follows them
DENYING = frozenset(
    """
    not never no don't dont cannot can't won't isn't avoid refuse nie nigdy żadnych zadnych unikaj nicht niemals kein
    keine keinen keiner non mai nessun nessuna evita ne n'est pas jamais aucun aucune évitez nunca jamás ningún ninguna
    evite stop
    """.split()
)
#: words of money that comes back, or has come: no payment is asked for
RETURNING = (
    *(
        "refund",
        "return",
        "reimburs",
        "zwrot",
        "zwróc",
        "zwrac",
        "erstatt",
        "rückerstatt",
        "zurück",
        "gutschr",
        "rimbors",
    ),
    *("rembours", "reembols", "devol", "devuel"),
)
_SHOPS = r"(?:allegro|amazon|ebay|etsy|vinted|olx|kleinanzeigen|subito|leboncoin|wallapop|upxycled)"
_PLATFORM = (
    rf"(?:platform|marketplace|market\b|site\b|website|app\b|portal|serwis|plattform|marktplatz|piattaform|sito\b"
    rf"|plateforme|plataforma|{_SHOPS})"
)
_OF = r"(?:[\w'’]{1,10} ){0,2}?(?:[dl]['’])?"
_ENDS = r"[^.!?\n]{0,24}"
_BY = lazy_pattern(r"\b(?:in|by|with|via|w|mit|per|con|en) (?:\w{1,8} )?\Z")


def _row(kind: str, stem: str, pattern: str = "", near: tuple[str, ...] = ()) -> Wording:
    return Wording(kind=kind, stem=stem, pattern=lazy_pattern(pattern or re.escape(stem)), near=near)


def _link(stem: str, behind: str) -> Wording:
    return Wording(kind="link", stem=stem, pattern=lazy_pattern(f"{stem}(?:{behind})"), may_be_denied=False)


def _account(stem: str, before: str, near: tuple[str, ...]) -> Wording:
    pattern = lazy_pattern(rf"{re.escape(stem)}\w{{0,2}}\b")
    return Wording(kind="account", stem=stem, pattern=pattern, before=lazy_pattern(rf"\b(?:{before})\Z"), near=near)


_FRIENDS = (
    r"paypal[ (:-]{1,3}(?:(?:an|as|per|via|to|for|come|comme|como|jako|dla|do|für|tra|entre|per|a|f[uü]r) ){0,2}"
    r"(?:friends|f ?& ?f\b|family (?:and|&)|znajom|przyjaci|rodzin|freunde?\b|familie|amici|famiglia"
    r"|amis\b|proches|amigos)"
)
WORDINGS: tuple[Wording, ...] = (
    _row("friends", "paypal", _FRIENDS),
    _row("friends", "friends", r"friends (?:and|&) family", ("paypal", "pay as", "send as")),
    _link("paypal", r"\.me/[\w.-]{2,60}|\.com/(?:paypalme|qrcodes|invoice|ncp)[\w/.-]{0,60}"),
    _link("revolut", r"\.me/[\w.-]{2,60}"),
    _link("wise", r"\.com/pay[\w/.-]{0,60}"),
    _link("monzo", r"\.me/[\w.-]{2,60}"),
    _link("cash", r"\.app/\$[\w.-]{2,60}"),
    _link("bunq", r"\.me/[\w.-]{2,60}"),
    _link("tikkie", r"\.me/[\w.-]{2,60}"),
    _row("agency", "western union", near=ASKING),
    _row("agency", "moneygram", near=ASKING),
    _row("phone", "blik", r"blik\w{0,4} na (?:(?:mój|moj|nasz|podany|ten) )?(?:numer|nr|telefon|tel\b)"),
    _row("card", "ricaric", r"ricaric\w{1,5} (?:la |su |sulla )?(?:mia |una |questa )?postepay"),
    _row("card", "postepay", near=("versa", "paga su", "pagare su", "paghi su", "invia")),
    _row("voucher", "paysafe", r"paysafe ?cards?", near=ASKING),
    _row("voucher", "pay with", r"pay with (?:an? )?(?:[\w]{2,12} ){0,2}gift ?cards?"),
    _row("voucher", "pay by", r"pay by (?:an? )?(?:[\w]{2,12} ){0,2}gift ?cards?"),
    _row("cash", "cash", rf"cash {_OF}(?:in|inside) (?:an? |the )?(?:letter|envelope)"),
    _row("cash", "gotówk", r"gotówk\w (?:\w{1,10} )?w (?:kopercie|liście)"),
    _row("cash", "bargeld", r"bargeld (?:\w{1,10} )?(?:im|in einem|per) (?:brief|umschlag)"),
    _row("cash", "contanti", r"contanti (?:\w{1,10} )?(?:in|dentro) (?:una )?(?:busta|lettera)"),
    _row("cash", "espèces", r"espèces (?:\w{1,10} )?(?:dans|par|sous) (?:une )?(?:enveloppe|lettre|courrier)"),
    _row("cash", "efectivo", r"efectivo (?:\w{1,10} )?en (?:un sobre|una carta)"),
    *(
        Wording(kind="coin", stem=coin, pattern=lazy_pattern(rf"{coin}\w{{0,9}}"), before=_BY, near=_PAYING)
        for coin in ("bitcoin", "btc", "crypto", "krypto", "usdt", "ethereum")
    ),
    # To the author's own account.
    _account(
        "account",
        r"(?:in)?to (?:my|our) (?:own |bank |private |personal ){0,2}",
        (
            *("pay ", "please", "transfer the", "transfer it", "transfer money", "wire ", "deposit ", "send the money"),
            "send it",
        ),
    ),
    *(
        _account(
            stem,
            r"(?:moje|nasze|mój|nasz|mojego|naszego) (?:\w{1,12} )?|na (?:\w{1,12} )?",
            (
                *("przelej", "przelać", "przelania", "wpłać", "zapłać", "prześlij", "proszę o przelew"),
                *("prosimy o przelew", "proszę o wpłatę", "prosimy o wpłatę", "proszę wpłacić", "prosimy wpłacać"),
            ),
        )
        for stem in ("konto", "rachunek")
    ),
    _account(
        "konto",
        r"(?:mein|meinem|meines|unser|unserem) (?:\w{1,12} )?",
        (
            "überweisen",
            "überweise ",
            "überweis ",
            "überweist ",
            "zahlen sie",
            "zahle ",
            "bezahlen",
            "bezahle ",
            "zahl ",
        ),
    ),
    *(
        _account(
            stem,
            r"(?:mio|nostro) (?:\w{1,12} )?",
            (
                *("fare un bonifico", "faccia un bonifico", "fai un bonifico", "faccia il bonifico", "fai il bonifico"),
                *("pagare ", "paga ", "paghi ", "versa ", "versi ", "versare ", "tramite bonifico", "invia i soldi"),
                "con bonifico",
            ),
        )
        for stem in ("conto", "iban")
    ),
    _account(
        "compte",
        r"(?:mon|notre) ",
        ("faire un virement", "faites un virement", "par virement", "virez", "virer", "payer par", "payez", "verser"),
    ),
    _account(
        "cuenta",
        r"(?:mi|nuestra) ",
        (
            *("transfiera", "transfiere", "transferir", "haz una transferencia", "haga una transferencia", "ingresa "),
            *("hacer una transferencia", "ingrese ", "ingresar ", "por transferencia", "pague", "paga "),
        ),
    ),
    *(
        _row("direct", name, rf"{name}\b{_ENDS}", near=TO_ME)
        for name in (
            *(
                "paypal",
                "revolut",
                "wise",
                "venmo",
                "zelle",
                "skrill",
                "payoneer",
                "satispay",
                "bizum",
                "lydia",
                "twint",
            ),
            *("paylib", "cash app"),
        )
    ),
    # Past the platform, or round what it takes.
    _row("outside", "outside", rf"outside (?:of )?{_OF}{_PLATFORM}", BETTER),
    _row("outside", "off", rf"off[ -](?:of )?(?:the )?(?:platform|marketplace|{_SHOPS})\b(?! price| order)", BETTER),
    _row("outside", "without", rf"without (?:the )?(?:platform|marketplace|{_SHOPS})\b", BETTER),
    _row("outside", "without", rf"without (?:the |any )?(?:commission|(?:platform|selling|{_SHOPS}) fee)", BETTER),
    _row("outside", "poza", rf"poza {_OF}{_PLATFORM}", BETTER),
    _row("outside", "bez", rf"bez (?:prowizji|pośrednictwa {_PLATFORM}|{_SHOPS})", BETTER),
    _row("outside", "z pominięciem", rf"z pominięciem {_OF}{_PLATFORM}"),
    _row("outside", "außerhalb", rf"außerhalb {_OF}{_PLATFORM}", BETTER),
    _row("outside", "ohne", rf"ohne (?:die )?(?:plattform|{_SHOPS}|provision|verkaufsprovision)", BETTER),
    _row("outside", "an", rf"an (?:der )?(?:plattform|{_SHOPS}) vorbei"),
    _row("outside", "fuori", rf"fuori (?:da|dal|dalla|dall['’]) ?{_OF}{_PLATFORM}", BETTER),
    _row("outside", "senza", rf"senza (?:passare \w{{1,6}} {_OF}{_PLATFORM}|(?:le )?commissioni)", BETTER),
    _row("outside", "hors", rf"hors (?:de |du )?{_OF}{_PLATFORM}", BETTER),
    _row("outside", "dehors", rf"dehors (?:de |du )?{_OF}{_PLATFORM}", BETTER),
    _row("outside", "sans", rf"sans (?:passer \w{{1,6}} {_OF}{_PLATFORM}|(?:la )?commission)", BETTER),
    _row("outside", "fuera", rf"fuera (?:de |del ){_OF}{_PLATFORM}", BETTER),
    _row("outside", "sin", rf"sin (?:pasar \w{{1,6}} {_OF}{_PLATFORM}|(?:la |las )?comisi)", BETTER),
)
