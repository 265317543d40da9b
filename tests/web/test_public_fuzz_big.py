"""The public pages under generated requests: by their OpenAPI description, and by whatever comes over a socket."""

import http.client
import socket
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from mailbridge.domain.outreach import OptOutKind
from mailbridge.store.wishes import OptOutOrder
from tests.house.sources import TOP
from tests.web.publicpages import FORM, Public, public_pages

_Operation = APIOperation[Any, Any, Any, Any]
_Case = schemathesis.Case[Any]
_PATIENT = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)


#: a page that says "this link does not work" may be asked for with anything
_WHAT_IS_NO_FAULT = [schemathesis.checks.negative_data_rejection, schemathesis.checks.positive_data_acceptance]


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    with public_pages(tmp_path_factory.mktemp("public")) as running:
        yield running


@cache
def described() -> dict[str, _Operation]:
    """What the description names: method to operation."""
    schema = schemathesis.openapi.from_path(TOP / "docs" / "openapi.yaml")
    results = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return {operation.method.upper(): operation for operation in results}


@pytest.mark.parametrize("mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_T84_every_answer_is_as_described_and_none_is_a_fault(
    public: Public, method: str, mode: schemathesis.GenerationMode
) -> None:
    @_PATIENT
    @given(described()[method].as_strategy(generation_mode=mode))
    def try_one(case: _Case) -> None:
        case.validate_response(case.call(base_url=public.url), excluded_checks=_WHAT_IS_NO_FAULT)
        assert public.shop.wishes == []  # no token was guessed

    try_one()


def test_T84_generated_forms_at_a_token_that_works_are_answered_as_described(public: Public) -> None:
    tokens = [public.new_token(f"[review] Lamp {number}") for number in range(10)]
    statuses = set()

    @_PATIENT
    @given(described()["POST"].as_strategy(), st.sampled_from(tokens))
    def try_one(case: _Case, token: str) -> None:
        case.path_parameters["token"] = token
        response = case.call(base_url=public.url)
        case.validate_response(response, excluded_checks=_WHAT_IS_NO_FAULT)
        statuses.add(response.status_code)

    try_one()
    for seller in ("", "s1"):
        for kind in OptOutKind:
            order = OptOutOrder(marketplace="market", buyer="b1", seller=seller, kind=kind, is_taken_back=True)
            public.shop.world.bridge.store.order_opt_out(order, public.shop.world.now)
    assert statuses <= {200, 400, 410}
    assert 200 in statuses


@_PATIENT
@given(
    method=st.sampled_from(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "TRACE", "PROPFIND", "Q"]),
    suffix=st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=" "), max_size=40),
    field=st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=200),
    body=st.binary(max_size=3000),
)
def test_T84_whatever_method_path_field_and_body_change_nothing_and_are_no_fault(
    public: Public, method: str, suffix: str, field: str, body: bytes
) -> None:
    public.taken[:] = public.taken or [public.new_token("[review] For the fuzzer")]
    before = public.shop.wishes
    connection = http.client.HTTPConnection(*public.address, timeout=20)
    try:
        connection.putrequest(method, f"/u/{public.taken[0]}{suffix}", skip_accept_encoding=True)
        connection.putheader("Content-Length", str(len(body)))
        connection.putheader("Content-Type", field.strip() or FORM)
        connection.putheader("X-Forwarded-For", field.strip())
        connection.putheader("Accept-Language", field.strip())
        connection.endheaders(body)
        status = connection.getresponse().status
    finally:
        connection.close()
    assert status < 500
    assert public.shop.wishes == before


@_PATIENT
@given(octets=st.binary(max_size=2000), has_start=st.booleans())
def test_T84_whatever_octets_are_no_fault(public: Public, octets: bytes, *, has_start: bool) -> None:
    start = b"POST /u/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" if has_start else b""
    with socket.create_connection(public.address, timeout=20) as client:
        client.sendall(start + octets + b"\r\n\r\n")
        client.shutdown(socket.SHUT_WR)
        answer = client.makefile("rb").read()
    assert not answer.startswith(b"HTTP/1.1 5")


def test_the_description_names_every_method() -> None:
    assert {(method, operation.path) for method, operation in described().items()} == {
        ("GET", "/u/{token}"),
        ("POST", "/u/{token}"),
    }
