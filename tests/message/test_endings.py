"""What stands below the author's words: sign-off, signature, imprint, what programs and lists add."""

import pytest

from mailbridge.domain.reading import PartKind
from tests.message.reading_data import BELOW, answer, part

_ATTRIBUTION = "On Mon, 16 Nov 2026 at 15:04, Max Berg <max@firm.example> wrote:"


@pytest.mark.parametrize("line", BELOW["device_lines"])
def test_what_a_phone_or_program_adds_is_a_footer(line: str) -> None:
    assert part(f"Yes, it is.\n\n{line}\n", PartKind.FOOTER) == line
    assert answer(f"Yes, it is.\n\n{line}\n\n{_ATTRIBUTION}\n> old") == "Yes, it is."


@pytest.mark.parametrize("line", BELOW["no_device_lines"])
def test_own_words_that_begin_like_a_footer_stay(line: str) -> None:
    assert answer(f"Yes, it is.\n\n{line}\n") == f"Yes, it is.\n\n{line}"


@pytest.mark.parametrize("line", BELOW["no_notices"])
def test_own_words_that_sound_like_a_notice_stay(line: str) -> None:
    text = f"Hello Max,\n\nthis is what became of it.\n\n{line}"
    assert answer(f"{text}\n\n{_ATTRIBUTION}\n> old") == text


def test_an_afterthought_below_a_phones_line_is_the_authors() -> None:
    assert answer("Yes.\n\nSent from my iPhone\n\nP.S. Ring twice.").split() == ["Yes.", "P.S.", "Ring", "twice."]


def test_who_has_only_greeted_above_a_phones_line_writes_below_it() -> None:
    assert answer("Hi,\n\nSent from my iPhone\n\nTwo, please.").split() == ["Hi,", "Two,", "please."]


def test_no_signature_begins_with_a_question() -> None:
    text = "The blue one.\n--\nCould you add a spare bulb?"
    assert answer(text) == text


def test_a_row_of_number_signs_sets_the_footer_of_a_list_apart() -> None:
    assert (
        answer(f"Yes.\n\n{'#' * 72}\n\nTo unsubscribe from the LAMPS list, click this link:\nhttps://l.example")
        == "Yes."
    )


def test_nothing_is_written_below_the_link_of_outlook_mobile() -> None:
    text = "Yes.\n\nGesendet von Outlook für Android<https://aka.ms/AAb9ysg>\n\nold text without a header"
    assert (answer(text), part(text, PartKind.QUOTE)) == ("Yes.", "old text without a header")


def test_what_is_typed_below_the_link_of_outlook_mobile_where_nothing_stands_above_is_new_text() -> None:
    text = f"\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\nTwo of them, please.\n\n{_ATTRIBUTION}\n> How many?"
    assert answer(text) == "Two of them, please."


@pytest.mark.parametrize("closing", BELOW["closings"])
def test_a_closing_formula_and_what_stands_under_it_is_a_sign_off(closing: str) -> None:
    assert part(f"Yes, it is.\n\n{closing}\nAnna Kos\n", PartKind.SIGN_OFF) == f"{closing}\nAnna Kos"
    below = f"{closing}\n\nAnna Kos\nLamps Ltd\n+48 22 100 20 30"
    assert part(f"Yes, it is.\n{below}\n\n{_ATTRIBUTION}\n> old", PartKind.SIGN_OFF) == below


@pytest.mark.parametrize("closing", BELOW["closings"])
def test_a_mail_that_is_only_a_formula_is_new_text(closing: str) -> None:
    assert part(f"{closing}\nAnna Kos\n", PartKind.NEW) == f"{closing}\nAnna Kos"


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for the lamp. It is nice.\nBut the bulb is broken.",
        "Regards the lamp, it is broken.\nWhat now?",
        "Best\nwould be Monday, if you ask me. We are at home then and can take the parcel from him at the door.",
        "I wrote to you:\nMany thanks\nAnd now I ask you again, will you send me the right lamp, please?",
    ],
)
def test_a_formula_among_the_authors_words_is_none(text: str) -> None:
    assert part(text, PartKind.NEW) == text


@pytest.mark.parametrize("name", ["-Anna Kos", "- Anna", "/Anna", "~ Anna K.", "– Anna"])
def test_a_name_behind_a_dash_at_the_end_is_a_sign_off(name: str) -> None:
    assert part(f"Yes, it is.\n\n{name}\n", PartKind.SIGN_OFF) == name


def test_the_last_point_of_a_list_is_no_name() -> None:
    assert part("We need:\n- price\n- date", PartKind.SIGN_OFF) == ""


def test_a_phone_that_nobody_has_heard_of_is_known_by_its_model() -> None:
    assert answer("Yes.\n\nSent from my Wiko RIDGE FAB 4G\n") == "Yes."


def test_what_stands_below_a_phones_line_is_no_answer_and_no_history() -> None:
    text = "Yes.\n\nSent from my iPhone\n\nold text without a header\nand more of it"
    assert (answer(text), part(text, PartKind.QUOTE)) == ("Yes.", "")


@pytest.mark.parametrize("delimiter", ["-- ", "--", "__", "___"])
def test_what_stands_behind_the_usual_delimiter_is_a_signature(delimiter: str) -> None:
    text = f"Yes, it is.\n{delimiter}\nAnna Kos\nLamps Ltd\n\n{_ATTRIBUTION}\n> old"
    assert part(text, PartKind.SIGNATURE) == f"{delimiter}\nAnna Kos\nLamps Ltd".strip()


