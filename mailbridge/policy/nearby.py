"""Says how a number in a text is called by the words beside it: an order, a parcel, a card.

Words are told by how they begin, in the languages of the markets. Finds nothing itself.
"""

from collections.abc import Iterator

from mailbridge.patterns import lazy_pattern

#: how words begin that say that the number after them belongs to the trade, or is a company's own
OF_TRADE = (
    *("order", "zamówieni", "zamowieni", "zam.", "ordine", "ordini", "bestell", "auftrag", "commande", "pedido"),
    *(
        "offer",
        "ofert",
        "aukcj",
        "artikel",
        "artyk",
        "articol",
        "article",
        "artículo",
        "item",
        "angebot",
        "annonce",
        "produ",
    ),
    *("track", "przesył", "przesyl", "paczk", "przewozow", "nadani", "list", "sendung", "spedizion", "paket", "pacco"),
    *("colis", "suivi", "envío", "envio", "seguimiento", "parcel", "shipment", "awb", "waybill", "lettera", "colli"),
    *("fakt", "invoice", "rechnung", "fattura", "factur", "kunden", "klient", "customer", "client", "kund"),
    *("ean", "gtin", "isbn", "sku", "asin", "mpn", "oem", "upc", "imei", "seryjn", "serial", "serien", "s/n", "model"),
    *("nip", "regon", "krs", "bdo", "vat", "p.iva", "iva", "partita", "rea", "ust", "hrb", "hra", "siret"),
    *("siren", "tva", "cif", "eori", "lucid", "weee", "steuernummer", "steuer-nr", "st.-nr", "ticket", "case", "rma"),
    *("referen", "zgłoszeni", "zgloszeni", "reklamac", "transa", "vorgang", "pratica", "dossier", "código", "codice"),
    *("kod", "code", "part", "teile", "batch", "lot", "charge"),
)
_WORD = lazy_pattern(r"[^\s,;:()\[\]\"']+")
_BEFORE, _BEHIND = 60, 24
_WORDS_BEFORE = 5


def lowered(text: str) -> str:
    """The text in small letters, each where it was: the one letter that becomes two is made one."""
    return text.lower() if text.isascii() else text.replace("\u0130", "i").lower()


def places_of(small: str, stems: tuple[str, ...], most: int) -> Iterator[int]:
    """Where words begin with one of these in a lowered text: at most so many places of each, in no order."""
    for stem in stems:
        at = small.find(stem)
        count = 0
        while at >= 0 and count < most:
            if at == 0 or not small[at - 1].isalnum():
                yield at
                count += 1
            at = small.find(stem, at + len(stem))


def called_as(text: str, start: int, end: int, stems: tuple[str, ...], *, behind: int = _BEHIND) -> bool:
    """True where a word close before this place, or right behind it, begins like one of these."""
    around = f"{text[max(start - _BEFORE, 0) : start]} {text[end : end + behind]}".lower()
    return any(True for _ in places_of(around, stems, 9))


def is_of_trade(text: str, start: int) -> bool:
    """True where the nearest words before a number say that it is an order, a parcel, a product, a company."""
    before = text[max(start - _BEFORE, 0) : start].lower().rstrip(" :.-(=")
    if before.endswith(("#", "№")):
        return True
    words = [word.strip(".-#") or word for word in _WORD.findall(before)[-_WORDS_BEFORE:]]
    return any(word.startswith(OF_TRADE) for word in words)
