"""Reading mailbridge.toml: defaults, secrets, what settings forbid one another, and every error with its place."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge import config
from mailbridge.errors import ConfigurationError, Problem
from tests.config import example_file

MINIMAL = """\
[bridge]
hostname = "bridge.example.com"
operator = "operator@example.com"

[[route]]
host = "smarthost.example.com"
"""


def problems_of(folder: Path, text: str) -> tuple[Problem, ...]:
    """What is wrong with this file; empty when nothing is."""
    file = folder / "mailbridge.toml"
    file.write_text(text, encoding="utf-8")
    try:
        config.load(file)
    except ConfigurationError as error:
        return error.problems
    return ()


def places(problems: tuple[Problem, ...]) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.key) for problem in problems]


def test_three_settings_are_enough(tmp_path: Path) -> None:
    assert problems_of(tmp_path, MINIMAL) == ()


def test_a_file_with_every_setting_is_read(tmp_path: Path) -> None:
    settings = config.load(example_file.write(tmp_path, example_file.full()).path)
    assert (settings.bridge.hostname, settings.dkim[0].selector) == ("bridge.example.com", "mb1")


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    (tmp_path / "mailbridge.toml").write_text(MINIMAL)
    settings = config.load(tmp_path / "mailbridge.toml")
    assert (settings.listen, settings.delivery.expire_after) == (config.ListenSettings(), timedelta(days=5))


def test_paths_are_relative_to_the_folder_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "mailbridge.toml").write_text(MINIMAL)
    settings = config.load(tmp_path / "mailbridge.toml")
    assert settings.bridge.key_file == tmp_path / "mailbridge.key"
    assert settings.store_url == f"sqlite:///{tmp_path / 'data' / 'mailbridge.sqlite'}"


def test_all_problems_are_said_at_once_with_their_lines(tmp_path: Path) -> None:
    text = MINIMAL + 'port = "25"\n\n[listen]\nsmpt = "127.0.0.1:2525"\n\n[[rout]]\n'
    assert places(problems_of(tmp_path, text)) == [(7, "route[1].port"), (10, "listen.smpt"), (12, "rout")]


def test_an_unknown_key_comes_with_a_suggestion(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, MINIMAL + '\n[listen]\nsmpt = ""\n')
    assert problem.reason == 'is no setting of [listen], did you mean "smtp"?'


def test_a_missing_file_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="mailbridge init"):
        config.load(tmp_path / "nothing.toml")


@pytest.mark.parametrize("text", ["hostname = \n", "[bridge\n", "a = 1\na = 2\n", '[bridge]\nhostname = "x\n'])
def test_a_syntax_error_has_a_line(tmp_path: Path, text: str) -> None:
    (problem,) = problems_of(tmp_path, text)
    assert problem.line is not None
    assert problem.reason.startswith("is not TOML")


def test_octets_that_are_no_text_have_a_line(tmp_path: Path) -> None:
    (tmp_path / "mailbridge.toml").write_bytes(b'[bridge]\nhostname = "\xff"\n')
    with pytest.raises(ConfigurationError) as caught:
        config.load(tmp_path / "mailbridge.toml")
    assert places(caught.value.problems) == [(2, "")]


@pytest.mark.parametrize(
    ("added", "place"),
    [
        ('[listen]\ntls_certificate = "cert.pem"\n', (9, "listen.tls_certificate")),
        ('[listen]\nsmtp = ""\n', (9, "listen.smtp")),
        ('[listen]\nlmtp = "127.0.0.1:2525"\n', (9, "listen.lmtp")),
        ('[web]\npublic_url = "https://a.example/x"\npublic_listen = "127.0.0.1:8025"\n', (10, "web.public_listen")),
        ('[listen]\nspam_field = "X-Spam: yes"\n', (9, "listen.spam_field")),
        ("[listen]\nrequires_tls = true\n", (9, "listen.requires_tls")),
        ('[store]\nurl = "mysql://x"\n', (9, "store.url")),
        ('[store]\nurl = "postgresql+psycopg://u:secret@h/d"\n', (9, "store.url")),
        ('[[route]]\nhost = "b.example.com"\n', (8, "route[2]")),
        ('[[route]]\nhost = "b.example.com"\nfor_domains = ["a.b"]\nuser = "u"\n', (11, "route[2].user")),
    ],
)
def test_settings_that_contradict_one_another_are_named(tmp_path: Path, added: str, place: tuple[int, str]) -> None:
    (tmp_path / "cert.pem").write_text("x")
    assert place in places(problems_of(tmp_path, f"{MINIMAL}\n{added}"))


@pytest.mark.parametrize(
    ("host", "port", "door", "is_loop"),
    [
        ("127.0.0.1", 2525, 'smtp = "127.0.0.1:2525"', True),
        ("localhost", 2525, 'smtp = "0.0.0.0:2525"', True),
        ("::1", 2424, 'lmtp = "[::]:2424"', True),
        ("192.0.2.7", 25, 'smtp = "192.0.2.7:25"', True),
        ("127.0.0.1", 25, 'smtp = "127.0.0.1:2525"', False),
        ("smarthost.example.com", 25, 'smtp = "0.0.0.0:25"', False),
        ("127.0.0.1", 2525, 'smtp = ""\nlmtp = "unix:/run/mailbridge/lmtp"', False),
    ],
)
def test_T26_a_route_that_leads_back_to_the_bridge_is_refused(
    tmp_path: Path, host: str, port: int, door: str, is_loop: bool
) -> None:
    text = MINIMAL.replace('"smarthost.example.com"', f'"{host}"\nport = {port}') + f"[listen]\n{door}\n"
    assert places(problems_of(tmp_path, text)) == ([(7, "route[1].port")] if is_loop else [])


def test_a_bridge_without_a_route_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, MINIMAL.partition("[[route]]")[0])
    assert (problem.key, "[[route]]" in problem.reason) == ("route", True)


def test_a_password_does_not_leave_in_the_clear(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")
    (tmp_path / "password").chmod(0o600)
    (problem,) = problems_of(tmp_path, MINIMAL + 'user = "u"\npassword_file = "password"\n')
    assert (problem.key, "in the clear" in problem.reason) == ("route[1].user", True)


def test_T90_a_secret_is_never_shown(tmp_path: Path) -> None:
    file = example_file.write(tmp_path, example_file.full())
    (tmp_path / "password").write_text("planted-secret\n")
    settings = config.load(file.path)
    assert settings.imap[0].password_file.reveal() == "planted-secret"
    assert "planted-secret" not in repr(settings) + str(settings)
    assert "operator@example.com" not in repr(settings)


def test_T90_a_password_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = example_file.write(tmp_path, example_file.full())
    (tmp_path / "password").chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        config.load(file.path)


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines\n", b"\xff\n", b"x" * 5000])
def test_a_password_file_holds_one_line(tmp_path: Path, content: bytes) -> None:
    file = example_file.write(tmp_path, example_file.full())
    (tmp_path / "password").write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        config.load(file.path)
    assert [problem.key for problem in caught.value.problems] == ["imap[1].password_file"]


def full_with(folder: Path, table: str, **changes: str) -> list[str]:
    """Keys that are blamed when this table of the full file is changed so."""
    tables = example_file.full()
    tables[table] |= changes
    try:
        config.load(example_file.write(folder, tables).path)
    except ConfigurationError as error:
        return [problem.key for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("table", "changes", "key"),
    [
        ("imap", {"done_folder": '"INBOX"'}, "imap[1].folder"),
        ("imap", {"recipient_fields": "[]"}, "imap[1].recipient_fields"),
        ("imap", {"tls": '"none"'}, "imap[1].tls"),
        ("route", {"for_domains": '["a.example"]'}, "route[1].for_domains"),
        ("route", {"password_file": '"password"'}, "route[1].password_file"),
        ("listen", {"web": '"127.0.0.1:2525"'}, "listen.web"),
    ],
)
def test_one_setting_that_forbids_another_is_named(
    tmp_path: Path, table: str, changes: dict[str, str], key: str
) -> None:
    assert full_with(tmp_path, table, **changes) == [key]


def test_a_domain_has_one_route_and_a_selector_one_key(tmp_path: Path) -> None:
    (tmp_path / "k.pem").write_text("x")
    (tmp_path / "k.pem").chmod(0o600)
    route = '[[route]]\nhost = "b.example.com"\nfor_domains = ["a.example"]\n'
    key = '[[dkim]]\ndomain = "a.example"\nselector = "s"\nkey_file = "k.pem"\n'
    keys = [problem.key for problem in problems_of(tmp_path, MINIMAL + 2 * route + 2 * key)]
    assert keys == ["route[3].for_domains", "dkim[2].selector"]


def test_a_file_that_is_no_settings_file_by_its_size_is_refused(tmp_path: Path) -> None:
    assert "too big" in problems_of(tmp_path, "#" * 2**21)[0].reason


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can not be read"):
        config.load(tmp_path)
