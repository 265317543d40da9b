"""Every mail of the shared data through masker and gate, with all whom it names as secrets (issue: Nothing leaks, 2).

Judged by the third decoder. What is not let out is counted, and for each kind of it stands here why.
"""

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from mailbridge.domain.message import OpaqueReason
from mailbridge.domain.secrets import Secrets
from mailbridge.message.parse import parse
from tests.properties.sweep.judge import changed_files, defects_in, leaks_in
from tests.properties.sweep.mails import DataMail, mails
from tests.properties.sweep.passage import passed

_SLICE, _SEED = 150, 6
_MAX_SECONDS = 2.0
_ENOUGH = 0.97
#: refused on purpose: a file that is somewhere else, pieces of a mail, a header that no program writes
_REFUSED = {
    "mime/cpython/msg_36.txt": OpaqueReason.PARTIAL_OR_EXTERNAL,
    "mime/flanker/messages/message-external-body.eml": OpaqueReason.PARTIAL_OR_EXTERNAL,
    "mime/mimekit/messages/stack-overflow.txt": OpaqueReason.HEADER_TOO_BIG,
}


def _check(given: Sequence[DataMail]) -> Counter[str]:
    states: Counter[str] = Counter()
    odd: list[object] = []
    for mail in given:
        passage = passed(mail)
        if passage is None:
            states["refused"] += 1
            odd += [] if parse(mail.octets).opaque is _REFUSED.get(mail.name) else [(mail.name, "refused")]
            continue
        states["read"] += 1
        odd += [(mail.name, "slow", passage.seconds)] if passage.seconds > _MAX_SECONDS else []
        odd += [(mail.name, defect) for defect in defects_in(passage.octets)]
        odd += [(mail.name, "changed", file) for file in changed_files(passage)]
        if passage.leaks:
            states["held"] += 1
            print(f"held: {mail.name} {[f'{leak.klass} {leak.place}' for leak in passage.leaks]}")
        else:
            states["let out"] += 1
            odd += [(mail.name, "leak", leak) for leak in leaks_in(passage.octets, passage.secrets)]
    print(dict(states))
    assert odd == []
    return states


def test_I4_T58_T63_a_slice_of_the_data_passes_masker_and_gate_without_a_leak() -> None:
    states = _check(random.Random(_SEED).sample(mails(), _SLICE))
    assert states["held"] <= 0.05 * states["read"]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_I4_T58_T63_all_of_the_data_passes_masker_and_gate_without_a_leak() -> None:
    states = _check(mails())
    assert states["refused"] == len(_REFUSED)
    assert states["let out"] >= _ENOUGH * states["read"]


def test_I4_the_judge_sees_what_it_is_to_find() -> None:
    secrets = Secrets(
        addresses=("anna@home.test",), traces=("mx.far.test",), domains=("firm.test",), hidden=("Anna Kowalska",)
    )
    for octets in (
        b"\r\nwrite to Anna@Home.test-me",
        b"\r\nfrom mx.far.test (1)",
        b"\r\nbob@mail.firm.test",
        b"Content-Transfer-Encoding: base64\r\n\r\nYW5uYUBob21lLnRlc3Q=",
        b"X: =?utf-8?B?QW5uYSBLb3dhbHNrYQ==?=\r\n\r\nx",
        b"\r\n> I am Anna Kowalska",
        b"Content-Type: text/html\r\n\r\n<blockquote>x<p>Anna <b>Kowalska</b></blockquote>",
    ):
        assert leaks_in(octets, secrets) != [], octets
    assert leaks_in(b"\r\nhanna@home.test, Anna Kowalska, a.mx.far.test", secrets) == []
