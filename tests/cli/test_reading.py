"""`mailbridge reply`: the answer of a mail or a body alone, as text and as JSON with all its parts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailbridge import cli
from mailbridge.cli.answers import Asked, asked_plainly
from mailbridge.cli.commands import run_command
from mailbridge.cli.output import ExitCode
from tests.cli.bridge_folder import Say

_TEXT = (
    "Yes, it is.\n\nKind regards\nAnna\n-- \nLamps Ltd\n\n"
    "On Mon, 16 Nov 2026 at 15:04, Max <max@firm.example> wrote:\n> Is it?\n"
)
_HTML = "<p>Yes, it\nis.</p><div class=gmail_attr>Xyzzy</div><blockquote class=gmail_quote>Is it?</blockquote>"
_MAIL = (
    "From: Anna <anna@shop.example>\nContent-Type: text/plain; charset=iso-8859-2\nContent-Transfer-Encoding: 8bit\n\n"
    "Tak, żółta.\n\n-----Oryginalna wiadomość-----\nCzy jest?\n"
)


@pytest.fixture
def body(tmp_path: Path) -> Path:
    file = tmp_path / "body.txt"
    file.write_text(_TEXT, encoding="utf-8", newline="\r\n")
    return file


def test_the_new_text_is_printed(say: Say, body: Path) -> None:
    assert say("reply", str(body), config=False)[:2] == (ExitCode.OK, "Yes, it is.\n\nKind regards\nAnna\n")


def test_the_sign_off_can_be_cut(say: Say, body: Path) -> None:
    assert say("reply", "--sign-off", "cut", str(body), config=False)[1] == "Yes, it is.\n"


def test_json_has_all_parts_with_their_spans(say: Say, body: Path) -> None:
    shown = json.loads(say("reply", "--json", str(body), config=False)[1])
    kinds = [part["kind"] for part in shown["parts"]]
    assert (shown["form"], kinds) == ("plain", ["new", "sign_off", "signature", "quote"])
    assert "".join(shown["text"][part["start"] : part["end"]] for part in shown["parts"]) == shown["text"]


def test_a_page_is_read_as_its_source_breaks_lines(say: Say, tmp_path: Path) -> None:
    page = tmp_path / "body.html"
    page.write_text(_HTML, encoding="utf-8")
    assert say("reply", str(page), config=False)[1] == "Yes, it\nis.\n"


def test_a_whole_mail_is_decoded(say: Say, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(_MAIL.encode("iso-8859-2"))
    assert say("reply", str(mail), config=False)[1] == "Tak, żółta.\n"


def test_a_mail_is_read_from_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mailbridge", "reply", "-"],
        input=_MAIL.encode("iso-8859-2"),
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert done.stdout.decode() == "Tak, żółta.\n"


def test_a_file_that_is_not_there_is_named(say: Say, tmp_path: Path) -> None:
    code, _, errors = say("reply", str(tmp_path / "nothing.txt"), config=False)
    assert (code, "nothing.txt" in errors) == (ExitCode.NOT_FOUND, True)


def test_a_sign_off_that_is_neither_kept_nor_cut_is_a_mistake(say: Say, body: Path) -> None:
    assert say("reply", "--sign-off", "maybe", str(body), config=False)[0] == ExitCode.USAGE


def test_it_needs_no_heavy_library(body: Path) -> None:
    heavy = "'sqlalchemy', 'jinja2', 'dns', 'numpy', 'selectolax', 'resiliparse', 'typer', 'pydantic'"
    code = (
        f"import sys; from mailbridge.cli import run; run(['reply', {str(body)!r}]); "
        f"print([name for name in ({heavy}) if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("Anna\n[]\n")


def test_a_mail_beyond_every_limit_has_no_new_text(say: Say, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000)
    assert say("reply", str(mail), config=False)[:2] == (ExitCode.OK, "\n")


def test_a_whole_mail_is_read_without_what_only_the_bridge_needs(tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(_MAIL.encode("iso-8859-2"))
    heavy = "'mailbridge.domain.address', 'mailbridge.message.parse', 'selectolax', 'typer', 'pydantic', 'sqlalchemy'"
    code = (
        f"import sys; from mailbridge.cli import run; run(['reply', {str(mail)!r}]); "
        f"print([name for name in ({heavy}) if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=os.environ | {"PYTHONUTF8": "1"}
    )
    assert done.stdout.decode().endswith("[]\n")


@pytest.mark.parametrize(
    "words", [[], ["--json"], ["--sign-off", "cut"], ["--sign-off", "keep", "--json"]], ids=" ".join
)
def test_what_is_asked_plainly_is_answered_as_the_declared_command_does(
    words: list[str], body: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plainly = (cli.run(["reply", *words, str(body)]), capsys.readouterr())
    declared = (run_command(["reply", *words, str(body)]), capsys.readouterr())
    assert plainly == declared


@pytest.mark.parametrize("words", [["--help"], [], ["a", "b"], ["--sign-off"], ["--sign-off=cut", "a"], ["--nothing"]])
def test_what_is_not_asked_plainly_is_left_to_the_declared_command(words: list[str]) -> None:
    assert asked_plainly(words) is None


def test_a_file_that_is_not_there_is_named_by_the_declared_command_too(tmp_path: Path) -> None:
    assert run_command(["reply", str(tmp_path / "nothing.txt")]) == ExitCode.NOT_FOUND


def test_who_stops_it_hears_nothing_more(body: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def _stopped(_: Asked) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Asked, "show", _stopped)
    assert cli.run(["reply", str(body)]) == ExitCode.INTERRUPTED


def test_a_reader_who_has_seen_enough_is_no_error(body: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m mailbridge reply {body} | head -c 1",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"Y", b"")
