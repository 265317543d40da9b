"""What the author wrote now, and what he quotes (D11, Q1 to Q4), in plain text."""

import pytest

from mailbridge.domain.reading import PartKind
from mailbridge.message.body import quoted_flags, read_plain, read_reply, split_plain, split_reply, unflow
from mailbridge.message.parse import parse
from tests.message.reading_data import INTRODUCTIONS, answer, part, said

ATTRIBUTIONS = INTRODUCTIONS["attributions"]
WEAK = INTRODUCTIONS["weak_attributions"]
HEADER_BLOCKS = INTRODUCTIONS["header_blocks"]
FORWARDS = INTRODUCTIONS["forwards"]
#: these clients mark no lines, or introduce whole mails
_NEVER_MARKED = {"QQ", "GroupWise"}


@pytest.mark.parametrize("introduction", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_T52_an_attribution_belongs_to_the_quote(introduction: str) -> None:
    new_text, quoted_text = split_plain(f"Hello,\nthanks.\n\n{introduction}\n\n> old one\n> old two\n")
    assert new_text == "Hello,\nthanks."
    assert quoted_text == f"{introduction}\n\n> old one\n> old two"


@pytest.mark.parametrize("introduction", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_all_behind_an_attribution_with_time_or_address_is_quoted_without_marks(introduction: str) -> None:
    assert answer(f"Hello, thanks.\n{introduction}\nold one\nold two\n") == "Hello, thanks."


@pytest.mark.parametrize(
    "introduction",
    [line for name, line in (ATTRIBUTIONS | WEAK).items() if name not in _NEVER_MARKED],
    ids=[name for name in ATTRIBUTIONS | WEAK if name not in _NEVER_MARKED],
)
def test_Q1_answers_between_and_below_quotes_are_new_text(introduction: str) -> None:
    text = f"Hello\n\n{introduction}\n> old one\n\nbetween\n> old two\nbelow\n"
    assert answer(text).split() == ["Hello", "between", "below"]


@pytest.mark.parametrize("introduction", WEAK.values(), ids=WEAK.keys())
def test_Q3_an_attribution_without_time_and_address_is_one_only_before_marked_lines(introduction: str) -> None:
    text = f"Hello\n\n{introduction}\n\nI do not agree."
    assert answer(text) == text


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=HEADER_BLOCKS.keys())
def test_Q4_all_behind_a_quoted_header_is_quoted(block: str) -> None:
    assert split_plain(f"Hello\n\n{block}\n\nold text\n") == ("Hello", f"{block}\n\nold text".strip())


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=HEADER_BLOCKS.keys())
def test_Q4_a_header_needs_no_blank_line_above(block: str) -> None:
    assert answer(f"Hello\n{block}\n\nold text\n") == "Hello"


@pytest.mark.parametrize("title", FORWARDS.values(), ids=FORWARDS.keys())
def test_what_is_passed_on_is_told_apart_from_history(title: str) -> None:
    text = f"See below.\n\n{title}\nFrom: Max <max@firm.example>\nSubject: Lamp\n\nthe lamp\n"
    assert part(text, PartKind.NEW) == "See below."
    assert part(text, PartKind.FORWARD).endswith("the lamp")
    assert split_plain(text)[1] == ""
    assert 1 in quoted_flags(text.split("\n"))


def test_a_mail_that_is_nothing_but_another_mail_is_passed_on() -> None:
    text = f"{HEADER_BLOCKS['Outlook pl']}\n\nstary tekst\n\n{ATTRIBUTIONS['Gmail pl']}\n> starszy"
    assert part(text, PartKind.FORWARD).endswith("stary tekst")
    assert part(text, PartKind.QUOTE).endswith("> starszy")


def test_Q1_answers_between_bare_quotes_are_new_text() -> None:
    text = "> one?\nanswer one\n> two?\n\nanswer two\n> three\n> four\nlast"
    assert split_plain(text)[0] == "answer one\n\nanswer two\nlast"


