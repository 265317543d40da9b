"""Loads `templates/`, checks each text against its declared fields, renders.

Where an admin has a folder of his own, every text must exist in every language, use declared fields only, and render
with its samples; all that is wrong is said at once. The texts as shipped are checked so by the tests, and compiled when
they are first needed: that is a third of a second of every start. What is sent when, and to whom, is decided elsewhere.
"""

import difflib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final
from urllib.parse import quote

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from mailbridge.errors import ConfigurationError, Problem
from mailbridge.resources import data_folder
from mailbridge.texts.catalogue import LANGUAGES, TEMPLATES, Part, Template
from mailbridge.texts.samples import samples
from mailbridge.texts.shown import FieldValue, Run

_MAX_TEMPLATE_OCTETS: Final = 64 * 1024
_MAX_RENDERED_CHARACTERS: Final = 1024 * 1024
_MAX_SUBJECT_CHARACTERS: Final = 200
_TAIL_CHARACTERS: Final = 3
#: what times are shown in, among the variables of a text; no field can have this name
_ZONE: Final = "-zone"
#: named colours only in themselves: they hold on a dark background too
_BUTTON: Final = (
    "display:inline-block;padding:.6em 1.2em;border-radius:.3em;background:#1a5fb4;color:#fff;text-decoration:none"
)
_MARK: Final = Markup('<mark style="background:#ffe08a;color:#000;padding:0 .15em;border-radius:.2em">{0}</mark>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One text, ready to be composed."""

    #: one line; "" for texts without a subject
    subject: str
    #: LF line ends; "" for texts without it
    plain: str
    html: str | None


class Texts:
    """All texts in all languages. Made by `load`; safe to share between threads."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._templates = {(template.kind, template.name): template for template in TEMPLATES}
        self._fields = {(template.kind, template.name): frozenset(template.fields) for template in TEMPLATES}
        self._compiled: dict[tuple[str, str, str], Mapping[Part, jinja2.Template]] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are texts in; the first is the last resort."""
        return LANGUAGES

    @classmethod
    def load(cls, folder: Path | None = None) -> "Texts":
        """Load the texts that come with Mailbridge, each file replaced by the one in `folder` if there is one.

        Raises ConfigurationError with every Problem.
        """
        loading = _Loading(folder)
        if folder is not None:
            loading.check_all()
            loading.look_for_strangers()
        if loading.problems:
            raise ConfigurationError(tuple(loading.problems))
        return cls(loading.environment)

    @classmethod
    def load_checked(cls) -> "Texts":
        """Load the texts as shipped and check them all, as a folder of an admin is checked; for the tests."""
        loading = _Loading(None)
        loading.check_all()
        if loading.problems:
            raise ConfigurationError(tuple(loading.problems))
        return cls(loading.environment)

    def render(
        self, kind: str, language: str, name: str, fields: Mapping[str, FieldValue], *, zone: tzinfo = UTC
    ) -> Rendered:
        """Render one text, its times as of `zone`; TypeError when the fields are not exactly the declared ones."""
        if fields.keys() != self._fields[kind, name]:
            odd = sorted(fields.keys() ^ self._fields[kind, name])
            raise TypeError(f"{kind}/{name}: missing or undeclared fields {', '.join(odd)}")
        parts = self._compiled.get((kind, language, name)) or self._compile(kind, language, name)
        known = {**fields, _ZONE: zone}
        return Rendered(
            subject=_one_line(_run(parts, Part.SUBJECT, known)),
            plain=_run(parts, Part.PLAIN, known),
            html=_run(parts, Part.HTML, known) if Part.HTML in parts else None,
        )

    def _compile(self, kind: str, language: str, name: str) -> Mapping[Part, jinja2.Template]:
        template = self._templates[kind, name]
        parts = {
            part: self._environment.get_template(template.file(language, part), globals={"language": language})
            for part in template.parts
        }
        self._compiled[kind, language, name] = parts
        return parts


def _run(parts: Mapping[Part, jinja2.Template], part: Part, fields: Mapping[str, FieldValue | tzinfo]) -> str:
    return parts[part].render(fields)[:_MAX_RENDERED_CHARACTERS] if part in parts else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_MAX_SUBJECT_CHARACTERS]


