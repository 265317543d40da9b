"""Which attachments are pictures, documents or archives, and which of them a text speaks of.

By name, declared type and first octets, and by what screening saw where it looked. Words are told by how they begin, in
the languages of the markets. Finds nothing itself.
"""

from collections.abc import Iterator
from urllib.parse import unquote

from mailbridge.containers.kinds import PICTURES, Kind, kind_of
from mailbridge.domain.facts import Facts
from mailbridge.domain.files import LookedInto
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.verdict import Place
from mailbridge.message.pictures import Picture, pictures_in
from mailbridge.policy.nearby import lowered, places_of

#: a text with one of these speaks of what is attached to it
OF_PICTURES = (
    *("picture", "photo", "pic ", "pics", "image", "screenshot", "scan", "attach", "enclos", "see ", "look", "below"),
    *(
        "zdję",
        "zdje",
        "fot",
        "obraz",
        "zrzut",
        "skan",
        "załąc",
        "zalac",
        "załacz",
        "wygląd",
        "wyglad",
        "zobacz",
        "patrz",
    ),
    *(
        "rysun",
        "schemat",
        "poniżej",
        "ponizej",
        "przesyłam",
        "przesylam",
        "bild",
        "foto",
        "aufnahme",
        "anhang",
        "anbei",
    ),
    *(
        "angehängt",
        "beigefügt",
        "abbild",
        "sieh",
        "seht",
        "unten",
        "screen",
        "immagin",
        "allega",
        "allego",
        "vedi",
        "ved",
    ),
    *(
        "guard",
        "ecco",
        "sotto",
        "schermata",
        "imag",
        "capture",
        "voici",
        "voir",
        "ci-joint",
        "pièce",
        "joint",
        "dessous",
    ),
    *("imagen", "captura", "adjunt", "mira", "aquí", "abajo", "foto", "obráz", "příloh", "afbeelding", "bijlage"),
    *("colo", "kolor", "farb", "damag", "uszkodz", "schad", "beschäd", "dann", "rott", "endommag", "dañad", "defe"),
    *("label", "etykiet", "etikett", "etichett", "étiquet", "etiquet", "qr", "drawing", "zeichnung", "disegno", "plan"),
    *("diagram", "pattern", "wzór", "wzor", "muster", "model", "logo", "design", "projekt", "layout"),
)
#: what a document is for, and how the words that say so begin
PURPOSES: dict[str, tuple[str, ...]] = {
    "invoice": (
        *("invoice", "bill", "receipt", "rechnung", "quittung", "beleg", "faktur", "fv", "paragon", "rachun", "fattur"),
        *("ricevut", "scontrin", "factur", "reçu", "recib", "proforma", "korekt", "gutschrift", "credit note"),
        # German joins words, and a stem is told by how the word begins
        *("kaufbeleg", "kassenbeleg", "kassenbon", "zahlungsbeleg", "ersatzrechnung", "stornorechnung"),
    ),
    "warranty": ("warrant", "guarant", "garanti", "garanz", "gwaranc", "garant"),
    "manual": (
        *(
            "manual",
            "instruction",
            "guide",
            "anleitung",
            "handbuch",
            "instrukc",
            "istruzion",
            "manuale",
            "mode d'emploi",
        ),
        *(
            "notice",
            "instruccion",
            "montage",
            "montaż",
            "montaz",
            "assembly",
            "datasheet",
            "datenblatt",
            "karta produktu",
        ),
        *("bedienung", "gebrauchs", "betriebsanl", "aufbau", "kurzanleitung", "benutzerhandbuch", "pflegeanl"),
    ),
    "label": (
        "label",
        "etykiet",
        "etikett",
        "etichett",
        "étiquet",
        "etiquet",
        "retoure",
        "list przewoz",
        "lettera di v",
        "rücksende",
        "ruecksende",
        "paketmarke",
        "versandmarke",
    ),
}
#: how invoices call themselves, and how far down
_INVOICES = (
    "invoice",
    "rechnung",
    "gutschrift",
    "faktura",
    "fattura",
    "nota di credito",
    "facture",
    "factura",
    "fatura",
)
_TITLE = 2_000
#: nobody speaks of a file further down
_MAX_TEXT = 20_000
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_ARCHIVES = frozenset({"zip", "tar", "gzip", "bzip2", "xz", "rar", "7z"})
_OF_OFFICE = (
    *("docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "dotx", "dotm", "xltx", "xltm", "xlsb", "ppsx", "odt", "ods"),
    *("odp", "odg", "ott", "epub"),
)


def looked_into(facts: Facts, number: int) -> LookedInto | None:
    """What screening saw of the attachment at this place; None where it did not look."""
    files = facts.screened.files if facts.screened is not None else ()
    return next((file for file in files if file.number == number), None)


def attached(message: Message) -> Iterator[tuple[int, Attachment]]:
    """The files a reader is offered, with their places: neither what the HTML shows nor the mail's own signature."""
    if not message.attachments:
        return
    shown = {unquote(picture.source[4:]) for picture in pictures_in(message.body.html or "") if _is_cid(picture)}
    for number, file in enumerate(message.attachments):
        is_shown = file.content_id is not None and file.content_id in shown and is_picture(file)
        if not is_shown and file.content_type not in _SIGNATURES:
            yield number, file


def _is_cid(picture: Picture) -> bool:
    return picture.source[:4].lower() == "cid:"


def is_picture(attachment: Attachment) -> bool:
    """True for a picture by its octets, or by its declared type where they say nothing."""
    kind = kind_of(attachment.octets)
    return kind in PICTURES if kind is not None else attachment.content_type.startswith("image/")


def archive_kind(attachment: Attachment, seen: LookedInto | None) -> str:
    """ "zip", "rar", ... for an archive; "" for any other file, also for Office files, which are archives inside."""
    if seen is not None:
        return seen.kind if seen.kind in _ARCHIVES else ""
    kind = kind_of(attachment.octets)
    if kind is None or kind.value not in _ARCHIVES:
        return ""
    is_office = kind is Kind.ZIP and ending_of(attachment) in _OF_OFFICE
    return "" if is_office else kind.value


def ending_of(attachment: Attachment) -> str:
    """What the name ends in, in small letters, without the dot; "" without one."""
    return attachment.filename.rpartition(".")[2].lower() if "." in attachment.filename else ""


def is_invoice(place: Place, text: str) -> bool:
    """True for the text of a file that begins as an invoice does: it has to show an account and a tax id."""
    return place is Place.ATTACHMENT and speaks_of(text[:_TITLE], _INVOICES)


def speaks_of(text: str, stems: tuple[str, ...]) -> bool:
    """True where a word of this text begins like one of these."""
    return any(True for _ in places_of(lowered(text[:_MAX_TEXT]), stems, 99))
