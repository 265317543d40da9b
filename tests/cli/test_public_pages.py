"""The public pages of a bridge as `serve` runs it: on where the settings say so, and else not even loaded (N-05)."""

import http.client
import subprocess
import sys
from pathlib import Path

from mailbridge import app
from mailbridge.config import load
from tests.cli.bridge_folder import Say

PUBLIC = '[web]\npublic_url = "https://mail.example/"\npublic_listen = "127.0.0.1:0"\n'
DOORS = '[listen]\nsmtp = "127.0.0.1:0"\nweb = "127.0.0.1:0"\n'
START = (
    "import sys; from mailbridge import app; from mailbridge.config import load;"
    "bridge = app.App(load(sys.argv[1])); bridge.start(); bridge.stop();"
    "print(sorted({'uvicorn', 'starlette'} & set(sys.modules)))"
)


def _with(bridge: Path, *tables: str) -> Path:
    """The settings with these lines below the names of their tables."""
    file = bridge / "mailbridge.toml"
    text = file.read_text()
    for table in tables:
        name = table.partition("\n")[0]
        assert text.count(f"{name}\n") == 1
        text = text.replace(f"{name}\n", table)
    file.write_text(text)
    return file


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_N05_public_pages_have_a_door_of_their_own_without_metrics(bridge: Path) -> None:
    running = app.App(load(_with(bridge, PUBLIC, DOORS)))
    running.start()
    try:
        assert running._public is not None
        assert running._web is not None
        _, public = running._public.address
        _, private = running._web.address
        statuses = [_status(port, path) for port in (public, private) for path in ("/u/x", "/healthz", "/metrics")]
        page_statuses, private_statuses = statuses[:3], statuses[3:]
    finally:
        running.stop()
    assert (page_statuses, private_statuses) == ([404, 404, 404], [404, 200, 200])


def test_where_they_are_off_no_web_server_is_loaded(bridge: Path) -> None:
    file = _with(bridge, DOORS)
    ran = subprocess.run(
        [sys.executable, "-c", START, str(file)], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout == "[]\n"


def test_an_address_without_a_door_is_a_problem_and_the_other_way_round(bridge: Path, say: Say) -> None:
    _with(bridge, '[web]\npublic_url = "https://mail.example"\n')
    code, _, errors = say("check", "--offline")
    assert (code, "web.public_url: needs public_listen too" in errors) == (3, True)


def test_check_says_that_one_click_needs_a_signature(bridge: Path, say: Say) -> None:
    _with(bridge, PUBLIC)
    out = say("check", "--offline")[1]
    assert "one-click opt-out: the bridge does not sign what it sends" in out
    assert "public door" in out
