"""Where class H counts for the leak gate: quotes, what introduces them, quoted header blocks, in text and in HTML.

Looks at the composed octets' own text, with a reading of its own; shares nothing with `message/body.py`,
`message/attribution.py` and `message/htmllines.py`, on purpose. Errs towards "quoted". Does not search.
"""

import re
from collections.abc import Iterator

from mailbridge.message.leakforms import entities_undone

_FROM = frozenset(
    """
    from von od da de van fra från kimden от nadawca mittente expéditeur remitente lähettäjä feladó odesílatel von/from
    от кого від expeditor 发件人 寄件者 差出人
    """.split()
)
_DATE = frozenset(
    """
    sent date gesendet datum wysłano wysłane data inviato envoyé enviado fecha verzonden skickat sendt dato odesláno
    дата отправлено lähetetty elküldve küldve trimis dátum päivämäärä 发送时间 日期 日時 送信日時
    """.split()
)
_MORE = frozenset(
    """
    to an do a à para aan till til komu кому subject betreff temat oggetto objet asunto assunto onderwerp ämne emne
    předmět тема cc kopia dw címzett tárgy către subiect predmet aihe vastaanottaja 收件人 主题 主旨 件名 宛先
    """.split()
)
_WROTE = re.compile(
    r"wrote|writes|schrieb|geschrieben|napisa|pisze|scritto|scrive|écrit|escribi|schreef|geschreven|skrev|escreveu|napsal"
    r"|napísal|írta|yazdı|kirjoitti|напис|пише|пишет|έγραψε|scris|写道|寫道|書きました|작성|님이",
    re.IGNORECASE,
)
#: of an attribution that goes on with an address in its next line
_MAY_GO_ON = re.compile(rf"{_WROTE.pattern}|\b(?:19|20)\d\d\b|\d[:.h]\d\d\b|[<(]\s*$", re.IGNORECASE)
_ADDRESS_ALONE = re.compile(r"\s*[^\s<>@()]{1,64}@[^\s<>@()]{1,255}:\s*")
_LABEL = re.compile(r"[*_>|\s]{0,10}([^\W\d_][^:\n]{0,24}?)[*_\s]{0,3}[:\uff1a]")
_SEPARATOR = re.compile(r"\s*[-_*=]{2,}\s*[^\W\d_][^\n]{2,60}?[-_*=]{2,}\s*")
_RULE = re.compile(r"\s*_{15,}\s*")
_NEAR = 12
_MAX_INTRODUCTION = 400

