"""What follows from files: which mail waits until they are known, what holds it, what a person may let go."""

from dataclasses import replace
from typing import Any

import pytest

from mailbridge.domain import reply
from mailbridge.domain.facts import Facts, Pardon
from mailbridge.domain.files import FileTrouble, LookedInto, Screened, Trouble
from mailbridge.domain.ids import ThreadId
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.parties import Direction
from mailbridge.domain.verdict import Action, Mode, Place, Verdict
from mailbridge.policy.attachments import (
    containers_of,
    has_unsafe_files,
    is_screened_at_once,
    judgements_on_files,
    must_be_screened,
)
from mailbridge.policy.plan import Disposition, HoldReason, Plan, Route
from mailbridge.policy.planning import make_plan
from tests.containers import samples
from tests.containers.winmail import winmail
from tests.policy.stage import CONTACT, from_buyer

_ROUTE = Route(direction=Direction.TO_SELLER, thread_id=ThreadId("t"))
_ALLOWED = Verdict(action=Action.ALLOW, judgements=())


def _file(octets: bytes, name: str = "table.pdf", kind: str = "application/octet-stream") -> Attachment:
    return Attachment(filename=name, content_type=kind, octets=octets)


def _message(*files: Attachment) -> Message:
    return Message(attachments=files)


def _relay(disposition: Disposition = Disposition.RELAYED, **more: Any) -> Plan:
    return Plan(forward_path=CONTACT, disposition=disposition, reply=reply.ACCEPTED, reason="test", **more)


def _looked_into(*troubles: Trouble, place: str = "", name: str = "table.pdf") -> Screened:
    file = LookedInto(
        number=0,
        kind="pdf",
        files=(_file(b"x", name),),
        troubles=tuple(FileTrouble(trouble=trouble, place=place) for trouble in troubles),
    )
    return Screened(files=(file,))


def _facts(screened: Screened | None = None, **more: Any) -> Facts:
    return from_buyer(screened=screened, **more)


def test_containers_are_told_by_their_octets_and_not_by_their_names() -> None:
    message = _message(_file(b"words", "a.pdf"), _file(samples.pdf(), "a.txt"), _file(samples.jpeg(), "a.bin"))
    assert containers_of(message) == ((1, "pdf"), (2, "jpeg"))


def test_T55_a_mail_counts_as_a_container_where_it_holds_one() -> None:
    head = b"From: a@one.example\r\nTo: b@two.example\r\nMIME-Version: 1.0\r\n"
    plain = head + b"\r\nwords\r\n"
    holding = head + b"Content-Type: application/pdf\r\n\r\n" + samples.pdf()
    mails = [_file(octets, "m.eml", "message/rfc822") for octets in (plain, holding)]
    assert containers_of(_message(*mails)) == ((1, "mail"),)


@pytest.mark.parametrize(
    ("octets", "disposition", "waits"),
    [
        (samples.pdf(), Disposition.RELAYED, True),
        (samples.jpeg(), Disposition.RELAYED, True),
        (b"words", Disposition.RELAYED, False),
        (samples.pdf(), Disposition.REFUSED, False),
        (samples.pdf(), Disposition.HELD, False),
    ],
)
def test_D15_only_mail_that_would_go_out_with_a_container_waits(
    octets: bytes, disposition: Disposition, waits: bool
) -> None:
    assert must_be_screened(_relay(disposition), _message(_file(octets)), _facts()) is waits


def test_a_picture_that_is_called_a_mail_is_a_picture() -> None:
    assert containers_of(_message(_file(samples.jpeg(), "m.eml", "message/rfc822"))) == ((0, "jpeg"),)


def test_D15_what_was_looked_into_does_not_wait_again() -> None:
    assert not must_be_screened(_relay(), _message(_file(samples.pdf())), _facts(_looked_into()))


def test_E14_rules_that_did_not_see_into_a_winmail_dat_judge_again() -> None:
    message = _message(_file(winmail({"a.txt": b"x"}, html=b"<p>x</p>"), "winmail.dat"))
    assert must_be_screened(_relay(Disposition.REFUSED, verdict=_ALLOWED), message, _facts())
    assert not must_be_screened(_relay(Disposition.REJECTED), message, _facts())


def test_pictures_alone_are_looked_into_while_the_client_waits() -> None:
    photo, plan = _file(samples.jpeg()), _file(samples.pdf())
    assert is_screened_at_once(_message(photo, _file(b"words")))
    assert not is_screened_at_once(_message(photo, plan))


@pytest.mark.parametrize("trouble", [one for one in Trouble if one is not Trouble.BROKEN])
def test_T65_a_file_that_is_not_safe_holds_its_mail_whatever_the_rules_say(trouble: Trouble) -> None:
    facts = _facts(_looked_into(trouble))
    plan = make_plan(_message(_file(b"x")), facts, _ROUTE, _ALLOWED)
    assert (plan.disposition, plan.hold) == (Disposition.HELD, HoldReason.FILE)
    (judgement,) = judgements_on_files(facts)
    assert (judgement.action, judgement.mode) == (Action.HOLD, Mode.ENFORCE)
    assert [(f.check, f.place, f.words, f.detail) for f in judgement.findings] == [
        (f"file_{trouble.value}", Place.ATTACHMENT, "table.pdf", "pdf")
    ]


def test_T58_a_broken_file_holds_nothing() -> None:
    facts = _facts(_looked_into(Trouble.BROKEN))
    assert (has_unsafe_files(facts), judgements_on_files(facts)) == (False, ())
    assert make_plan(_message(_file(b"x")), facts, _ROUTE, _ALLOWED).disposition is Disposition.RELAYED


def test_only_what_holds_is_named() -> None:
    facts = _facts(_looked_into(Trouble.BROKEN, Trouble.ENCRYPTED, place="in/a.zip", name=""))
    (judgement,) = judgements_on_files(facts)
    assert [(f.check, f.words) for f in judgement.findings] == [("file_encrypted", "in/a.zip")]


def test_a_file_without_a_name_is_named_by_its_kind() -> None:
    (judgement,) = judgements_on_files(_facts(_looked_into(Trouble.TOO_BIG, name="")))
    assert judgement.findings[0].words == "pdf"


@pytest.mark.parametrize("pardon", [Pardon(files_accepted=True), Pardon(leak_accepted=True)])
def test_K3_a_person_lets_files_go(pardon: Pardon) -> None:
    facts = _facts(_looked_into(Trouble.ENCRYPTED), pardon=replace(pardon, content_released=True))
    assert make_plan(_message(_file(b"x")), facts, _ROUTE, _ALLOWED).disposition is Disposition.RELAYED


def test_a_pardon_of_rules_is_none_of_files() -> None:
    facts = _facts(_looked_into(Trouble.ENCRYPTED), pardon=Pardon(content_released=True, author_confirmed=True))
    assert make_plan(_message(_file(b"x")), facts, _ROUTE, _ALLOWED).hold is HoldReason.FILE


def test_mail_that_nobody_looked_into_has_no_judgement() -> None:
    assert (has_unsafe_files(_facts()), judgements_on_files(_facts())) == (False, ())
