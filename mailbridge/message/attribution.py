"""How mail programs introduce what they quote, per language: data and the questions asked of single lines.

Plain string tests only, each linear in the line: every known library hangs on hostile text here. Does not walk a
text: that is `message/body.py`.
"""

import re
from collections.abc import Sequence

_MAX_LINE = 400
_MAX_HEADER_LINES = 12

# "On ... X wrote:", as the programs write it; lower case.
VERBS = tuple(
    """
    wrote|writes|schrieb|geschrieben|napisał|pisze|napisan|ha scritto|scrive|scritto da|a écrit|escribió|schreef|
    geschreven|skrev|escreveu|napsal|napísal|írta|yazdı|kirjoitti|написал|пише|пишет|написав|έγραψε|a scris|je napisao|
    je napisal|rašė|kirjutas|写道|寫道|さんは書きました|のメール|님이 작성|viết
    """.replace("\n    ", "")
    .strip()
    .split("|")
)
OPENERS = tuple(
    """
    on |am |le |il |el |op |den |em |dne |w dniu|dnia|pon|wt.|śr.|czw|pt.|sob|niedz|wiadomość napisana|no dia|po |
    vào|在|2
    """.replace("\n    ", "")
    .strip()
    .split("|")
)
_FROM_NAMES = "from|von|od|da|de|van|fra|från|kimden|от|nadawca|mittente|lähettäjä|expéditeur"
_DATE_NAMES = frozenset(
    """
    sent|date|gesendet|datum|wysłano|wysłane|data|inviato|envoyé|enviado|fecha|verzonden|skickat|sendt|dato|odesláno|дата|
    отправлено|lähetetty|enviado el|data wysłania|envoyé le|message du|gesendet am|data invio
    """.replace("\n    ", "")
    .strip()
    .split("|")
)
_OTHER_NAMES = frozenset(
    """
    to|an|do|a|à|para|aan|till|til|komu|кому|subject|betreff|temat|oggetto|objet|asunto|assunto|onderwerp|ämne|emne|předmět|
    тема|cc|kopia|dw|reply-to|adresat|importance|priorité|wichtigkeit|bcc|aihe
    """.replace("\n    ", "")
    .strip()
    .split("|")
)
_FROM_NAME = frozenset(_FROM_NAMES.split("|"))
_NAME_OF_LINE = re.compile(r"[*_ ]{0,3}([^\W\d_][\w -]{0,20}?)[*_ ]{0,3}:", re.UNICODE)
_TITLES = (
    "original message|original appointment|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|"
    "oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana|treść przekazanej wiadomości|messaggio originale|"
    "messaggio inoltrato|forwarded message|message d'origine|message original|message transféré|mensaje original|"
    "mensaje reenviado|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|oprindelig besked|"
    "původní zpráva|"
    "mensagem original|reply message|reply above this line"
)
_FORWARDS = (
    "begin forwarded message|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato|"
    "początek przekazywanej wiadomości"
)
_SEPARATOR = re.compile(rf"[-_*=\s]{{2,20}}\s?(?:{_TITLES})\s?[-_*=\s]{{0,20}}|(?:{_FORWARDS})\s?:", re.IGNORECASE)
# "30.09.2026, 18.30, "Anna" <a@b.example>:" needs no verb.
_DATED_MAILBOX = re.compile(r"\d[:.]\d\d.{0,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>\s?:")
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")


def is_separator(line: str) -> bool:
    """True for "-----Original Message-----" and its kin."""
    return len(line) <= 120 and _SEPARATOR.fullmatch(line.strip()) is not None


def is_rule(line: str) -> bool:
    """True for the long row of underscores that Outlook draws above a quoted header."""
    stripped = line.strip()
    return len(stripped) >= 20 and stripped == "_" * len(stripped)


def is_header_block(lines: Sequence[str], index: int) -> bool:
    """True where a quoted header (From, Sent, To ...) begins here; two lines alone are the author's words (Q3)."""
    first = _header_name(lines[index])
    if first not in _FROM_NAME and first not in _DATE_NAMES:
        return False
    names = {first, *(_header_name(line) for line in lines[index + 1 : index + _MAX_HEADER_LINES])}
    return not names.isdisjoint(_FROM_NAME) and not names.isdisjoint(_DATE_NAMES) and not names.isdisjoint(_OTHER_NAMES)


def _header_name(line: str) -> str:
    match = _NAME_OF_LINE.match(line)
    return match[1].strip().lower() if match else ""


def attribution_start(lines: Sequence[str], index: int) -> int | None:
    """Return where the attribution that ends with this line begins (at most three lines up), None if it is none."""
    last = lines[index].rstrip()
    if not last.endswith((":", "：", " wrote")) or len(last) > _MAX_LINE:
        return None
    joined, named = "", None
    for first in range(index, max(-1, index - 4), -1):
        line = lines[first].strip()[:_MAX_LINE]
        if not line or line.startswith(">"):
            break
        joined = f"{line} {joined}"
        lowered = joined.lower()
        if any(verb in lowered for verb in VERBS) or _DATED_MAILBOX.search(joined):
            if _DIGIT.search(joined):
                return _extended(lines, first)
            named = index if first == index else named
    return named


def _extended(lines: Sequence[str], first: int) -> int:
    """Take in the lines above that the wrapped attribution began on."""
    if lines[first].strip().lower().startswith(OPENERS):
        return first
    for above in range(first - 1, max(-1, first - 3), -1):
        line = lines[above].strip().lower()
        if not line or line.endswith((".", "!", "?", ":")) or len(line) > _MAX_LINE:
            return first
        if line.startswith(OPENERS) and _DIGIT.search(line):
            return above
    return first


def is_strong(text: str) -> bool:
    """True where an attribution names a time or an address: then a quote follows even without ">" (Outlook, Yahoo)."""
    return "@" in text or "<" in text or _TIME.search(text[: 4 * _MAX_LINE]) is not None
