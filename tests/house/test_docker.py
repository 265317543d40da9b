"""The container files, as far as they can be checked without an engine: they parse, and what they name is there."""

import re
import shlex
import shutil
import subprocess
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from mailbridge import config
from tests.house.sources import TOP

DOCKER = TOP / "docker"
DOCKERFILES = {DOCKER / "Dockerfile": TOP, DOCKER / "postfix" / "Dockerfile": DOCKER / "postfix"}


def _instructions(dockerfile: Path) -> list[tuple[str, str]]:
    text = dockerfile.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines if not line.startswith(" ")]


def _compose() -> Any:
    return YAML(typ="safe").load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.parent.name)
def test_what_an_image_copies_is_in_its_context(dockerfile: Path) -> None:
    missing = []
    for instruction, rest in _instructions(dockerfile):
        words = [word for word in shlex.split(rest) if not word.startswith("--")]
        if instruction == "COPY" and "--from=" not in rest and "$" not in rest:
            missing += [source for source in words[:-1] if not (DOCKERFILES[dockerfile] / source).exists()]
    assert missing == []


def test_what_the_image_copies_is_not_ignored() -> None:
    kept = re.findall(r"^!(\S+)$", (TOP / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    copied = [
        word
        for instruction, rest in _instructions(DOCKER / "Dockerfile")
        if instruction == "COPY" and "--from=" not in rest
        for word in rest.split()[:-1]
    ]
    assert copied
    assert [word for word in copied if not any(Path(word).match(pattern) for pattern in kept)] == []


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.parent.name)
def test_images_are_built_from_named_releases(dockerfile: Path) -> None:
    bases = [rest.split()[0] for instruction, rest in _instructions(dockerfile) if instruction == "FROM"]
    assert bases
    assert [base for base in bases if ":" not in base or base.endswith(":latest")] == []


def test_the_bridge_does_not_run_as_root() -> None:
    users = [rest for instruction, rest in _instructions(DOCKER / "Dockerfile") if instruction == "USER"]
    assert users == ["mailbridge"]


def test_compose_builds_and_mounts_only_what_is_there() -> None:
    wanted = []
    for service in _compose()["services"].values():
        context = (DOCKER / service["build"]["context"]).resolve()
        wanted.append(context / service["build"].get("dockerfile", "Dockerfile"))
        wanted += [context / value for value in service["build"].get("args", {}).values()]
        wanted += [DOCKER / volume.split(":")[0] for volume in service.get("volumes", []) if volume.startswith(".")]
    assert [str(path) for path in wanted if not path.is_file()] == []


def test_the_example_settings_are_valid_and_fit_the_compose_file() -> None:
    settings = config.load(DOCKER / "mailbridge.toml")
    addresses = {name: s["networks"]["mail"]["ipv4_address"] for name, s in _compose()["services"].items()}
    front = ip_address(addresses["front"])
    behind = (DOCKER / "postfix" / "behind.cf").read_text(encoding="utf-8")
    assert any(front in network for network in settings.listen.trusted_fronts)
    assert [route.host for route in settings.route] == ["behind"]
    assert f"{addresses['bridge']}/32" in behind


def test_the_public_pages_are_published_to_this_machine_alone_and_its_web_server_is_believed() -> None:
    web, compose = config.load(DOCKER / "mailbridge.toml").web, _compose()
    assert web.public_url.startswith("https://")
    assert web.public_listen is not None
    assert compose["services"]["bridge"]["ports"] == [f"127.0.0.1:{web.public_listen.port}:{web.public_listen.port}"]
    [subnet] = [ip_network(each["subnet"]) for each in compose["networks"]["mail"]["ipam"]["config"]]
    assert [str(network) for network in web.trusted_proxies] == [f"{next(subnet.hosts())}/32"]


def test_front_takes_no_bigger_mail_than_the_bridge_and_the_smarthost_takes_more() -> None:
    limits = {}
    for name in ("front", "behind"):
        text = (DOCKER / "postfix" / f"{name}.cf").read_text(encoding="utf-8")
        limits[name] = int(re.findall(r"^message_size_limit = (\d+)$", text, re.MULTILINE)[0])
    bridge = config.load(DOCKER / "mailbridge.toml").listen.max_message_octets
    assert limits["front"] == bridge < limits["behind"]


@pytest.mark.parametrize("name", ["front", "behind"])
def test_postfix_knows_every_parameter_it_is_given(name: str, tmp_path: Path) -> None:
    postconf = shutil.which("postconf", path="/usr/sbin:/usr/bin:/sbin:/bin")
    if postconf is None:
        pytest.skip("no postconf here (package postfix)")
    shutil.copy(DOCKER / "postfix" / f"{name}.cf", tmp_path / "main.cf")
    (tmp_path / "master.cf").write_text("smtp inet n - n - - smtpd\n", encoding="utf-8")
    done = subprocess.run(
        [postconf, "-c", str(tmp_path), "-n"], check=False, capture_output=True, text=True, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, "")
