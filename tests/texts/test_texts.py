"""The texts: in every language, declared fields only, safe in HTML, nothing of a buyer in his acknowledgement."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge import texts
from mailbridge.errors import ConfigurationError, Problem
from mailbridge.policy.plan import HoldReason, NoticeKind
from mailbridge.resources import data_folder
from mailbridge.texts import LANGUAGES, TEMPLATES, FieldValue, Part, RuleShown, Run, Template, Texts, samples
from mailbridge.texts.load import _BUTTON, _button

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
LOADED = Texts.load_checked()
ALL = [(template, language) for template in TEMPLATES for language in LANGUAGES]
ABOUT: dict[str, FieldValue] = {"market": "Market", "other_party": "Anna K.", "order": "48213", "written_at": AT}
REFUSED = next(samples(next(template for template in TEMPLATES if template.name == "refused")))


def _id(value: object) -> str:
    return f"{value.kind}-{value.name}" if isinstance(value, Template) else str(value)


def problems_with(folder: Path) -> tuple[Problem, ...]:
    try:
        Texts.load(folder)
    except ConfigurationError as error:
        return error.problems
    return ()


def own(folder: Path, name: str, text: str) -> Path:
    """A template of the admin's."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_texts_pass_what_an_admins_must_pass() -> None:
    assert problems_with(data_folder("templates")) == ()


@pytest.mark.parametrize(("template", "language"), ALL, ids=_id)
def test_every_text_renders_in_every_language(template: Template, language: str) -> None:
    for fields in samples(template):
        rendered = LOADED.render(template.kind, language, template.name, fields)
        assert (rendered.subject != "") == (Part.SUBJECT in template.parts)
        assert (rendered.plain.strip() != "") == (Part.PLAIN in template.parts)
        assert (rendered.html is not None) == (Part.HTML in template.parts)


@pytest.mark.parametrize(("template", "language"), ALL, ids=_id)
def test_every_text_is_tidy(template: Template, language: str) -> None:
    for fields in samples(template):
        rendered = LOADED.render(template.kind, language, template.name, fields)
        for text in (rendered.subject, rendered.plain):
            assert not re.search(r"\n\n\n|\.\.(?!\.)| ,|\( |  |None|\{\{|\}\}|\{%", text.replace("\n> \n", "\n")), text
        assert "{{" not in (rendered.html or "")


def test_the_languages_differ() -> None:
    for template in TEMPLATES:
        fields = next(samples(template))
        forms = {LOADED.render(template.kind, language, template.name, fields) for language in LANGUAGES}
        assert len(forms) >= (1 if template.name == "forwarded" else len(LANGUAGES)), template.name


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_that_is_planned_has_a_text(kind: NoticeKind, language: str) -> None:
    names = {template.name: template for template in TEMPLATES if template.kind == "notice"}
    assert LOADED.render("notice", language, kind.value, next(samples(names[kind.value]))).subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_to_hold_has_words_of_its_own_or_the_technical_ones(language: str) -> None:
    said = {
        reason: LOADED.render("notice", language, "held", {**ABOUT, "reason": reason.value}).plain
        for reason in HoldReason
        if reason is not HoldReason.MESSAGING_OFF  # told by a notice of its own: no person looks at it
    }
    technical = {HoldReason.RULE_BROKEN, HoldReason.LEAK_GATE, HoldReason.GATE_BROKEN, HoldReason.POISON}
    assert len(set(said.values())) == len(said) - len(technical) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_to_hold_has_words_of_its_own_for_the_person_in_charge(language: str) -> None:
    said = {LOADED.render("console", language, "hold", {"reason": reason.value}).plain for reason in HoldReason}
    assert (len(said), all(said), "\n" in "".join(said)) == (len(HoldReason), True, False)