# Ends at the next sign of a tag: what is left of odd ones is read as text.
_TAG = re.compile(r"<!--|-->|<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>")
# With signs of tags inside its values.
_WHOLE_TAG = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9]*)(?:[^<>"]|"[^"]*")*+>')
_PARTS_LINES = frozenset(
    """
    address article aside blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()
)


def quoted_places(text: str, *, is_html: bool) -> Iterator[str]:
    """Yield what of a text is quoted."""
    if not is_html:
        yield from _quoted_lines(text.split("\n"))
        return
    for instead in ("", " "):
        yield from _quoted_lines(_lines_of_html(text, instead))
    yield "\n".join(_attributes_in_quotes(text))


def all_places(text: str, *, is_html: bool) -> Iterator[str]:
    """Yield all of a text that is history as a whole: a mail inside the mail."""
    yield text
    if is_html:
        yield entities_undone(text)
        for instead in ("", " "):
            yield "\n".join(line.lstrip("> ") for line in _lines_of_html(text, instead))


def _attributes_in_quotes(html: str) -> Iterator[str]:
    """The tags inside quotes: programs read what stands in them."""
    depth = 0
    for tag in _WHOLE_TAG.finditer(html):
        is_quote = tag[2].lower() == "blockquote"
        if is_quote and tag[1]:
            depth = max(0, depth - 1)
        elif is_quote:
            depth += 1
        if depth and '"' in tag[0]:
            yield entities_undone(tag[0])


def _quoted_lines(lines: list[str]) -> Iterator[str]:
    quoted: list[str] = []
    for index, line in enumerate(lines):
        stripped = line.lstrip()
        if stripped.startswith(">"):
            if not quoted or not _is_marked(lines, index - 1):
                quoted += _introduction(lines, index)
            quoted.append(stripped.lstrip("> \t"))
        elif stripped.startswith("|") and _is_behind_bars(lines, index):
            quoted.append(stripped.lstrip("| \t"))
        elif stripped and _begins_history(lines, index):
            quoted += lines[index:]
            break
    if quoted:
        yield "\n".join(quoted)


def _is_marked(lines: list[str], index: int) -> bool:
    return index >= 0 and lines[index].lstrip().startswith(">")


def _introduction(lines: list[str], index: int) -> list[str]:
    """The attribution above a quote; above that stand the author's own words, perhaps with a name under them."""
    last = next((at for at in range(index - 1, max(-1, index - 4), -1) if lines[at].strip()), None)
    if last is None or not lines[last].rstrip().endswith((":", "\uff1a", "wrote")):
        return []
    first = last
    while first > max(0, last - 2) and lines[first - 1].strip() and not any(map(str.isdigit, lines[first])):
        if _ADDRESS_ALONE.fullmatch(lines[first]) and not _MAY_GO_ON.search(lines[first - 1]):
            break  # all of an attribution: what stands above is the author's name, with his number perhaps
        first -= 1
    return lines[first : last + 1]


def _begins_history(lines: list[str], index: int) -> bool:
    """True where everything from here on is an earlier mail without ">": header block, separator, attribution."""
    line = lines[index]
    if _label(line) in _FROM | _DATE:
        labels = {_label(each) for each in lines[index : index + _NEAR]}
        if not labels.isdisjoint(_FROM) and not labels.isdisjoint(_DATE) and not labels.isdisjoint(_MORE):
            return True
    if len(line) < 120 and (_SEPARATOR.fullmatch(line) or _RULE.fullmatch(line)):
        following = next((each for each in lines[index + 1 : index + 4] if each.strip()), "")
        return _label(following) != ""
    return _is_attribution(lines, index)


def _is_attribution(lines: list[str], index: int) -> bool:
    line = lines[index].rstrip()
    if not line.endswith((":", "\uff1a")) or len(line) > _MAX_INTRODUCTION:
        return False
    following = [each.lstrip()[:1] for each in lines[index + 1 : index + 6] if each.strip()]
    if following[:1] == ["|"] or ">" in following[:3]:  # a marked quote: what stands below it is new
        return False
    return _WROTE.search(line) is not None and ("@" in line or any(map(str.isdigit, line)))


def _is_behind_bars(lines: list[str], index: int) -> bool:
    """True where this line and those above it are marked with "|" below an attribution; else it is a table."""
    first = index
    while first and lines[first - 1].lstrip().startswith("|"):
        first -= 1
    above = next((each for each in lines[max(0, first - 2) : first][::-1] if each.strip()), "")
    return above.rstrip().endswith((":", "\uff1a")) and _WROTE.search(above) is not None


def _label(line: str) -> str:
    found = _LABEL.match(line)
    return found[1].strip().lower() if found else ""


def _lines_of_html(html: str, instead: str) -> list[str]:
    """The text of HTML in lines, ">" before what stands in <blockquote>; other tags become `instead`."""
    pieces: list[str] = []
    depth = done = 0
    for tag in _TAG.finditer(html):
        pieces.append(html[done : tag.start()].replace("\n", " "))
        done = tag.end()
        name = (tag[2] or "").lower()
        if name == "blockquote":
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if name in _PARTS_LINES:
            pieces.append("\n> " if depth else "\n")
        else:
            pieces.append(instead)
    pieces.append(html[done:])
    # Blank ones only stand between elements.
    return [line for line in entities_undone("".join(pieces)).split("\n") if line.strip("> ")]
