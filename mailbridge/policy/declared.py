"""Which files are content by their author's own word: invoice, warranty, manual (design.md promise 2).

Told by the name that the author gave. Their metadata is cleaned like any other's; their text is not searched, and that
they went out is on record. A file that could not be read whole was not cleaned whole: it is none of these.
"""

from mailbridge.domain.files import LookedInto
from mailbridge.patterns import lazy_pattern

_WORD = lazy_pattern(r"[^\W\d_]+")
#: how words begin or end that say what a file is, in the languages of the markets
_DECLARED: dict[str, tuple[str, ...]] = {
    "invoice": ("invoice", "rechnung", "faktur", "fattur", "factur", "factuur"),
    "warranty": ("warrant", "guarant", "garanti", "garanz", "gwaranc"),
    "manual": ("manual", "anleitung", "handbuch", "instrukcj", "instruction", "istruzion", "handleiding"),
}
#: kinds of documents that may be declared; pictures and archives say nothing for themselves
_DOCUMENTS = frozenset({"pdf", "docx", "xlsx", "doc", "xls", "odt", "ods", "rtf"})


def declared_as(file: LookedInto) -> str:
    """ "invoice", "warranty" or "manual" where the author calls a document so by its name; "" for any other file."""
    if file.kind not in _DOCUMENTS or len(file.files) != 1 or file.troubles:
        return ""
    words = _WORD.findall(file.files[0].filename.rpartition(".")[0].lower())
    for kind, stems in _DECLARED.items():
        if any(word.startswith(stem) or word.endswith(stem) for word in words for stem in stems):
            return kind
    return ""
