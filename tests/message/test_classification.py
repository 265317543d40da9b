"""What kind of mail it is, and of bounces whom they are about: over held-out mail, real corpora, and hostile octets."""

import json
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.domain.classification import Classification, Failure, FailureReason, MailKind
from mailbridge.domain.reply import DsnAction
from mailbridge.message.automaticwords import DISCLAIMER_STEMS, DISCLAIMERS
from mailbridge.message.bounces.meaning import meaning_of
from mailbridge.message.bounces.phrases import CERTAIN, LIKELY
from mailbridge.message.parse import parse
from tests.shared_data import shared_path

HELD_OUT = Path(__file__).parent / "held_out_kinds"
MAILS = [mail for file in sorted(HELD_OUT.glob("*.toml")) for mail in tomllib.loads(file.read_text("utf-8"))["mail"]]
BOUNCES = [mail for mail in MAILS if mail["kind"] == "bounce"]


def read(text: str) -> Classification:
    return parse(text.lstrip("\n").encode()).classification


def as_written(failure: Failure) -> tuple[str, str, str, str]:
    hardness = "hard" if failure.is_hard else "soft"
    return failure.recipient, str(failure.status), hardness, failure.reason.value


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail["id"])
def test_T23_T27_held_out_mail_is_of_the_kind_it_was_written_as(mail: dict[str, str]) -> None:
    assert read(mail["text"]).kind.value == mail["kind"]


def test_held_out_bounces_say_whom_and_why() -> None:
    right: Counter[str] = Counter()
    for mail in BOUNCES:
        wanted = sorted(tuple(line.split()) for line in mail["failures"])
        found = sorted(as_written(failure) for failure in read(mail["text"]).failures)
        for place, name in enumerate(("recipient", "status", "hardness", "reason")):
            right[name] += [one[place] for one in wanted] == [one[place] for one in found]
    shares = {name: count / len(BOUNCES) for name, count in right.items()}
    assert shares["recipient"] == shares["hardness"] == 1
    assert shares["status"] >= 0.85
    assert shares["reason"] >= 0.95


def test_held_out_replies_say_why_and_whether_the_address_is_dead() -> None:
    lines = [line.split(None, 2) for line in (HELD_OUT / "replies.txt").read_text("utf-8").splitlines()[1:]]
    found = [(line, meaning_of(line[2], DsnAction.FAILED)) for line in lines]
    assert [line for line, one in found if one.is_hard != (line[1] == "hard")] == []
    assert sum(one.reason.value == line[0] for line, one in found) >= 0.95 * len(lines)


def expected(*folders: str) -> dict[str, dict[str, object]]:
    answers: dict[str, dict[str, object]] = json.loads(
        shared_path("data", *folders, "expected.json").read_text("utf-8")
    )
    return answers


def read_file(*path: str) -> Classification:
    """As `mailbridge classify` reads it: some of these files begin with a blank line."""
    return parse(shared_path("data", *path).read_bytes().lstrip()).classification


@pytest.mark.parametrize(
    ("folders", "at_least"),
    [(("auto", "chatwoot"), 1), (("auto", "spamassassin_rules"), 1), (("real", "mail_and_packages"), 0.85)],
    ids=["chatwoot", "spamassassin", "carriers"],
)
def test_T27_automatic_mail_of_real_programs_is_told_and_no_person_is_taken_for_one(
    folders: tuple[str, ...], at_least: float
) -> None:
    caught: dict[bool, list[bool]] = {True: [], False: []}
    for name, answer in expected(*folders).items():
        if answer["automated"] is not None:
            caught[bool(answer["automated"])].append(read_file(*folders, name).kind.is_automatic)
    assert sum(caught[True]) >= at_least * len(caught[True])
    assert not any(caught[False])


def test_real_bounces_are_seen_with_their_status() -> None:
    answers = {name: answer for name, answer in expected("bounces", "cws").items() if answer["kind"] == "bounce"}
    found = {name: read_file("bounces", "cws", name) for name in answers}
    seen = [name for name in answers if found[name].kind is MailKind.BOUNCE]
    exact = [name for name in answers if answers[name]["status"] in [str(one.status) for one in found[name].failures]]
    assert len(seen) >= 99
    assert len(exact) >= 0.85 * len(answers)


