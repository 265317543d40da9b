"""A bridge in a folder, as `mailbridge init` and `import` make it, with a DNS server that tests fill."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbridge import cli
from mailbridge.cli.output import ExitCode
from tests.cli.bridge_folder import TRADE, Say
from tests.dns_server import DnsServer


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Say:
    """Runs a command on the bridge in `tmp_path`: exit code, stdout, stderr."""

    def run(*arguments: object, config: bool = True) -> tuple[int, str, str]:
        words = [str(argument) for argument in arguments]
        code = cli.run([*words, *(("--config", str(tmp_path / "mailbridge.toml")) if config else ())])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def zones() -> Iterator[DnsServer]:
    """Knows no name until it is told one."""
    with DnsServer() as server:
        yield server


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bridge in it: a marketplace, a seller, a buyer and an order."""
    folder = tmp_path_factory.mktemp("bridge")
    options = ["--hostname", "bridge.example", "--operator", "op@example.com", "--smarthost", "127.0.0.1"]
    assert cli.run(["init", str(folder), *options]) == ExitCode.OK
    (folder / "trade.jsonl").write_text(TRADE)
    words = ["import", str(folder / "trade.jsonl"), "--config", str(folder / "mailbridge.toml")]
    assert cli.run(words) == ExitCode.OK
    return folder


@pytest.fixture
def bridge(made_once: Path, tmp_path: Path, zones: DnsServer) -> Path:
    """A copy of that bridge, for one test, that asks the test's DNS."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "mailbridge.toml"
    dns = f'[dns]\nport = {zones.port}\ntimeout = "5s"\nnameservers = ["{zones.host}"]\n'
    file.write_text(file.read_text().replace("[dns]\n", dns))
    return tmp_path
