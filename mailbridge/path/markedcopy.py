"""A copy of what the author wrote, with the words marked that his rules stop, for the notice that explains it (N-01).

Each finding is marked where it stands; one that only the HTML form shows, wherever its words stand in the text. Decides
nothing, and copies nothing that others wrote.
"""

from collections.abc import Iterator, Sequence

from mailbridge.domain.message import Message
from mailbridge.domain.verdict import Finding, Judgement, Place
from mailbridge.texts import Run

_MAX_SHOWN = 20_000  # characters: more of it explains nothing
_MAX_MARKS = 200
_OWN = (Place.NEW_TEXT, Place.SIGNATURE, Place.IMPRINT)


def marked_text(message: Message, judgements: Sequence[Judgement]) -> tuple[Run, ...]:
    """The author's own text with the findings of these judgements marked."""
    texts = dict(zip(_OWN, (message.new_text, message.signature, message.imprint), strict=True))
    offsets, at = {}, 0
    for place, text in texts.items():
        offsets[place] = at
        at += len(text) + 1 if text else 0
    findings = [finding for judgement in judgements for finding in judgement.findings]
    shown = message.own_text[:_MAX_SHOWN]
    return _runs(shown, sorted(_spans(shown, findings, offsets))[:_MAX_MARKS])


def marked_subject(message: Message, judgements: Sequence[Judgement]) -> tuple[Run, ...]:
    """The subject with what was found in it marked; empty where nothing was."""
    findings = [f for judgement in judgements for f in judgement.findings if f.place is Place.SUBJECT]
    return _runs(message.subject, sorted((f.start, f.end) for f in findings)) if findings else ()


def _spans(text: str, findings: list[Finding], offsets: dict[Place, int]) -> Iterator[tuple[int, int]]:
    for finding in findings:
        if finding.place in offsets and finding.end > finding.start:
            yield offsets[finding.place] + finding.start, offsets[finding.place] + finding.end
        elif finding.words.strip():
            at = text.find(finding.words)
            while at >= 0:
                yield at, at + len(finding.words)
                at = text.find(finding.words, at + len(finding.words))


def _runs(text: str, spans: list[tuple[int, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    done = 0
    for start, end in spans:
        first, last = max(start, done), min(end, len(text))
        if first < last:
            runs += [Run(text=text[done:first])] if done < first else []
            runs.append(Run(text=text[first:last], is_marked=True))
            done = last
    return (*runs, Run(text=text[done:])) if done < len(text) else tuple(runs)