def test_a_refusal_says_rule_words_remedy_and_shows_what_was_written() -> None:
    rule = RuleShown(title="No phone numbers", text="Ask here.", words=("+44 20 7946 0958",), fix="Leave it out.")
    written = (Run(text="Call me:\n"), Run(text="+44 20 7946 0958", is_marked=True))
    rendered = LOADED.render("notice", "en", "refused", {**REFUSED, "rules": (rule,), "own_text": written})
    for part in (rendered.plain, rendered.html or ""):
        for words in (
            "No phone numbers",
            "Ask here.",
            "+44 20 7946 0958",
            "Leave it out.",
            "Nothing was sent to Anna K.",
        ):
            assert words in part
    assert "> Call me:\n> **+44 20 7946 0958**" in rendered.plain
    assert re.search(r"Call me:<br>\n<mark [^>]*>\+44 20 7946 0958</mark>", rendered.html or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_E38_a_refusal_says_who_decided_how_to_appeal_and_what_may_go(language: str) -> None:
    rendered = LOADED.render("notice", language, "refused", REFUSED)
    for part in (rendered.plain, rendered.html or ""):
        assert "act-r4t5@relay.example" in part
        assert "automat" in part
        assert "2026-11-21 14:05 UTC" in part
    assert "?subject=" in (rendered.html or "")
    without = LOADED.render(
        "notice",
        language,
        "refused",
        {**REFUSED, "rest": "", "repair_address": "", "reason_address": "", "untold_address": "", "reasons": ()},
    )
    assert "act-" not in without.plain + (without.html or "")


def test_a_button_can_not_be_broken_by_its_words() -> None:
    assert _button("a@x.example", 'Go "now" & then?') == (
        f'<a href="mailto:a@x.example?subject=Go%20%22now%22%20%26%20then%3F" style="{_BUTTON}">'
        "Go &#34;now&#34; &amp; then?</a>"
    )


def test_T28_the_acknowledgement_has_no_field_for_what_the_buyer_wrote() -> None:
    fields = {t.name: set(t.fields) for t in TEMPLATES if t.kind == "acknowledgement"}
    assert fields == {
        "first_contact": {"market", "seller", "order", "reference"},
        "own_text": {"market", "seller", "reference", "headline", "words"},
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_T28_the_acknowledgement_holds_no_link(language: str) -> None:
    fields = next(samples(next(t for t in TEMPLATES if t.kind == "acknowledgement")))
    rendered = LOADED.render("acknowledgement", language, "first_contact", fields)
    assert not re.search(r"https?:|www\.|href=|mailto:", rendered.plain + (rendered.html or ""))


@pytest.mark.parametrize(("template", "language"), ALL, ids=_id)
def test_html_is_simple_and_fetches_nothing(template: Template, language: str) -> None:
    html = LOADED.render(template.kind, language, template.name, next(samples(template))).html or ""
    if template.kind == "page":
        html = html.replace("<form ", "")
    html = html.replace("https://market.example/u/", "")  # our own public pages
    html = html.replace("https://market.example/talk/", "")  # the marketplace's page of a conversation
    assert not re.search(r"<(?:img|script|link|style|iframe|form)|src=|url\(|https?:", html)
    # On a dark background a colour is read only with the one behind it.
    for style in re.findall(r'style="([^"]*)"', html):
        assert ("background:" in style) == bool(re.search(r"(?<![-\w])color:", style)), style


@given(st.text(max_size=60))
def test_text_of_people_is_escaped_in_html_and_one_line_in_a_subject(text: str) -> None:
    rule = RuleShown(title=text, text=text, words=(text,), fix=text)
    written = (Run(text=f"<i>{text}"), Run(text=f"<i>{text}", is_marked=True))
    fields = {**REFUSED, "other_party": f"<b>{text}", "rules": (rule,), "own_text": written, "own_subject": written}
    rendered = LOADED.render("notice", "de", "refused", fields)
    assert "\n" not in rendered.subject
    assert "\r" not in rendered.subject
    assert "<b>" not in (rendered.html or "")
    assert "<i>" not in (rendered.html or "")


@pytest.mark.parametrize("change", [{"order": "1", "extra": "x"}, {}])
def test_fields_must_be_exactly_the_declared_ones(change: dict[str, FieldValue]) -> None:
    with pytest.raises(TypeError, match="order" if not change else "extra"):
        LOADED.render("message", "en", "lead_uncertain", {"market": "Market", **change})


def test_a_file_of_the_admins_replaces_the_shipped_one(tmp_path: Path) -> None:
    own(tmp_path, "message/en/footer_to_buyer.txt.j2", "By {{ market }} for {{ seller }}")
    loaded = Texts.load(tmp_path)
    fields: dict[str, FieldValue] = {"market": "Market", "seller": "Acme"}
    assert loaded.render("message", "en", "footer_to_buyer", fields).plain == "By Market for Acme"
    assert loaded.render("message", "de", "footer_to_buyer", fields) == LOADED.render(
        "message", "de", "footer_to_buyer", fields
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("one\n{{ markt }}", 2, 'unknown field markt, did you mean "market"'),
        ("{% if false %}\n{{ subject }}{% endif %}", 2, "unknown field subject"),
        ("a\nb\n{% if %}", 3, "is no template"),
        ("a\n{{ market | nofilter }}", 2, "is no template"),
        ("a\n{{ market.name }}", 2, "does not render"),
        ("a\n{{ market.__class__.__mro__ }}", 2, "does not render"),
        ("{{ 1 / 0 }}", 1, "does not render"),
        ("\n{% include 'nothing.j2' %}", 2, "does not render: nothing.j2"),
    ],
)
def test_a_template_that_can_not_be_used_is_named_with_its_line(
    tmp_path: Path, text: str, line: int | None, words: str
) -> None:
    file = own(tmp_path, "message/en/footer_to_buyer.txt.j2", text)
    (problem,) = problems_with(tmp_path)
    assert (problem.file, problem.line, words in problem.reason) == (str(file), line, True)


def test_octets_that_are_no_text_are_named_with_their_line(tmp_path: Path) -> None:
    own(tmp_path, "message/en/footer_to_buyer.txt.j2", "").write_bytes(b"one\n\xff")
    (problem,) = problems_with(tmp_path)
    assert (problem.line, "UTF-8" in problem.reason) == (2, True)


def test_a_file_that_replaces_nothing_is_named_with_the_right_name(tmp_path: Path) -> None:
    own(tmp_path, "message/en/footer_to_byer.txt.j2", "x")
    (problem,) = problems_with(tmp_path)
    assert 'did you mean "message/en/footer_to_buyer.txt.j2"' in problem.reason


def test_a_missing_translation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "templates"
    shutil.copytree(data_folder("templates"), shipped)
    (shipped / "notice" / "it" / "held.html.j2").unlink()
    monkeypatch.setattr("mailbridge.texts.load.data_folder", lambda name: shipped)
    with pytest.raises(ConfigurationError) as caught:
        Texts.load_checked()
    assert [problem.file for problem in caught.value.problems] == [str(shipped / "notice/it/held.html.j2")]


def test_all_wrong_templates_are_said_at_once(tmp_path: Path) -> None:
    for language in LANGUAGES:
        own(tmp_path, f"message/{language}/footer_to_buyer.txt.j2", "{{ nobody }}")
    assert len(problems_with(tmp_path)) == len(LANGUAGES)


def test_the_page_beside_the_templates_is_the_generated_one() -> None:
    assert texts.reference() in (data_folder("templates") / "README.md").read_text(encoding="utf-8")
