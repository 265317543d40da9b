"""What one look says of a text: never that something is not there which is, whatever the pattern."""

import importlib
import pkgutil
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import mailbridge.policy
from mailbridge.domain.verdict import Finding
from mailbridge.policy.checks import CHECKS_BY_NAME
from mailbridge.policy.prescan import Clues, widened
from tests.policy.stage import a_message, from_buyer


def _all_clues() -> dict[str, Clues]:
    modules = pkgutil.walk_packages(mailbridge.policy.__path__, f"{mailbridge.policy.__name__}.")
    return {
        f"{module.name}.{name}": value
        for module in modules
        for name, value in vars(importlib.import_module(module.name)).items()
        if isinstance(value, Clues)
    }


CLUES = _all_clues()
#: checks that look closely only where there are clues
_WITH_CLUES = ("email_address", "outside_link", "messenger_handle", "payment_outside", "bank_data", "sensitive_data")
_PIECES = (
    *(
        "anna",
        "Lampen88",
        "anna.k",
        " ",
        "  ",
        "\n",
        " . ",
        ". ",
        ".\n",
        ", ",
        ",",
        ":",
        "/",
        "-",
        "'",
        "(",
        ")",
        "[",
        "]",
    ),
    *("@", "at", " at ", "(at)", "[ at ]", " ät ", "małpa", "chiocciola", "Klammeraffe", "arroba", "(a)", "{dot}"),
    *(".", "dot", " dot ", "(dot)", "kropka", "punto", "punkt", "point", "d0t", "com", "pl", "it", "de", "co.uk"),
    *("gmail", "g mail", "Hotmail", "wp", "o2", "web", "live", "outlook", "t-online", "free", "libero", "onet"),
    *("www", "www ", "hxxp://", "h**p", "https://", "shop", ",com", " com ", "browser", "wpisz", "\u200b", "ａ"),
    *(
        "WhatsApp",
        "whats app",
        "wats'app",
        "tg",
        "Telegram",
        "IG",
        "insta",
        "fb",
        "messenger",
        "skype:",
        "t dot me slash",
    ),
    *("write me on ", "my nick is ", "password: ", "hasło: ", "IBAN ", "BIC ", "konto ", "BLZ 100 100 10", "bitcoin"),
    *(
        "paypal friends",
        "pay outside allegro",
        "an der plattform vorbei",
        "espèces",
        "bc1q",
        "0x",
        "12",
        "3456",
        "K7tt1x9",
    ),
)


def _findings(name: str, text: str) -> tuple[Finding, ...]:
    check = CHECKS_BY_NAME[name]
    parameters = {parameter.name: parameter.default for parameter in check.parameters}
    return check.find(a_message(text=text), from_buyer(), parameters)


def test_the_checks_that_cost_most_have_clues() -> None:
    modules = {name.rpartition(".")[0].rpartition(".")[2] for name in CLUES}
    assert {"email_address", "spelledhosts", "messengers", "payment_outside", "bank_data", "sensitive_data"} <= modules


@pytest.mark.parametrize("name", CLUES)
def test_every_pattern_is_one_that_the_library_takes(name: str) -> None:
    assert CLUES[name].in_text("") == ()
    every = CLUES[name].in_text("".join(CLUES[name].patterns).lower())
    assert set(every) <= set(range(len(CLUES[name].patterns)))


@given(st.data())
@settings(max_examples=300)
def test_what_a_pattern_matches_is_a_clue(data: st.DataObject) -> None:
    clues = CLUES[data.draw(st.sampled_from(sorted(CLUES)))]
    number = data.draw(st.integers(0, len(clues.patterns) - 1))
    pattern = clues.patterns[number]
    edges = st.text("ab 1.@\n", max_size=3)
    text = f"{data.draw(edges)}{data.draw(st.from_regex(pattern))}{data.draw(edges)}".lower()
    if re.search(pattern, text) is not None:
        assert number in clues.in_text(text)
        assert number in clues.in_text(text + " " * 20_000)


@given(st.sampled_from(_WITH_CLUES), st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
@settings(max_examples=600)
@example("email_address", "anna at web.de")
@example("email_address", "anna ät gmail")
@example("outside_link", "lampen . com/a")
@example("messenger_handle", "t dot me slash anna88")
def test_K1_K2_a_check_finds_the_same_with_clues_as_when_it_looks_for_everything(name: str, text: str) -> None:
    found = _findings(name, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clues, "in_text", lambda self, _lower: tuple(range(len(self.patterns))))
        _forget()
        everything = _findings(name, text)
    _forget()
    assert found == everything


def _forget() -> None:
    """What was read of the last texts."""
    for module in ("shadow", "checks.payment_outside", "checks.sensitive_data"):
        for value in vars(importlib.import_module(f"{mailbridge.policy.__name__}.{module}")).values():
            if hasattr(value, "cache_clear") and value.cache_parameters()["maxsize"] is not None:
                value.cache_clear()


@pytest.mark.parametrize(
    ("pattern", "wide"),
    [
        (r"at(?<=[ \n]at)(?=\s)x", "atx"),
        (r"(?<!a(b)c)z\b", "z"),
        (r"a(?!b|(?:c))(?:d)", "a(?:d)"),
        (r"[^\s@]", r"[^ \t\n\r\f\v@]"),
        (r"\(\[", r"\(\["),
        (r"[(\]]x", r"[(\]]x"),
    ],
)
def test_what_looks_around_is_left_out(pattern: str, wide: str) -> None:
    assert widened(pattern) == wide


@pytest.mark.parametrize("sign", ["\u00a0", "\u2028", "\u3000", "\x1c", "\x85", "\t", "\v"])
def test_every_blank_is_one(sign: str) -> None:
    assert Clues(r"a\sb", r"a[\s-]b").in_text(f"a{sign}b") == [0, 1]


@pytest.mark.parametrize("letter", ["é", "ł", "я", "五", "٣", "_"])
def test_every_letter_and_digit_is_one(letter: str) -> None:
    assert Clues(r"-\w-").in_text(f"-{letter}-") == [0]


def test_half_a_character_of_broken_mail_is_no_accident() -> None:
    assert Clues("a.b").in_text("a\ud800b") == [0]