def test_Q1_answers_behind_a_header_block_with_marked_lines_are_new_text() -> None:
    text = f"{HEADER_BLOCKS['separator en']}\n{HEADER_BLOCKS['Outlook en']}\n\n> one?\nyes\n> two?\nno"
    assert answer(f"See below.\n\n{text}").split() == ["See", "below.", "yes", "no"]


def test_Q1_a_short_answer_below_a_long_question_is_no_wrapped_quote() -> None:
    question = "> Would you like me to send you the other one instead of this one, which is a bit more?"
    assert answer(f"{question}\nyes please\n> Anything else?\nno") == "yes please\nno"


def test_the_end_of_a_quoted_line_that_a_program_wrapped_is_quoted() -> None:
    text = f"Hello\n\n{ATTRIBUTIONS['Gmail en']}\n> {'lorem ipsum ' * 6}and\nthen some\n> more\n"
    assert answer(text) == "Hello"


def test_an_attribution_without_colon_counts_where_it_stands_alone() -> None:
    line = "On Wed, 14 Nov 2018 08:14:43 -0200 Max Berg <max@firm.example> wrote"
    assert answer(f"Hello\n\n{line}\n\nold text") == "Hello"
    assert answer(f"I found what\n{line}\nin my mail.").endswith("in my mail.")


def test_an_answer_and_an_attribution_may_share_a_line() -> None:
    text = "Yes. On Wed, Apr 4, 2012 at 3:59 PM, max@firm.example wrote:\n> Is it there?"
    assert [(p.kind, text[p.start : p.end]) for p in read_plain(text).parts] == [
        (PartKind.NEW, "Yes. "),
        (PartKind.QUOTE, "On Wed, Apr 4, 2012 at 3:59 PM, max@firm.example wrote:\n> Is it there?"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "As my mother wrote:\n\ntake care",
        "From: Hamburg\nTo: Rome\nis the way it went",
        "To: whom it may concern\nthe lamp is broken",
        "Invitation for an interview:\n\nDate: Wednesday 3, October 2026\nTime: 7:00\nAddress: 1 High Street",
        "Please note:\n- one\n- two",
        "On 3 May you wrote:\n\nsomething unkind. I did not like it.",
        "On 3 May 2026 at 10:00 I wrote to you at help@market.example:\n\nnobody answered.",
        "On the other hand, I would like to know:\n\nis it there?",
        "On 3 May 2026 at 10:00 the courier said:\n\nnobody is there.",
        "AK> is not what I meant.",
        "On Monday at 10:00 the courier came. He said:\n\nno parcel.",
        "Am Montag um 10:00 Uhr kommt der Techniker:\n\nbitte bereithalten.",
        "-----\nthe end\n-----",
        "Shipping\n--------\nto Italy\n\nReturns\n=======\nnone",
        "------- Enter Feedback Below -------\n\nvery good",
        "a > b and b > c",
        "Now only >>> 10 EUR <<<\nper lamp",
        ">>> only today <<<\nten euro",
        ">From my point of view it is fine.",
        "see https://example.com/on-date-somebody-wrote: there",
        "Original Message\nis the name of the lamp",
        "Subject: lamp\nI would like a lamp.",
        "Name: Anna\nOrder: 48213\nDate: 3 May\n\nplease help",
        "Please write to Max <max@firm.example> on 16.11.2026 before 15:04, he will tell you:\n- price\n- date",
        "Let us meet.\n\nFrom: 10:00\nTo: 11:00\nDate: 3.11.2026\n\nOk?",
        "My data:\nName: Anna\nDate: 3.11.2026 10:00\nTo: ul. Prosta 1\nSubject: lamp\nplease",
        "Try this:\n\n>>> print(1)\n1\n>>> x = 2\n\nDoes it work?",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nok?",
        "The dates:\n16.11.2026 15:04: lamp\n17.11.2026 10:00: bulb",
        "Od poniedziałku pracuję do 15:00.\nTemat: lampa",
        "For the courier:\n\nFrom: Anna Kos\nTo: Max Berg\nWeight: 2 kg\nDate: Friday, after 15:00\n\nIs that enough?",
        "Your feed:\n\n```\nFrom: 2026-11-16\nTo: 2026-11-17\n-- \n> 3 items\n```\n\nPlease mend it.",
        "```\nOn 16 Nov 2026 15:04, Max <max@firm.example> wrote:\n> x\n```\nis what I get.",
        "See:\n ```\n > x\n -- \n ```\n is what I get.",
        "On 3 May 2026 we met\n\nand you told me:\n\nit is there.",
        "Max was here\n16.11.2026 15:04\n\nTo\nwhom shall I write?",
        "こんにちは。\n以上です。よろしくお願いします。ご確認ください。",
    ],
)
def test_Q3_the_authors_own_words_stay(text: str) -> None:
    assert split_plain(text) == (text, "")


