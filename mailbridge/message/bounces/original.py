"""Tell a bounce's own words from the mail that it returns below them, in one text without MIME parts."""

import re

_MAX_LINE = 400
# "------ This is a copy of the message", "--- Below this line is a copy", "----- Original message -----": a rule, and a
# word for what comes back. The words are looked for apart: no pattern with two gaps runs over hostile text.
_RULED = re.compile(r"^[\s>]*([-_=*~|#]{2,}|\[)")
_RETURNED = (
    "original message",
    "original mail",
    "copy of",
    "below this line",
    "header of the",
    "headers of the",
    "message header",
    "message text follows",
    "message contents",
    "unsent message",
    "returned mail",
    "returned message",
    "undelivered message",
    "bounced message",
    "rejected message",
    "message follows",
    "start of returned",
    "header of the source mail",
    "original header",
    "mensaje original",
    "messaggio originale",
    "originalnachricht",
    "ursprüngliche nachricht",
    "oryginalna wiadomość",
    "message d'origine",
    "mensagem original",
    "原邮件",
    "以下は",
)
_ENDS = (
    "message headers follow",
    "message header follows",
    "header follows",
    "headers follow",
    "original message follows",
    "original message follow",
    "of the message follow",
    "of your original message follow",
    "copy of the message follows",
    "your original message",
    "message reads (in part)",
    "your message reads",
    "undelivered message you sent follows",
    "a copy of the original message below",
    "here is a copy of",
    "original message as received is as follows",
    "included is a copy of",
    "original message headers",
    "message header",
    "unsent message below",
    "original message below",
    "returned mail follows",
    "returned message follows",
)
_MAX_LINES = 1_000
_TO = re.compile(r"^>? ?to: (.{3,300})", re.IGNORECASE)
_TO_MANY = ("list-id:", "list-post:", "precedence: list", "precedence: bulk", "newsgroups:", "mailing-list:")
_HEADER_LINE = re.compile(r"^>? ?(received: (from|by|\()|return-path: ?<|x-originating-ip:|dkim-signature:)")


def own_lines(text: str, limit: int) -> list[str]:
    """The first lines of the text up to where the returned mail begins, at most `limit`."""
    lines: list[str] = []
    for whole in text.split("\n")[:limit]:
        line = whole[:_MAX_LINE].rstrip()
        if lines and _begins_original(line.lower(), is_early=not any(lines)):
            break
        lines.append(line)
    return lines


def _begins_original(line: str, *, is_early: bool) -> bool:
    if _HEADER_LINE.match(line):
        return True
    if _RULED.match(line) and any(words in line for words in _RETURNED):
        return not is_early
    # "The original message was received at ..." begins sendmail's own words: only a line that ends so counts.
    return line.rstrip(" :.->=*").endswith(_ENDS) and not is_early


def reader_of_original(text: str) -> str:
    """What stands in To of the mail that comes back below the text, or alone; "" where it went to many (RFC 2919)."""
    lines = [line[:_MAX_LINE].strip() for line in text.split("\n")[:_MAX_LINES]]
    if any(line.lower().lstrip("> ").startswith(_TO_MANY) for line in lines):
        return ""
    return next((match[1] for line in lines if (match := _TO.match(line))), "")