def test_real_complaints_are_told_from_bounces() -> None:
    # fbl_hotmail_002 is Postfix's report of an unknown mailbox, filed under complaints upstream.
    names = [
        name for name, one in expected("bounces", "cws").items() if one["kind"] == "feedback" and "l_002" not in name
    ]
    assert {read_file("bounces", "cws", name).kind for name in names} == {MailKind.FEEDBACK}


def test_recipients_of_real_bounces_are_found() -> None:
    right = 0
    for name, answer in expected("bounces", "flufl_bounce").items():
        if isinstance(answer["permanent"], list) and isinstance(answer["temporary"], list):
            wanted = {address.lower() for address in (*answer["permanent"], *answer["temporary"])}
            named = {one.recipient.lower() for one in read_file("bounces", "flufl_bounce", name).failures}
            right += wanted == named - {""}
    assert right >= 115


def test_B3_a_person_whose_outlook_suppresses_answers_stays_a_person_and_gets_none() -> None:
    message = parse(b"From: a@one.example\r\nX-Auto-Response-Suppress: DR, AutoReply\r\n\r\nThank you.")
    assert message.classification.kind is MailKind.PERSON
    assert message.asks_no_answer


def test_B5_an_absence_told_to_a_return_path_is_no_failure() -> None:
    found = read(
        "Return-Path: <>\nFrom: a@one.example\nSubject: Automatic reply: parcel\n\nAway, 550 5.1.1 is my room."
    )
    assert found == Classification(kind=MailKind.AUTOREPLY)


def test_a_report_that_all_went_well_for_one_is_about_the_other() -> None:
    found = read(
        "From: MAILER-DAEMON@a.example\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
        "Content-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; x@a.example\n"
        "Action: relayed\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; y@a.example\nAction: failed\nStatus: 5.2.2\n--b--\n"
    )
    assert [as_written(failure) for failure in found.failures] == [("y@a.example", "5.2.2", "soft", "mailboxfull")]


def test_a_mail_that_was_refused_by_its_readers_filter_comes_back_as_a_read_receipt() -> None:
    found = read(
        "From: a@one.example\nSubject: Automatically rejected mail\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\n"
        "Your message to <x@a.example> was automatically rejected: quota exceeded\n--b\n"
        "Content-Type: message/disposition-notification\n\n"
        "Disposition: automatic-action/MDN-sent-automatically; deleted\n--b--\n"
    )
    assert [failure.reason for failure in found.failures] == [FailureReason.MAILBOX_FULL]


def test_phrases_stand_in_one_row_in_the_form_in_which_they_are_sought() -> None:
    phrases = [phrase for row in (*CERTAIN, *LIKELY) for phrase in row.phrases]
    assert all(phrase == " ".join(phrase.lower().split()) for phrase in phrases)
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []


def test_every_disclaimer_holds_a_stem_that_is_sought_first() -> None:
    assert [words for words in DISCLAIMERS if not any(stem in words for stem in DISCLAIMER_STEMS)] == []


FLOODS = {
    "addresses": b"<a@b.example>:\r\n",
    "no end": b"a@b.example ",
    "at signs": b"@",
    "dots": b"a.",
    "codes": b"550 5.1.1 ",
    "blanks": b" ",
    "rules": b"-",
    "angles": b"<<",
    "gaps": b"user address mailbox host ",
    "lines": b"\r\n",
    "groups": b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n",
    "folds": b"Diagnostic-Code: smtp;\r\n x",
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS.keys())
@pytest.mark.parametrize("kind", ["text/plain", "text/html", "message/delivery-status"])
def test_T24_T60_what_only_looks_like_a_bounce_takes_no_time(flood: bytes, kind: str) -> None:
    content = (
        b"From: MAILER-DAEMON@b.example\r\nReturn-Path: <>\r\nSubject: Undelivered Mail\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=z\r\n\r\n--z\r\nContent-Type: "
        + kind.encode()
        + b"\r\n\r\nThe following addresses had permanent fatal errors\r\n"
        + flood * (400_000 // len(flood))
    )
    before = time.process_time()
    parse(content)
    assert time.process_time() - before < 2


@given(
    st.lists(
        st.sampled_from([*FLOODS.values(), b"Subject: Re: Undelivered\r\n", b"From: x@y\r\n", b"--z\r\n", b"\xff"])
    )
)
def test_T63_the_classifier_never_raises_and_knows_a_kind(pieces: list[bytes]) -> None:
    found = parse(b"From: MAILER-DAEMON\r\nContent-Type: multipart/report; boundary=z\r\n\r\n" + b"".join(pieces))
    assert isinstance(found.classification.kind, MailKind)
