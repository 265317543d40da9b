"""What is known of a mail's origin, into JSON and back: kept with mail that is judged again later.

Who wrote is proven once, when the mail comes: keys change and DNS fails, and a second answer would be another.
"""

from typing import Any

from mailbridge.domain.authresults import AuthResult, AuthResults, DkimSignature, DmarcPolicy


def auth_to_json(auth: AuthResults) -> dict[str, object]:
    """Plain values."""
    return {
        "author_domain": auth.author_domain,
        "spf": auth.spf.value,
        "spf_addr_spec": auth.spf_addr_spec,
        "dkim": [
            [one.domain, one.result.value, one.covers_message, sorted(one.signed_fields), one.detail]
            for one in auth.dkim
        ],
        "dmarc_policy": auth.dmarc_policy.value,
        "dkim_aligned": auth.dkim_aligned,
        "spf_exact": auth.spf_exact,
        "spf_aligned": auth.spf_aligned,
        "source": auth.source,
    }


def auth_from_json(kept: dict[str, Any]) -> AuthResults:
    """What `auth_to_json` was given."""
    return AuthResults(
        author_domain=kept["author_domain"],
        spf=AuthResult(kept["spf"]),
        spf_addr_spec=kept["spf_addr_spec"],
        dkim=tuple(
            DkimSignature(
                domain=domain,
                result=AuthResult(result),
                covers_message=covers_message,
                signed_fields=frozenset(signed_fields),
                detail=detail,
            )
            for domain, result, covers_message, signed_fields, detail in kept["dkim"]
        ),
        dmarc_policy=DmarcPolicy(kept["dmarc_policy"]),
        dkim_aligned=kept["dkim_aligned"],
        spf_exact=kept["spf_exact"],
        spf_aligned=kept["spf_aligned"],
        source=kept["source"],
    )