def test_the_plain_form_counts_before_the_html() -> None:
    assert split_reply("plain\n> old", "<p>html</p>") == ("plain", "> old")


def test_the_html_counts_where_the_plain_form_is_blank() -> None:
    assert split_reply("\n \n", "<p>html</p>") == ("html", "")


def test_no_body_is_no_text() -> None:
    assert split_reply(None, None) == ("", "")
    assert read_reply(None, None).parts == ()


def test_flags_say_which_lines_others_wrote() -> None:
    assert quoted_flags(["Hi", "", "Max wrote:", "> old", "new"]) == bytearray((0, 0, 1, 1, 0))


def test_unflow_keeps_depths_apart() -> None:
    assert unflow("> a \n>> b \n> c\n", delete_space=False) == "> a \n>> b \n> c\n"


INLINE = {
    "en": ("see my answers below", "Outlook en"),
    "pl": ("odpowiedzi poniżej na czerwono", "Outlook pl"),
    "de": ("meine Antworten stehen unten", "Outlook de"),
    "it": ("le risposte in rosso", "Outlook it"),
    "fr": ("voici mes réponses", "Outlook fr"),
    "es": ("te respondo abajo", "Outlook es"),
}


@pytest.mark.parametrize(("words", "block"), INLINE.values(), ids=INLINE.keys())
def test_Q1_answers_that_are_said_to_stand_in_an_unmarked_quote_are_not_cut(words: str, block: str) -> None:
    text = f"Hello,\n{words}.\n\nAnna\n\n{HEADER_BLOCKS[block]}\n\nIs it there?\nYes, two of them.\n"
    new_text, history = split_plain(text)
    assert new_text.endswith("Yes, two of them.")
    assert history == ""


@pytest.mark.parametrize("words", ["Do you have it in red?", "Haben Sie die Lampe in Rot?", "Ce l'avete in rosso?"])
def test_who_asks_for_a_colour_does_not_say_where_he_answers(words: str) -> None:
    assert answer(f"{words}\n\n{HEADER_BLOCKS['Outlook en']}\n\nold text") == words


@pytest.mark.parametrize(
    ("text", "new_text"),
    [
        (
            "On Fri, Aug 23, 2002 at 09:26, Max wrote:\n[...]\n> two are out.\n\nAnd the third soon.",
            "And the third soon.",
        ),
        ("On Mon, 7 Oct 2002 max@firm.example wrote:\n\n--]I am stuck\n--]on this.\n\nI framed it.", "I framed it."),
        ("On 16 Nov 2026 15:04, Max wrote:\n| one?\n\nyes\n\n| two?\n\nno", "yes\n\n\nno"),
        ("EL> one?\n\nyes\n\nEL> two?\n\nno", "yes\n\n\nno"),
        ("Max Berg said:\n> one?\n\nyes", "yes"),
        ("On 16 Nov 2026 15:04, Max Berg wrote:\n\nMB> one?\nMB> two?\n\nyes", "yes"),
        (
            "  Date:   Wed, 21 Aug 2002 10:54:46\n  From:   Max <max@firm.example>\n\n  | It fails.\n\nHere too.",
            "Here too.",
        ),
        (
            "----- Original Message -----\nFrom: Max <max@firm.example>\n\n> Seriously.\n\nI do not think so.",
            "I do not think so.",
        ),
        (
            "-----Original Message-----\nFrom: Max\nSent: Monday 15:04\nTo: Anna\n\nCarl wrote:\n> It is.\n\nIs it?",
            "Is it?",
        ),
    ],
    ids=[
        "elision",
        "made up mark",
        "bars",
        "initials alone",
        "said",
        "initials",
        "header and bars",
        "header and marks",
        "header and a name",
    ],
)
def test_Q1_answers_to_quotes_of_odd_manner_are_new_text(text: str, new_text: str) -> None:
    assert answer(text) == new_text


