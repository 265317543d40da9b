"""How people write telephone numbers at home: the groups of each region, which tell them from other rows of digits.

A form is strong where hardly anything else is written so. Regions without forms of their own here are asked about by
`telephony.py`. Whether a number exists, and what words say of it, is the business of others.
"""

from typing import NamedTuple

from mailbridge.patterns import lazy_pattern

#: of each region strong and weak forms
_FORMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "PL": (
        (r"\(0?[1-9]\d\) ?\d{3}([ -]?)\d\d\1\d\d", r"48 (?:45|5[0137]|6[069]|7[2389]|88)\d([ -])\d{3}\1\d{3}"),
        (
            r"(?:45|5[0137]|6[069]|7[2389]|88)\d([ .-])\d{3}\1\d{3}",
            r"(?:45|5[0137]|6[069]|7[2389]|88)\d[ -]?\d{6}",
            r"(?:45|5[0137]|6[069]|7[2389]|88)\d([ -])\d\d\1\d\d\1\d\d",
            r"0?[1-9]\d([ -])\d{3}[ -]\d\d[ -]?\d\d",
            r"[1-9]\d{8}",
            r"(?:48 ?)[1-9]\d{8}",
            r"48 [1-9]\d \d{3} (?:\d{4}|\d\d \d\d)",
        ),
    ),
    "IT": (
        (
            r"3[1-9]\d ?/ ?\d{6,7}",
            r"3[1-9]\d([ .-])\d\d\1\d\d\1\d{3}",
            r"3[1-9]\d([ .-])\d{3}\1\d\d\1\d\d",
            r"0\d{1,3} ?/ ?\d{5,8}",
            r"39 3[1-9]\d([ .-]?)\d{3}\1\d{3,4}",
        ),
        (
            r"3[1-9]\d([ .-])\d{3}\1\d{3,4}",
            r"3[1-9]\d[ -]?\d{6,7}",
            r"0\d{1,3}[ -]\d{5,8}",
            r"0[26] \d{4} \d{4}",
            r"393[1-9]\d{7,8}",
        ),
    ),
    "DE": (
        (
            r"01(?:5\d{1,2}|6[023]|7\d)(?: ?[/-] ?| )\d{7,8}",
            r"01(?:5\d{1,2}|6[023]|7\d)(?: ?[/-] ?| )\d{2,4}[ -]\d{2,5}(?:[ -]\d{2,4}){0,2}",
            r"0[2-9]\d{1,4} ?/ ?\d{2,8}(?:[ -]\d{1,4}){0,3}",
            r"\(0[2-9]\d{1,4}\) ?\d{2,8}(?:[ -]\d{1,4}){0,3}",
            r"49 1(?:5\d{1,2}|6[023]|7\d) \d{2,8}(?:[ -]\d{2,5}){0,3}",
        ),
        (r"01(?:5\d|6[023]|7\d)\d{7,8}", r"491(?:5\d|6[023]|7\d)\d{7,8}", r"0[2-9]\d{1,3}-\d{5,8}"),
    ),
    "GB": (
        (
            r"07\d{3} \d{6}",
            r"07\d{3}([ -])\d{3}\1\d{3}",
            r"\(0\d{2,4}\) ?\d{3,4}[ -]?\d{3,4}",
            r"020[ -]\d{4}[ -]\d{4}",
            r"44 7\d{3} ?\d{3} ?\d{3}",
        ),
        (
            r"07\d{9}",
            r"447\d{9}",
            r"01\d{3} \d{5,6}",
            r"01\d{3} \d{3} \d{3}",
            r"01\d1 \d{3} \d{4}",
            r"0[38]\d\d \d{3} \d{4}",
        ),
    ),
    "FR": (
        (r"0[1-9]([ .-])\d\d\1\d\d\1\d\d\1\d\d", r"33 [1-9] \d\d \d\d \d\d \d\d"),
        (r"0[67]\d{8}", r"336\d{8}", r"337\d{8}"),
    ),
    **dict.fromkeys(
        ("US", "CA"),
        (
            (r"(?:1[ .-])?\([2-9]\d\d\) ?\d{3}[ .-]\d{4}", r"(?:1[.-])?[2-9]\d\d([.-])\d{3}\1\d{4}"),
            (r"(?:1 )?[2-9]\d\d \d{3}[ -]\d{4}", r"1?[2-9]\d{9}"),
        ),
    ),
    "ES": (
        (r"[67]\d\d([ .-])\d\d\1\d\d\1\d\d", r"9\d([ .-])\d{3}\1\d\d\1\d\d", r"9\d\d([ .-])\d\d\1\d\d\1\d\d"),
        (r"[67]\d\d([ .-])\d{3}\1\d{3}", r"6\d{8}", r"34 ?[67]\d\d ?\d{3} ?\d{3}"),
    ),
}


class Form(NamedTuple):
    """One way in which numbers of a region are written."""

    region: str
    is_strong: bool


_PATTERNS = tuple(
    (Form(region, is_strong), tuple(map(lazy_pattern, forms)))
    for region, both in _FORMS.items()
    for is_strong, forms in zip((True, False), both, strict=True)
)
_HAVE_FORMS = frozenset(_FORMS)


def forms_of(words: str, regions: tuple[str, ...]) -> list[Form]:
    """The forms that these digits have in these regions, strong ones first, and otherwise in the order of regions."""
    found = [
        form
        for form, patterns in _PATTERNS
        if form.region in regions and any(pattern.fullmatch(words) for pattern in patterns)
    ]
    return sorted(found, key=lambda form: (not form.is_strong, regions.index(form.region)))


def without_forms(regions: tuple[str, ...]) -> tuple[str, ...]:
    """The regions of which nothing is known here."""
    return tuple(region for region in regions if region not in _HAVE_FORMS)
