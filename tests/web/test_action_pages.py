"""The public pages of a seller's actions (N-11, N-15): looking changes nothing, pressing does; the answer is true."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbridge.config import ListenAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.thread import ThreadState
from mailbridge.path.duesoon import DueMails
from mailbridge.web.pages import HEADERS
from mailbridge.web.publicserver import PublicServer
from tests.path.actionworld import PUBLIC_URL, Talk, a_talk, action, stop_address
from tests.path.optingout import Shop
from tests.web.publicpages import FORM, ONE_CLICK, Public
from tests.web.test_public_fuzz import described

_PATIENT = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@contextmanager
def action_pages(folder: Path, **wanted: Any) -> Iterator[tuple[Talk, Public]]:
    """The pages of a bridge that offers actions."""
    with a_talk(folder, public_url=PUBLIC_URL, **wanted) as talk:
        server = PublicServer(ListenAddress("127.0.0.1", 0), talk.world.bridge, per_minute=100_000)
        server.start()
        try:
            yield talk, Public(Shop(talk.world), server.address)
        finally:
            server.stop()


def _token(address: str) -> str:
    return address.removeprefix("act-").partition("@")[0]


def test_N10_N11_a_link_in_the_list_of_what_is_due_leads_to_such_a_page(tmp_path: Path) -> None:
    with action_pages(tmp_path) as (talk, public):
        talk.asks()
        talk.later()
        talk.world.now += timedelta(hours=23)
        DueMails(talk.world.bridge).plan()
        [listed] = [message for _, message in talk.later() if "waits for your answer" in message.subject]
        [token] = set(re.findall(rf"{PUBLIC_URL}/u/([a-z2-7]+)", listed.body.html or ""))
        shown = public.get(token)
        assert (shown.status, shown.title, shown.forms) == (200, "No reply needed?", [token])
        assert talk.clock == "runs"
        assert public.press(token, do="act").status == 200
        assert talk.clock == "excused"


def test_N11_the_page_shows_and_the_button_does(tmp_path: Path) -> None:
    with action_pages(tmp_path) as (talk, public):
        token = _token(action(talk.asks(), "close"))
        shown = public.get(token)
        assert (shown.status, shown.title, shown.forms) == (200, "Close the conversation?", [token])
        assert {name.lower(): value for name, value in HEADERS.items()}.items() <= shown.fields.items()
        assert talk.thread.state is ThreadState.OPEN
        done = public.press(token, do="act")
        assert (done.status, done.title, done.forms) == (200, "The conversation is closed", [])
        assert (talk.thread.state, talk.clock) == (ThreadState.CLOSED, "excused")
        again = public.press(token, do="act")
        assert (again.status, again.title) == (410, "Not done: Close the conversation")
        assert talk.world.take(PostKind.NOTICE) == []  # he saw it
        assert talk.acts(action_of(token)).code == 550


def action_of(token: str) -> str:
    """Where a mail does the same."""
    return f"act-{token}@relay.example"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_N11_D20_what_scanners_do_changes_nothing(tmp_path: Path, method: str) -> None:
    with action_pages(tmp_path, undo_s=60) as (talk, public):
        got = talk.asks()
        talk.writes()
        [(_, notice)] = talk.world.take()
        for address in (*(action(got, kind) for kind in ("close", "resolve", "no_reply_needed")), stop_address(notice)):
            body = b"do=act" if method in {"PUT", "PATCH"} else None
            answered = public.ask(method, f"/u/{_token(address)}?do=act", body, Content_Type=FORM)
            assert answered.status == (200 if method in {"GET", "HEAD"} else 405)
        assert (talk.thread.state, talk.clock) == (ThreadState.OPEN, "runs")
        assert [kind for kind, _ in talk.later(60)] == [PostKind.RELAY]


@pytest.mark.parametrize("body", [b"", ONE_CLICK, b"do=stop", b"do=undo", b"do=ACT", b"act=do", b"\xff=1"])
def test_N11_a_post_that_asks_for_something_else_does_nothing(tmp_path: Path, body: bytes) -> None:
    with action_pages(tmp_path) as (talk, public):
        token = _token(action(talk.asks(), "close"))
        answered = public.ask("POST", f"/u/{token}", body, Content_Type=FORM)
        assert (answered.status, answered.title) == (400, "Close the conversation?")
        assert talk.thread.state is ThreadState.OPEN


def test_N11_what_can_not_be_done_is_said_and_uses_nothing_up(tmp_path: Path) -> None:
    with action_pages(tmp_path) as (talk, public):
        token = _token(action(talk.asks(), "close"))
        talk.asks("Is it blue?", subject="Re: Order 48213")
        answered = public.press(token, do="act")
        assert answered.title == "Not done: Close the conversation"
        assert "has written again since" in answered.text
        assert talk.thread.state is ThreadState.OPEN


def test_N10_no_reply_needed_by_the_page(tmp_path: Path) -> None:
    with action_pages(tmp_path, pack="amazon") as (talk, public):
        token = _token(action(talk.asks(), "no_reply_needed"))
        assert public.press(token, do="act").title == "No reply is needed"
        assert talk.clock == "excused"


def test_N15_a_message_is_stopped_by_the_page_and_the_words_come_by_mail(tmp_path: Path) -> None:
    with action_pages(tmp_path, undo_s=60) as (talk, public):
        talk.asks()
        talk.writes("Yes, take it.")
        [(_, notice)] = talk.world.take()
        token = _token(stop_address(notice))
        assert public.get(token).title == "Stop this message?"
        for _ in range(2):
            assert public.press(token, do="act").title == "The message is stopped"
        sent = talk.later(60)
        assert [kind for kind, _ in sent] == [PostKind.NOTICE]
        assert "Yes, take it." in (sent[0][1].body.plain or "")


def test_N15_a_page_that_comes_too_late_says_so(tmp_path: Path) -> None:
    with action_pages(tmp_path, undo_s=60) as (talk, public):
        talk.asks()
        talk.writes()
        [(_, notice)] = talk.world.take()
        talk.later(60)
        answered = public.press(_token(stop_address(notice)), do="act")
        assert (answered.title, "It had gone out already." in answered.text) == ("Not done: Stop this message", True)


def test_T84_unknown_over_and_foreign_tokens_look_alike(tmp_path: Path) -> None:
    with action_pages(tmp_path) as (talk, public):
        token = _token(action(talk.asks(), "close"))
        unknown = public.get("a" * 32)
        talk.world.now = talk.world.now.replace(year=2027)
        for answered in (public.get(token), public.press(token, do="act"), public.press("a" * 32, do="act")):
            assert (answered.status, answered.text) == (404, unknown.text)


@pytest.mark.parametrize("language", ["en", "pl", "it", "de"])
def test_N11_the_page_is_in_the_language_of_the_seller_whatever_the_browser_says(tmp_path: Path, language: str) -> None:
    with action_pages(tmp_path, language=language) as (talk, public):
        got = talk.asks()
        line = next(line for line in (got.body.plain or "").splitlines() if "/u/" in line)
        shown = public.get(line.rpartition("/u/")[2], Accept_Language="fr")
        assert f'<html lang="{language}">' in shown.text
        assert line.removeprefix("· ").partition(" (#")[0] in shown.title


def test_T84_generated_forms_at_tokens_of_sellers_are_answered_as_described(tmp_path: Path) -> None:
    with action_pages(tmp_path) as (talk, public):
        tokens = [_token(action(talk.asks(f"Question {n}?", subject="Re: Order 48213"), "close")) for n in range(8)]
        statuses = set()

        @_PATIENT
        @given(described()["POST"].as_strategy(), st.sampled_from(tokens))
        def try_one(case: schemathesis.Case[Any], token: str) -> None:
            case.path_parameters["token"] = token
            response = case.call(base_url=public.url)
            excluded = [schemathesis.checks.negative_data_rejection, schemathesis.checks.positive_data_acceptance]
            case.validate_response(response, excluded_checks=excluded)
            statuses.add(response.status_code)

        try_one()
        assert statuses <= {200, 400, 410}
        assert 400 in statuses