def test_Q3_a_rule_between_paragraphs_is_no_footer_of_the_list_far_below() -> None:
    text = (
        "Before\n\n--------------\n\n"
        + "the theory goes on and on\n" * 12
        + "\n_______________________\nusers mailing list\n"
    )
    assert answer(text).count("theory") == 12


@pytest.mark.parametrize(
    "words",
    [
        "my answers are in red below",
        "My comments are marked in green",
        "meine Kommentare stehen in Blau",
        "odpowiedzi są na zielono",
        "i miei commenti sono in verde",
        "mes remarques sont en bleu",
        "mis comentarios están en azul",
        "mijn opmerkingen staan in het rood",
        "os meus comentários estão em azul",
        "moje komentáře jsou červeně",
        "мои комментарии выделены красным",
    ],
)
def test_Q1_who_says_in_which_colour_he_answers_is_not_cut(words: str) -> None:
    text = f"Hello,\n{words}.\n\n{HEADER_BLOCKS['Outlook en']}\n\nIs it there?\nYes, two of them.\n"
    assert split_plain(text)[0].endswith("Yes, two of them.")


def test_an_unclosed_fence_hides_no_quote() -> None:
    assert answer(f"```\ncode\n\n{ATTRIBUTIONS['Gmail en']}\n> old") == "```\ncode"


CHARSETS = {
    "ISO-2022-JP": ("iso2022_jp", "はい、お願いします。", "2026年11月16日(月) 15:04 Max Berg <max@firm.example>:"),
    "Shift_JIS": ("shift_jis", "はい、お願いします。", "2026年11月16日(月) 15:04 Max Berg <max@firm.example>:"),
    # Labelled as the old set, written in the new one: "镕" is in gb18030 only.
    "gb2312": ("gb18030", "好的，朱镕先生。", '在 2026-11-16 15:04:05，"Max Berg" <max@firm.example> 写道：'),
    "big5": ("big5", "好的，謝謝。", "Max Berg <max@firm.example> 於 2026年11月16日 週一 下午3:04 寫道："),
    # "똠" is in Windows' own extension of it only.
    "ks_c_5601-1987": (
        "cp949",
        "네, 똠방 씨.",
        "2026년 11월 16일 (월) 오후 3:04, Max Berg <max@firm.example>님이 작성:",
    ),
    "koi8-r": ("koi8_r", "Да, спасибо.", "16 ноября 2026 г., 15:04 пользователь Max Berg <max@firm.example> написал:"),
    "iso-8859-2": (
        "iso8859_2",
        "Tak, żółta.",
        "W dniu 16 listopada 2026 15:04 użytkownik Max Berg <max@firm.example> napisał:",
    ),
    "windows-1255": ("cp1255", "כן, תודה.", "מאת Max Berg <max@firm.example> 16.11.2026 15:04:"),
}


@pytest.mark.parametrize("charset", CHARSETS)
def test_E4_a_reply_in_an_older_charset_is_read(charset: str) -> None:
    codec, new_text, introduction = CHARSETS[charset]
    header = f"From: a@shop.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode()
    mail = header + f"{new_text}\r\n\r\n{introduction}\r\n> x\r\n".encode(codec)
    assert parse(mail).new_text == new_text


def test_E13_nul_octets_and_lines_without_end_are_read() -> None:
    long_line = "word " * 40_000
    assert answer(f"a\0b\n{long_line}\n\n{ATTRIBUTIONS['Gmail en']}\n> old") == f"a\0b\n{long_line}".strip()


