"""What a trusted front MTA says of a mail: its topmost Authentication-Results, and no other (RFC 8601, T-38, W11).

Only a field with exactly the configured authserv-id is read; the front must remove those that come from outside (RFC
8601 §5). A field that can not be read says nothing: a missing word is never a pass. The one door of authres.
"""

import re
from dataclasses import dataclass

from authres import AuthenticationResultsHeader

from mailbridge.domain.address import split_addr_spec
from mailbridge.domain.authresults import AuthResult
from mailbridge.domain.message import Message
from mailbridge.path.dmarc import to_ascii

_FIELD = "authentication-results"
_MAX_FIELD_OCTETS = 8192
_AUTHSERV_ID = re.compile(r'\s*"?([^\s;"()]+)')
_SPACE = re.compile(r"\s+")
_RESULTS = {
    "pass": AuthResult.PASS,
    "fail": AuthResult.FAIL,
    "softfail": AuthResult.FAIL,
    "hardfail": AuthResult.FAIL,
    "permerror": AuthResult.FAIL,
    "policy": AuthResult.FAIL,
    "temperror": AuthResult.TEMPERROR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontSignature:
    """One dkim= of the front."""

    #: header.d, or the domain of header.i; A-label
    domain: str
    result: AuthResult


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontWord:
    """What the front says."""

    spf: AuthResult = AuthResult.NONE
    #: smtp.mailfrom as addr-spec, or as a bare domain; "" when it names none
    spf_mail_from: str = ""
    dkim: tuple[FrontSignature, ...] = ()
    #: header.from of dmarc=pass, A-label; "" when it says no such thing
    dmarc_passes_for: str = ""


def read_front(message: Message, authserv_id: str) -> FrontWord | None:
    """The word of the front `authserv_id`, or None when it said none that can be read."""
    for name, text in message.front_fields:
        if name != _FIELD:
            continue
        found = _AUTHSERV_ID.match(text)
        if found is not None and found[1].lower() == authserv_id.lower():
            return _read(text)
    return None


def _read(text: str) -> FrontWord | None:
    if len(text) > _MAX_FIELD_OCTETS:
        return None
    try:
        header = AuthenticationResultsHeader.parse_value(_SPACE.sub(" ", text).strip())
    except Exception:  # noqa: BLE001  # authres raises its own errors, RecursionError and others on text a stranger shaped
        return None
    word = FrontWord()
    signatures = []
    for result in header.results:
        outcome = _RESULTS.get(getattr(result, "result", ""), AuthResult.NONE)
        told = {f"{each.type}.{each.name}".lower(): str(each.value) for each in getattr(result, "properties", ())}
        match getattr(result, "method", None):
            case "dkim":
                domain = told.get("header.d") or told.get("header.i", "").rpartition("@")[2]
                signatures.append(FrontSignature(domain=to_ascii(domain), result=outcome))
            case "spf" if word.spf is AuthResult.NONE:
                mail_from = _mail_from(told.get("smtp.mailfrom", ""))
                word = FrontWord(spf=outcome, spf_mail_from=mail_from, dmarc_passes_for=word.dmarc_passes_for)
            case "dmarc" if outcome is AuthResult.PASS:
                passes_for = to_ascii(told.get("header.from", "").rpartition("@")[2])
                word = FrontWord(spf=word.spf, spf_mail_from=word.spf_mail_from, dmarc_passes_for=passes_for)
            case _:
                pass
    return FrontWord(
        spf=word.spf,
        spf_mail_from=word.spf_mail_from,
        dkim=tuple(signatures),
        dmarc_passes_for=word.dmarc_passes_for,
    )


def _mail_from(text: str) -> str:
    """The addr-spec or domain as it stands; "" for anything that is not strictly one (T-38: quoted local parts)."""
    candidate = text.strip("<>")
    return candidate if split_addr_spec(candidate if "@" in candidate else f"x@{candidate}") else ""
