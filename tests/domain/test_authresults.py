"""What the results of SPF, DKIM and DMARC together say of an author (D9)."""

import pytest

from mailbridge.domain.authresults import AuthResults, DmarcPolicy


@pytest.mark.parametrize(
    ("dkim_aligned", "spf_exact", "is_aligned"),
    [(True, False, True), (False, True, True), (True, True, True), (False, False, False)],
)
def test_an_author_is_proven_by_aligned_dkim_or_by_an_exact_reverse_path(
    dkim_aligned: bool, spf_exact: bool, is_aligned: bool
) -> None:
    assert AuthResults(dkim_aligned=dkim_aligned, spf_exact=spf_exact).is_aligned is is_aligned


def test_T34_spf_for_the_same_domain_but_another_mailbox_proves_no_author() -> None:
    assert not AuthResults(spf_aligned=True).is_aligned


@pytest.mark.parametrize("policy", [DmarcPolicy.QUARANTINE, DmarcPolicy.REJECT])
def test_a_mail_without_alignment_fails_the_policy_of_its_domain(policy: DmarcPolicy) -> None:
    assert AuthResults(dmarc_policy=policy).fails_own_policy


@pytest.mark.parametrize(
    "auth",
    [
        AuthResults(dmarc_policy=DmarcPolicy.NONE),
        AuthResults(dmarc_policy=DmarcPolicy.REJECT, dkim_aligned=True),
        AuthResults(dmarc_policy=DmarcPolicy.REJECT, spf_aligned=True),
    ],
    ids=["no_policy", "dkim_aligned", "spf_aligned"],
)
def test_a_mail_passes_the_policy_of_its_domain(auth: AuthResults) -> None:
    assert not auth.fails_own_policy