def test_rows_of_dashes_between_paragraphs_are_no_delimiters() -> None:
    text = (
        "Points\n----\n\n1. one\n2. two\n\n----\n\nThe dashes above set paragraphs apart, and this goes on for a while."
    )
    assert answer(text) == text


def test_two_dashes_above_a_long_text_are_no_delimiter() -> None:
    text = "Before\n--\n" + "\n".join(f"line {number} of a long text" for number in range(40))
    assert answer(text) == text


@pytest.mark.parametrize("imprint", BELOW["imprints"].values(), ids=BELOW["imprints"].keys())
def test_what_law_and_lawyers_want_is_an_imprint(imprint: str) -> None:
    assert part(f"Yes, it is.\n\nAnna\n\n{imprint}\n", PartKind.IMPRINT) == imprint
    text = f"Yes, it is.\n\nBest regards\nAnna\n\n{imprint}\n\n{_ATTRIBUTION}\n> old"
    assert (part(text, PartKind.IMPRINT), answer(text)) == (imprint, "Yes, it is.\n\nBest regards\nAnna")


@pytest.mark.parametrize(
    "text",
    [
        "This message is confidential? I did not know that.",
        "Please send the invoice.\n\nMy company: VAT number DE123456789, is that enough for you?",
        "Diese E-Mail ist meine dritte. Wann kommt die Lampe?",
    ],
)
def test_a_question_is_no_imprint(text: str) -> None:
    assert answer(text) == text


@pytest.mark.parametrize("footer", BELOW["footers"].values(), ids=BELOW["footers"].keys())
def test_what_lists_and_scanners_add_is_no_answer(footer: str) -> None:
    assert answer(f"Yes, it is.\n\nAnna\n\n{footer}\n") == "Yes, it is.\n\nAnna"
    assert answer(f"Yes, it is.\n\n{_ATTRIBUTION}\n> old\n\n{footer}\n") == "Yes, it is."


@pytest.mark.parametrize(
    "line",
    [
        "LG Petra",
        "Mvh Ola",
        "Mit freundlichen Grüßen / Best regards",
        "Best regards from Vienna",
        "Gruß Tobias M.",
        "Serdecznie pozdrawiam,",
        "مع التحية،",
    ],
)
def test_a_formula_may_have_a_name_a_place_or_another_formula_behind_it(line: str) -> None:
    assert part(f"Yes, it is.\n\n{line}\n", PartKind.SIGN_OFF) == line


@pytest.mark.parametrize("line", ["See you Friday", "Thanks for the Lamp", "Best of luck", "Thanks, is it there?"])
def test_a_sentence_that_begins_like_a_formula_is_none(line: str) -> None:
    assert part(f"Yes, it is.\n\n{line}\n", PartKind.SIGN_OFF) == ""


def test_a_formula_below_the_last_quote_is_a_sign_off() -> None:
    text = f"{_ATTRIBUTION}\n> one?\nyes\n> two?\n\nKind regards\nAnna"
    assert part(text, PartKind.SIGN_OFF) == "Kind regards\nAnna"


@pytest.mark.parametrize("imprint", BELOW["imprints"].values(), ids=BELOW["imprints"].keys())
def test_company_data_that_the_author_announces_is_his_answer(imprint: str) -> None:
    text = f"Hello,\n\nhere is what you asked for:\n\n{imprint}"
    assert answer(text) == text


def test_two_dashes_between_paragraphs_of_a_letter_are_no_delimiter() -> None:
    text = (
        "Order A\n--\n"
        "2 lamps, blue, to the shop in Graz, before Friday because we open then and nothing is there.\n"
        "--\nOrder B\n1 table, to the warehouse."
    )
    assert answer(text) == text


def test_a_notice_behind_two_dashes_is_no_letter_that_goes_on() -> None:
    text = f"Yes.\n--\nAnna Kos\n{BELOW['imprints']['notice en']}"
    assert answer(text) == "Yes."


def test_a_heading_above_a_notice_goes_with_it() -> None:
    assert answer(f"Yes, it is.\n\nDisclaimer\n\n{BELOW['imprints']['notice en']}") == "Yes, it is."


def test_of_many_notices_below_each_other_only_a_few_are_looked_at() -> None:
    notices = [f"{BELOW['imprints']['notice en']} {number}" for number in range(9)]
    assert answer("\n\n".join(["Yes, it is.", *notices])).count("intended solely") == 3


@pytest.mark.parametrize("name", ["notice en", "notice de", "notice pl", "notice fr", "notice es"])
def test_a_notice_needs_no_blank_line_above(name: str) -> None:
    assert answer(f"Yes, it is.\n\nAnna Kos\n{BELOW['imprints'][name]}") == "Yes, it is.\n\nAnna Kos"


def test_what_the_author_says_of_a_message_is_no_notice() -> None:
    text = "Yes.\n\nI ask because\nthis message contains your confidential price list, did you want me to have it?"
    assert answer(text) == text


def test_a_rule_above_a_notice_goes_with_it() -> None:
    assert answer(f"Yes, it is.\n\n______\n\n{BELOW['imprints']['notice en']}") == "Yes, it is."


def test_the_footer_of_a_service_without_a_rule_is_no_answer() -> None:
    footer = "You are receiving this because you were mentioned. Reply to this email directly or view it on GitHub."
    assert answer(f"Yes, it is.\n\n{footer}") == "Yes, it is."


@pytest.mark.parametrize("imprint", BELOW["imprints"].values(), ids=BELOW["imprints"].keys())
def test_company_data_below_a_greeting_and_nothing_else_is_the_answer(imprint: str) -> None:
    text = f"Hello Max,\n\n{imprint}"
    assert answer(f"{text}\n\n{_ATTRIBUTION}\n> What is your tax number?") == text
