"""What a text reads as without disguise, and that every place leads back to what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.policy.shadow import MAX_UNDONE, is_latin, joined_of, shadow_of

READ_AS = [
    ("plain text, 5 < 6 & 7", "plain text, 5 < 6 & 7"),
    ("anna\uff20shop\uff0ecom", "anna@shop.com"),
    ("\u0430nn\u0430@gm\u0430il.\u0441om", "anna@gmail.com"),
    ("gmail.\u0441\u043e\u043c", "gmail.com"),
    ("\u03bfrder", "order"),
    ("a\u200bn\u00adn\u2060a", "anna"),
    ("6\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e3", "601"),
    ("\u2460\u2461\u24f5 \u2776 \U0001f51f", "121 1 10"),
    ("\U0001d41a\U0001d427\U0001d427\U0001d41a \U0001d7de", "anna 6"),
    ("a\u0332n\u0332n\u0332a\u0332", "anna"),
    ("z\u0301", "\u017a"),
    ("anna&#64;shop&period;com &amp;", "anna@shop.com &"),
    ("&nosuchentity;", "&nosuchentity;"),
    ("anna \u24d0 shop.com", "anna @ shop.com"),
    ("\u24d0\u24d1\u24d2", "abc"),
    ("shop\u00b7pl, \u00b7 item \u2022 item", "shop.pl, \u00b7 item \u2022 item"),
    ("601\u2011234\u00a0567", "601-234 567"),
    ("\u0666\u0660\u0661", "601"),
    ("\U0001f1e6\U0001f170", "AA"),
]
#: real words of other languages, and signs that stand for themselves
STAYS = [
    "Zażółć gęślą jaźń, größer, perché, où",
    "Добрый день, посылка в пути, т.е. завтра",
    "Доброго дня, посилка їде",
    "Η παραγγελία σας",
    "USB-кабель и Wi-Fi-роутер",
    "№ 5, 20 °C, 1 ½, ™, €",
    "日本語のメール",
]


@pytest.mark.parametrize(("written", "read"), READ_AS)
def test_a_disguise_is_undone(written: str, read: str) -> None:
    assert shadow_of(written).text == read


@pytest.mark.parametrize("written", STAYS)
def test_what_is_no_disguise_stays(written: str) -> None:
    assert shadow_of(written).text == written


def test_a_place_leads_back_to_the_words_as_they_were_written() -> None:
    written = "to \u200ba\u200bnna&#64;x.pl\u200b!"
    shadow = shadow_of(written)
    start = shadow.text.index("anna")
    assert shadow.place(start, start + len("anna@x.pl")) == (4, 18)
    assert written[4:18] == "a\u200bnna&#64;x.pl"


@given(st.text(alphabet="ab @.\u200b\u0332\u0430\u2460\uff11&#64;\u00b7\u20e3\U0001f51f \n", max_size=80))
def test_places_grow_with_the_text_and_stay_within_it(written: str) -> None:
    shadow = shadow_of(written)
    places = [shadow.place(at, at + 1) for at in range(len(shadow.text))]
    assert all(0 <= start < end <= len(written) for start, end in places)
    assert places == sorted(places)


@given(st.text(max_size=60))
def test_lower_case_goes_letter_for_letter(written: str) -> None:
    shadow = shadow_of(written)
    assert len(shadow.lower) == len(shadow.text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("use a n n a @ x . p l, please", "use anna@x.pl, please"),
        ("on W.h.a.t.s.A.p.p today", "on WhatsApp today"),
        ("h_o_t_m_a_i_l", "hotmail"),
    ],
)
def test_letters_that_stand_apart_are_joined(written: str, read: str) -> None:
    joined = joined_of(shadow_of(written))
    assert joined is not None
    assert joined.text == read
    assert joined.place(0, len(read)) == (0, len(written))


@pytest.mark.parametrize("written", ["sizes 1 2 3 4 5 6 7 8", "a b c", "in and out", "1.2.3.4.5.6"])
def test_what_does_not_stand_apart_is_not_joined(written: str) -> None:
    assert joined_of(shadow_of(written)) is None


def test_a_joined_text_knows_where_it_was_joined() -> None:
    joined = joined_of(shadow_of("mail a n n a @ x now"))
    assert joined is not None
    assert joined.text == "mail anna@x now"
    assert joined.is_edited(5, 11)
    assert not joined.is_edited(0, 4)


def test_a_host_in_letters_of_two_scripts_only_looks_like_ours() -> None:
    assert not is_latin("b\u0430zaar.example")
    assert is_latin("b\uff41zaar\u00ad.example")


def test_I6_more_disguises_than_any_honest_text_has_are_left_and_said() -> None:
    assert shadow_of("a\u200b" * (MAX_UNDONE + 1)).is_cut_short
    assert not shadow_of("a\u200b" * MAX_UNDONE).is_cut_short
    assert not shadow_of("\U0001d41a" * 50_000).is_cut_short
