"""DKIM keys: made private, read only when private, published in the right form."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from mailbridge.errors import ConfigurationError
from mailbridge.outbound.dkim_keys import Algorithm, load_key, make_key_file, txt_record


def _pem(private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_new_key_is_readable_by_its_owner_only_and_signs_with_its_algorithm(
    tmp_path: Path, algorithm: Algorithm
) -> None:
    path = tmp_path / "key.pem"
    make_key_file(path, algorithm)
    key = load_key(path, domain="Alias.Example", selector="mb1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (key.algorithm, key.domain) == (algorithm, "alias.example")


def test_a_key_in_use_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    make_key_file(path, Algorithm.ED25519)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        make_key_file(path, Algorithm.ED25519)
    assert path.read_bytes() == before


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    make_key_file(path, Algorithm.ED25519)
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        load_key(path, domain="alias.example", selector="mb1")


def test_a_missing_key_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="mailbridge dkim"):
        load_key(tmp_path / "none.pem", domain="alias.example", selector="mb1")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"not a key", "no unencrypted PEM"),
        (_pem(ec.generate_private_key(ec.SECP256R1())), "neither an RSA nor an Ed25519"),
    ],
)
def test_a_file_that_is_no_signing_key_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(ConfigurationError, match=complaint):
        load_key(path, domain="alias.example", selector="mb1")


def test_the_record_of_an_rsa_key_is_cut_into_strings_that_dns_can_hold(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    make_key_file(path, Algorithm.RSA)
    record = txt_record(load_key(path, domain="alias.example", selector="mb1"))
    strings = record.zone_line().split('"')[1::2]
    assert record.name == "mb1._domainkey.alias.example"
    assert record.value.startswith("v=DKIM1; k=rsa; p=")
    assert "".join(strings) == record.value
    assert max(map(len, strings)) <= 255


def test_a_key_does_not_show_itself(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    make_key_file(path, Algorithm.ED25519)
    assert repr(load_key(path, domain="alias.example", selector="mb1")) == (
        "DkimKey(mb1._domainkey.alias.example, ed25519-sha256)"
    )


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    good = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_numbers()
    other = good.p + 2  # most likely no prime, and if it is one the rest does not suit it
    numbers = rsa.RSAPrivateNumbers(
        p=other,
        q=good.q,
        d=good.d,
        dmp1=good.dmp1,
        dmq1=good.dmq1,
        iqmp=good.iqmp,
        public_numbers=rsa.RSAPublicNumbers(65537, other * good.q),
    )
    path = tmp_path / "key.pem"
    path.write_bytes(_pem(numbers.private_key(unsafe_skip_rsa_key_validation=True)))
    path.chmod(0o600)
    with pytest.raises(ConfigurationError, match="is damaged"):
        load_key(path, domain="alias.example", selector="mb1")
