"""Which files their authors call invoice, warranty or manual, in the languages of the markets."""

from dataclasses import replace

import pytest

from mailbridge.domain.files import FileTrouble, LookedInto, Trouble
from mailbridge.domain.message import Attachment
from mailbridge.policy.declared import declared_as


def _file(*names: str, kind: str = "pdf") -> LookedInto:
    files = tuple(Attachment(filename=name, content_type="application/pdf", octets=b"x") for name in names)
    return LookedInto(number=0, kind=kind, files=files)


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("invoice_48213.pdf", "invoice"),
        ("Rechnung-48213.pdf", "invoice"),
        ("Rechnungskopie.pdf", "invoice"),
        ("Faktura VAT 12_2026.pdf", "invoice"),
        ("Fattura n. 7.pdf", "invoice"),
        ("E-FACTURE.PDF", "invoice"),
        ("Karta gwarancyjna.pdf", "warranty"),
        ("Garantie.pdf", "warranty"),
        ("garanzia-tavolo.pdf", "warranty"),
        ("User Manual EN.pdf", "manual"),
        ("Bedienungsanleitung.pdf", "manual"),
        ("instrukcja_obslugi.pdf", "manual"),
        ("Istruzioni di montaggio.pdf", "manual"),
        ("offer.pdf", ""),
        ("table.invoice", ""),
        ("2026.pdf", ""),
        ("", ""),
    ],
)
def test_a_file_is_what_its_name_says(name: str, declared: str) -> None:
    assert declared_as(_file(name)) == declared


@pytest.mark.parametrize("kind", ["jpeg", "zip", "png", "mail", "tnef", "", "html"])
def test_pictures_and_archives_are_never_content_by_their_name(kind: str) -> None:
    assert declared_as(_file("invoice.pdf", kind=kind)) == ""


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "doc", "xls", "odt", "ods", "rtf"])
def test_documents_of_every_kind_may_be_declared(kind: str) -> None:
    assert declared_as(_file("invoice.bin", kind=kind)) == "invoice"


def test_T57_a_file_that_was_not_cleaned_is_searched_whatever_its_name() -> None:
    broken = FileTrouble(trouble=Trouble.BROKEN)
    assert declared_as(replace(_file("invoice.pdf"), troubles=(broken,))) == ""


def test_what_was_unpacked_into_several_files_says_nothing_for_itself() -> None:
    assert declared_as(_file("invoice.pdf", "invoice 2.pdf")) == ""
