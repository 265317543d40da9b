"""The wheel holds what the installed bridge needs, and nothing of the checkout beside it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mailbridge.resources import data_folder
from tests.house.sources import TOP


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=TOP, check=True, capture_output=True, timeout=120)
    return next(folder.glob("*.whl"))


def test_every_template_and_rule_is_in_the_wheel(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"mailbridge/_data/{name}/{path.relative_to(TOP / name).as_posix()}"
        for name in ("templates", "rules")
        for path in (TOP / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted
    assert wanted - packed == set()


def test_only_the_package_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"mailbridge"}


def test_an_unpacked_wheel_finds_its_data_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "from mailbridge.resources import data_folder; print(data_folder('templates'), data_folder('rules'))"
    # -P and -S: neither the checkout nor the editable install is on the path.
    done = subprocess.run(
        [sys.executable, "-P", "-S", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        check=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    data = tmp_path / "mailbridge" / "_data"
    assert done.stdout.split() == [str(data / "templates"), str(data / "rules")]


def test_a_checkout_finds_its_data_at_the_top() -> None:
    assert {data_folder("templates"), data_folder("rules")} == {TOP / "templates", TOP / "rules"}
