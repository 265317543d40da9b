"""Draws texts with sample fields in every language, beside one another at phone width, below at desktop width.

    python -m tests.render.texts FOLDER KIND/NAME...

writes KIND-NAME.phone.png and KIND-NAME.desktop.png for each text named, such as notice/due_soon; it needs Chromium.
"""

import sys
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from mailbridge.texts import FieldValue, Texts
from mailbridge.texts.catalogue import LANGUAGES, TEMPLATES, Template
from mailbridge.texts.samples import samples
from tests.render.acknowledgements import DESKTOP, PHONE
from tests.render.chromium import picture_row
from tests.render.page import page


def pages(template: Template, texts: Texts) -> tuple[str, ...]:
    """The text with its fullest sample, one page for each language."""
    fields = max(samples(template), key=lambda sample: sum(map(bool, sample.values())))
    return tuple(_page(template, language, texts, fields) for language in LANGUAGES)


def _page(template: Template, language: str, texts: Texts, fields: dict[str, FieldValue]) -> str:
    rendered = texts.render(template.kind, language, template.name, fields)
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "notices@market.example", "reader@mail.example", rendered.subject
    mail.set_content(rendered.plain)
    if rendered.html:
        mail.add_alternative(rendered.html, subtype="html")
    return page(mail.as_bytes())


def main(folder: Path, names: list[str]) -> None:
    """Draw the texts named into this folder."""
    known = {f"{template.kind}/{template.name}": template for template in TEMPLATES}
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        sys.exit(f"no text of this name: {', '.join(unknown)}; known are {', '.join(known)}")
    folder.mkdir(parents=True, exist_ok=True)
    texts = Texts.load()
    for template in map(known.__getitem__, names):
        shown = pages(template, texts)
        for name, width in (("phone", PHONE), ("desktop", DESKTOP)):
            picture_row([(each, width) for each in shown], folder / f"{template.kind}-{template.name}.{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
