"""What is written in codes that anybody can undo is read, and noise is none."""

import pytest

from mailbridge.policy.codes import through_codes
from mailbridge.policy.scanning import Read
from mailbridge.policy.shadow import Shadow, shadow_of

CODED = [
    ("bGFtcEBleGFtcGxlLm9yZw==", "lamp@example.org"),
    ("6c616d70406578616d706c652e6f7267", "lamp@example.org"),
    ("%6C%61%6D%70%40%65%78%61%6D%70%6C%65%2E%6F%72%67", "lamp@example.org"),
    ("lamp%2Eone%40example.org", "lamp.one@example.org"),
    ("108 97 109 112 64 101 120 97 109 112 108 101 46 111 114 103", "lamp@example.org"),
    ("..... .---- ..--- ...-- ....- ..... -.... --... ---..", "512345678"),
    ("\u283c\u2801\u2803\u2809\u2819\u2811\u280b\u281b\u2813", "12345678"),
    ("Lima, Alpha, Mike, Papa, at, example, dot, org.", "lamp at example dot org"),
]


def _whole(shadow: Shadow) -> list[Read]:
    return [Read(0, len(shadow.text), shadow.text)]


@pytest.mark.parametrize(("code", "plain"), CODED)
def test_a_code_is_read_as_what_it_means(code: str, plain: str) -> None:
    assert [read.value for read in through_codes(shadow_of(f"Keep it: {code} thanks"), _whole)] == [plain]


@pytest.mark.parametrize(
    "text", ["XKQ7-9TTR-77P0-LM3V", "EAN 4015773948216", "9f86d081884c7d659a2feaa0c55ad015", "...", "---"]
)
def test_keys_and_numbers_of_things_mean_nothing(text: str) -> None:
    assert list(through_codes(shadow_of(text), _whole)) == []