class _Loading:
    """Reads, and where asked compiles and tries every template of one load; collects what is wrong."""

    def __init__(self, folder: Path | None) -> None:
        self.problems: list[Problem] = []
        self._shipped = data_folder("templates")
        self._folders = (self._shipped,) if folder is None else (folder, self._shipped)
        self._own = folder
        self.environment = _environment(self._source)

    def check_all(self) -> None:
        """Compile and try every text in every language; what can not be used is a problem."""
        for template in TEMPLATES:
            for language in LANGUAGES:
                self._check(template, language)

    def _check(self, template: Template, language: str) -> None:
        for part in template.parts:
            name = template.file(language, part)
            before = len(self.problems)
            try:
                ready = self.environment.get_template(name, globals={"language": language})
                if self._own is None or (self._own / name).is_file():
                    self._check_names(name, template)
                if len(self.problems) == before:
                    self._try(ready, template)
            except jinja2.TemplateNotFound as missing:
                self._blame(name, None, f"is missing: {missing.name}")
            except jinja2.TemplateSyntaxError as error:
                self._blame(error.name or name, error.lineno, f"is no template: {error.message}")

    def look_for_strangers(self) -> None:
        """A file in the admin's folder that replaces nothing is a slip of the pen."""
        known = {template.file(lang, part) for template in TEMPLATES for lang in LANGUAGES for part in template.parts}
        known |= {path.relative_to(self._shipped).as_posix() for path in self._shipped.rglob("*.j2")}
        for path in sorted(self._own.rglob("*.j2")) if self._own is not None else ():
            name = path.relative_to(self._own).as_posix() if self._own is not None else ""
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f', did you mean "{near[0]}"?' if near else ""
                self._blame(name, None, f"replaces no text of Mailbridge{hint}")

    def _source(self, name: str) -> tuple[str, str, None] | None:
        for folder in self._folders:
            path = folder / name
            if path.is_file():
                octets = path.read_bytes()
                if len(octets) > _MAX_TEMPLATE_OCTETS:
                    raise jinja2.TemplateSyntaxError("bigger than 64 KiB", 1, name)
                try:
                    return octets.decode("utf-8"), str(path), None
                except UnicodeDecodeError as error:
                    line = octets.count(b"\n", 0, error.start) + 1
                    raise jinja2.TemplateSyntaxError("not UTF-8", line, name) from None
        return None

    def _check_names(self, name: str, template: Template) -> None:
        source = self._source(name)
        tree = self.environment.parse(source[0] if source else "")
        for undeclared in sorted(meta.find_undeclared_variables(tree) - set(template.fields) - {"language"}):
            line = next((node.lineno for node in tree.find_all(nodes.Name) if node.name == undeclared), None)
            near = difflib.get_close_matches(undeclared, template.fields, n=1)
            hint = f', did you mean "{near[0]}"?' if near else f"; there are {', '.join(template.fields) or 'none'}"
            self._blame(name, line, f"uses the unknown field {undeclared}{hint}")

    def _try(self, ready: jinja2.Template, template: Template) -> None:
        for sample in samples(template):
            try:
                ready.render(sample)
            except Exception as error:  # noqa: BLE001  # a template of an admin may fail in any way: it is named, not used
                frames = [
                    frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")
                ]
                self._blame(ready.name or "", frames[-1].lineno if frames else None, f"does not render: {error}")
                return

    def _blame(self, name: str, line: int | None, reason: str) -> None:
        place = next((folder / name for folder in self._folders if (folder / name).is_file()), self._folders[0] / name)
        self.problems.append(Problem(file=str(place), line=line, key="", reason=reason))


def _environment(source: Callable[[str], tuple[str, str, None] | None]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FunctionLoader(source),
        autoescape=lambda name: name is not None and ".html." in name,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters |= {"moment": _moment, "size": _size, "tail": tail, "stop": _stop}
    environment.filters |= {"quoted": _quoted, "lines": _lines, "mailto": _mailto, "marked": _marked, "button": _button}
    return environment


@jinja2.pass_context
def _moment(context: jinja2.runtime.Context, at: datetime) -> str:
    """2026-11-21 15:05 CET: the same in every language, mistaken in none."""
    return at.astimezone(context.get(_ZONE, UTC)).strftime("%Y-%m-%d %H:%M %Z")


def _size(octets: int) -> str:
    return f"{octets // 2**20} MiB" if octets >= 2**20 else f"{octets // 2**10} KiB"


def tail(reference: str) -> str:
    """The last characters of an order number: enough to tell orders apart, too little to claim one."""
    return reference if len(reference) <= _TAIL_CHARACTERS else f"…{reference[-_TAIL_CHARACTERS:]}"


def _stop(text: str) -> str:
    """End a sentence with a name that may end with a full stop itself ("Anna K.")."""
    return text if text.endswith(".") else f"{text}."


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _lines(text: str) -> Markup:
    return Markup("<br>\n").join(text.strip().splitlines())


@jinja2.pass_eval_context
def _marked(context: nodes.EvalContext, runs: tuple[Run, ...]) -> str:
    """Runs of a text: marked ones between ** in plain text, on yellow in HTML."""
    if not context.autoescape:
        return "".join(f"**{run.text.strip()}**" if run.is_marked else run.text for run in runs)
    pieces = (_MARK.format(run.text) if run.is_marked else escape(run.text) for run in runs)
    return Markup("<br>\n").join(map(Markup, Markup("").join(pieces).strip().splitlines()))


@jinja2.pass_eval_context
def _mailto(context: nodes.EvalContext, addr_spec: str) -> str:
    if not context.autoescape:
        return addr_spec
    safe = escape(addr_spec)
    return Markup('<a href="mailto:{0}">{0}</a>').format(safe)


def _button(addr_spec: str, words: str, subject: str = "") -> Markup:
    """A link that begins a mail to this address: `words` are what it shows, and its subject too unless one is given
    (RFC 6068 §2)."""
    link = Markup('<a href="mailto:{0}?subject={1}" style="{2}">{3}</a>')
    return link.format(addr_spec, quote(subject or words), _BUTTON, words)