def test_E13_more_than_five_thousand_links_are_read() -> None:
    links = "".join(f'<a href="https://shop.example/{n}">link {n}</a> ' for n in range(6_000))
    new_text, quoted_text = split_reply(None, f"<p>{links}</p><blockquote type=cite>old</blockquote>")
    assert (new_text.count("link"), quoted_text) == (6_000, "old")


def test_E13_very_deep_html_is_read() -> None:
    assert split_reply(None, "<div><b>" * 10_000 + "words")[0] == "words"


def test_E20_a_mail_without_words_has_no_new_text() -> None:
    assert (answer(""), answer("\n \n"), said(read_reply("", None)), said(read_reply(None, "<p>&nbsp;</p>"))) == (
        ("",) * 4
    )


def test_Q7_a_long_answer_is_new_text_to_its_last_line() -> None:
    lines = [f"Line {number} of a long letter about lamps." for number in range(20_000)]
    text = "\n".join(lines)
    assert answer(f"{text}\n\n{ATTRIBUTIONS['Gmail en']}\n> old") == text


@pytest.mark.parametrize(
    "client", ["Outlook en", "Outlook de", "Outlook wrapped", "bold", "one line", "GMX", "Lotus tabs"]
)
def test_Q4_a_header_block_inside_a_marked_quote_stays_in_it(client: str) -> None:
    marked = "\n".join(f"> {line}" for line in HEADER_BLOCKS[client].split("\n"))
    assert answer(f"Hello\n\n> old\n{marked}\n> older\n\nbye now, and thanks").split("\n") == [
        "Hello",
        "",
        "",
        "bye now, and thanks",
    ]


def test_an_answer_of_two_lines_may_share_the_second_with_an_attribution() -> None:
    line = "On Wed, Apr 4, 2012 at 3:59 PM, max@firm.example wrote:"
    assert answer(f"Hello.\nYes. {line}\n> Is it there?") == "Hello.\nYes."


def test_an_attribution_is_not_looked_for_in_more_lines_than_one_may_have() -> None:
    text = "a long line of his own words that goes on " * 8 + "\n"
    assert (
        answer(f"{text}{text}ends with a name (a@shop.example):\n\nnothing")
        == f"{text}{text}ends with a name (a@shop.example):\n\nnothing"
    )


def test_a_link_that_a_program_wrapped_out_of_a_quoted_line_is_quoted() -> None:
    text = (
        f"Hello\n\n{ATTRIBUTIONS['Gmail en']}\n> see this page:\n<https://shop.example/a/long/link>\n> and that one\n"
    )
    assert answer(text) == "Hello"


@pytest.mark.parametrize(
    "introduction",
    [
        "On Mon, Nov 16, 2026 at 3:04 PM Max Berg\n\n<max@firm.example> wrote:",
        "On Mon, Nov 16, 2026 at 3:04 PM Max Berg <max@firm.example>\n> wrote:",
        "On Mon, 16 Nov 2026 15:04:05 +0100\n\nMax Berg <max@firm.example> wrote:",
        "Am Mo., 16. Nov. 2026 um 15:04 Uhr schrieb Max Berg <\n\nmax@firm.example>:",
        "--- Reply above this line to answer ---",
    ],
    ids=[
        "blank line before the address",
        "verb alone behind a mark",
        "double-spaced",
        "double-spaced and open",
        "line of a ticket system",
    ],
)
def test_an_introduction_broken_in_odd_places_belongs_to_the_quote(introduction: str) -> None:
    assert answer(f"Hello\n\n{introduction}\n> old") == "Hello"


def test_more_attributions_than_any_mail_has_are_not_looked_at() -> None:
    text = "Max wrote nothing on 3 May:\n\n" * 2_001
    assert answer(f"{text}{ATTRIBUTIONS['Gmail en']}\nold").endswith("old")


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_blanks_that_do_not_break_are_blanks(blank: str) -> None:
    text = f"Yes.\n\nSent from my iPhone\n\n{ATTRIBUTIONS['Gmail en']}\nold".replace(" ", blank)
    assert answer(text) == "Yes."
    assert read_plain(text).text == text
    assert quoted_flags(text.split("\n")) == bytearray((0, 0, 0, 0, 1, 1))
