"""The checks that rule files may name: one row each, written by hand.

A check says what it found and where; what follows is the admin's decision (design.md D12). Checks do not know each
other.
"""

from mailbridge.policy.check import Check, Parameter
from mailbridge.policy.checks import (
    advertising,
    archive,
    attachment_count,
    attachment_purpose,
    attachment_size,
    attachment_type,
    bank_data,
    coupon,
    duplicate_text,
    email_address,
    excess_formatting,
    linked_logo,
    macro,
    messenger_handle,
    missing_order_id,
    no_recent_order,
    opt_out_request,
    outside_link,
    outside_recipient,
    payment_outside,
    phone_number,
    profanity,
    real_address_beside_alias,
    remote_image,
    repeats_market_notice,
    required_cc_missing,
    review_request,
    sensitive_data,
    service_question,
    several_aliases,
    steering_off_market,
    topic,
    tracking_pixel,
    unrelated_image,
    veiled_invitation,
    wrong_language,
)
from mailbridge.policy.filewords import PURPOSES
from mailbridge.policy.messengers import NAMES
from mailbridge.policy.wordlist import kinds_of
from mailbridge.policy.wordlists import WORDLISTS


def _wording(check: str) -> tuple[Parameter, ...]:
    """The parameters of a check that looks for the phrases of the wordlists."""
    languages, kinds = tuple(wordlist.code for wordlist in WORDLISTS), kinds_of(check)
    which = Parameter(name="kinds", default=kinds, doc="the kinds that are a finding", choices=kinds)
    return (
        *((which,) if kinds else ()),
        Parameter(name="also", default=(), doc="more phrases to find; see Phrases below"),
        Parameter(
            name="except",
            default=(),
            doc="phrases that make a sentence no finding; one of the list's own, written the same, is taken away",
        ),
        Parameter(name="files", default=False, doc="true: the text of attachments is looked at too"),
        Parameter(name="languages", default=languages, doc="whose phrases are looked for", choices=languages),
    )


CHECKS: tuple[Check, ...] = (
    Check(
        name="outside_recipient",
        doc="mailboxes in To or Cc that are neither ours nor the author's own",
        find=outside_recipient.find,
        parameters=(Parameter(name="allowed_domains", default=(), doc="domains that may be copied"),),
        is_repaired_by_relaying=True,
    ),
    Check(
        name="required_cc_missing",
        doc="the marketplace has a CC address and it stands neither in To nor in Cc",
        find=required_cc_missing.find,
        is_repaired_by_relaying=True,
    ),
    Check(
        name="no_recent_order",
        doc="the buyer a seller writes to is not on record, or has no open or recent order of his",
        find=no_recent_order.find,
        parameters=(Parameter(name="recent_days", default=30, doc="days after its end in which an order is recent"),),
    ),
    Check(
        name="email_address",
        doc="e-mail addresses, also spelled, spaced out or in look-alike letters, except ours and the market's",
        find=email_address.find,
        reads_texts=True,
        parameters=(Parameter(name="allowed_domains", default=(), doc="domains whose addresses are no finding"),),
    ),
    Check(
        name="phone_number",
        doc="phone numbers of the market's regions or in international form, also spelled in words or broken up",
        find=phone_number.find,
        reads_texts=True,
        parameters=(
            Parameter(name="allowed_numbers", default=(), doc="numbers that are no finding, digits with country code"),
        ),
    ),
    Check(
        name="outside_link",
        doc="links to other hosts than the market's own, also bare domains and domains in disguise",
        find=outside_link.find,
        reads_texts=True,
        parameters=(
            Parameter(name="allowed_domains", default=(), doc="domains that may be linked, with subdomains"),
            Parameter(
                name="only",
                default=(),
                doc="links of these kinds only: shorteners; HTML links whose words name another host than the target",
                choices=outside_link.KINDS,
            ),
        ),
    ),
    Check(
        name="messenger_handle",
        doc="handles of messengers and social networks, links to profiles there, and invitations to write there",
        find=messenger_handle.find,
        reads_texts=True,
        parameters=(
            Parameter(name="allowed_handles", default=(), doc="handles that are no finding, with or without @"),
            Parameter(name="allowed_services", default=(), doc="services that are no finding", choices=NAMES),
        ),
    ),
    Check(
        name="attachment_type",
        doc="files whose real type is not allowed, or that are something else than their name says",
        find=attachment_type.find,
        finds_files=True,
        parameters=(
            Parameter(
                name="allowed",
                default=("pdf", "jpg", "png", "gif", "webp", "heic", "tif", "txt"),
                doc="types that are allowed, by content and by name",
                choices=attachment_type.KNOWN_TYPES,
            ),
        ),
    ),
    Check(
        name="attachment_size",
        doc="files that are too big, each or together",
        find=attachment_size.find,
        parameters=(
            Parameter(name="max_each_octets", default=10 * 1024 * 1024, doc="octets of one file, decoded"),
            Parameter(name="max_total_octets", default=10 * 1024 * 1024, doc="octets of all files, decoded"),
        ),
    ),
    Check(
        name="attachment_count",
        doc="more files than allowed; pictures that the text itself shows are not counted",
        find=attachment_count.find,
        parameters=(Parameter(name="max_files", default=10, doc="files of one mail"),),
    ),
    Check(
        name="attachment_purpose",
        doc="files of which neither their name nor the text says that they are what may be attached",
        find=attachment_purpose.find,
        finds_files=True,
        parameters=(
            Parameter(
                name="allowed",
                default=("invoice", "warranty", "manual"),
                doc="what files may be for",
                choices=tuple(PURPOSES),
            ),
            Parameter(name="pictures_need_none", default=True, doc="pictures are no finding"),
        ),
    ),
    Check(
        name="archive",
        doc="archives and packed files, whatever they are called; no Office files",
        find=archive.find,
        finds_files=True,
    ),
    Check(
        name="macro",
        doc="Office files with macros or other programs inside",
        find=macro.find,
        finds_files=True,
    ),
    Check(
        name="bank_data",
        doc="bank accounts and payment cards: IBANs of every country, Polish, Spanish and named accounts, cards, BICs",
        find=bank_data.find,
        reads_texts=True,
        parameters=(Parameter(name="kinds", default=bank_data.KINDS, doc="what to look for", choices=bank_data.KINDS),),
    ),
    Check(
        name="sensitive_data",
        doc="national ids, numbers of identity documents, passwords, secret keys; no tax ids of companies",
        find=sensitive_data.find,
        reads_texts=True,
        parameters=(
            Parameter(name="kinds", default=sensitive_data.KINDS, doc="what to look for", choices=sensitive_data.KINDS),
        ),
    ),
    Check(
        name="payment_outside",
        doc="requests to pay past the market: private account, friends' PayPal, cash by letter, coins",
        find=payment_outside.find,
        reads_texts=True,
        parameters=(
            Parameter(
                name="kinds", default=payment_outside.KINDS, doc="what to look for", choices=payment_outside.KINDS
            ),
        ),
    ),
    Check(
        name="tracking_pixel",
        doc="pictures that report when a mail is opened: dots, hidden ones, addresses of trackers; not those in quotes",
        find=tracking_pixel.find,
        parameters=(Parameter(name="allowed_domains", default=(), doc="domains whose pictures are no finding"),),
        is_repaired_by_relaying=True,
    ),
    Check(
        name="remote_image",
        doc="pictures that load from elsewhere, also visible ones; not those in quotes",
        find=remote_image.find,
        parameters=(Parameter(name="allowed_domains", default=(), doc="domains whose pictures are no finding"),),
        is_repaired_by_relaying=True,
    ),
    Check(
        name="linked_logo",
        doc="pictures that are links to other hosts than the market's own; not those in quotes",
        find=linked_logo.find,
        parameters=(Parameter(name="allowed_domains", default=(), doc="domains that may be linked, with subdomains"),),
    ),
    Check(
        name="unrelated_image",
        doc="attached pictures of which a text of some length says nothing; not those that the text shows",
        find=unrelated_image.find,
        finds_files=True,
        parameters=(Parameter(name="min_words", default=6, doc="a text of fewer words says enough"),),
    ),
    Check(
        name="advertising",
        doc="offers of other goods: the shop, new arrivals, sales, newsletters",
        find=advertising.find,
        reads_texts=True,
        parameters=_wording("advertising"),
    ),
    Check(
        name="coupon",
        doc="discount codes and coupons for new purchases; no refund or reduction on this order",
        find=coupon.find,
        reads_texts=True,
        parameters=_wording("coupon"),
    ),
    Check(
        name="review_request",
        doc="requests for a review; kinds: neutral, steering (only a good one), change_or_remove, paid",
        find=review_request.find,
        reads_texts=True,
        parameters=_wording("review_request"),
    ),
    Check(
        name="opt_out_request",
        doc="words that ask to unsubscribe, or to switch off the market's messages",
        find=opt_out_request.find,
        reads_texts=True,
        parameters=_wording("opt_out_request"),
    ),
    Check(
        name="steering_off_market",
        doc="words that lead off the market; kinds: contact, purchase, payment, cancel (asks to cancel the order)",
        find=steering_off_market.find,
        reads_texts=True,
        parameters=_wording("steering_off_market"),
    ),
    Check(
        name="veiled_invitation",
        doc="passages that read like a veiled invitation away from the market, by a model of words, which may err",
        find=veiled_invitation.find,
        reads_texts=True,
        parameters=(
            Parameter(
                name="min_score",
                default=veiled_invitation.MIN_SCORE,
                doc="score of a passage, in tenths: lower finds more and errs more (docs/decisions/0044)",
            ),
        ),
    ),
    Check(
        name="repeats_market_notice",
        doc="a text that only repeats the market's notices: thanks, order, shipping, delivery, payment, invoice",
        find=repeats_market_notice.find,
        reads_texts=True,
        parameters=(
            *(parameter for parameter in _wording("repeats_market_notice") if parameter.name != "files"),
            Parameter(name="max_other_words", default=20, doc="words beside notice and greeting that it may have"),
        ),
    ),
    Check(
        name="service_question",
        doc="questions how or where to return something, or when the money comes back",
        find=service_question.find,
        reads_texts=True,
        parameters=_wording("service_question"),
    ),
    Check(
        name="topic",
        doc="words about a topic; kinds: question, shipping, invoice, return, complaint",
        find=topic.find,
        reads_texts=True,
        parameters=_wording("topic"),
    ),
    Check(
        name="profanity",
        doc="obscene words",
        find=profanity.find,
        reads_texts=True,
        parameters=_wording("profanity"),
    ),
    Check(
        name="excess_formatting",
        doc="too many capitals or emoji, rows of exclamation marks, oversized letters",
        find=excess_formatting.find,
        reads_texts=True,
        parameters=(
            Parameter(name="max_capitals_percent", default=50, doc="words in capitals, of all with four letters"),
            Parameter(name="min_words", default=10, doc="words of four letters from which capitals are counted"),
            Parameter(name="max_emoji", default=3, doc="emoji in one text"),
            Parameter(name="max_exclamation_marks", default=3, doc="exclamation marks in a row"),
            Parameter(name="max_font_px", default=32, doc="size of letters in HTML, in pixels"),
        ),
    ),
    Check(
        name="wrong_language",
        doc="a text in another language than its reader's; nothing where it is not sure",
        find=wrong_language.find,
        parameters=(
            Parameter(name="allowed", default=(), doc="more language codes that are fine"),
            Parameter(
                name="market_languages",
                default=True,
                doc="true: the market's languages are fine too; false: only where the buyer's is not known",
            ),
            Parameter(name="min_words", default=15, doc="words from which a text is looked at"),
        ),
    ),
    Check(
        name="duplicate_text",
        doc="a seller's text that many other buyers got too: the same letters, greeting, name and numbers aside",
        find=duplicate_text.find,
        parameters=(
            Parameter(
                name="min_buyers", default=5, doc="other buyers who got it, 1 or more; counts the newest 500 mails"
            ),
            Parameter(
                name="days", default=7, doc="how far back, in days; not before a rule with this check was in force"
            ),
            Parameter(name="min_letters", default=80, doc="letters from which a text is compared"),
        ),
        counts_copies=True,
    ),
    Check(
        name="missing_order_id",
        doc="a seller's message that names no order of the two people, where one is on record",
        find=missing_order_id.find,
    ),
    Check(
        name="several_aliases",
        doc="several of our aliases in To and Cc of one mail",
        find=several_aliases.find,
        is_repaired_by_relaying=True,
    ),
    Check(
        name="real_address_beside_alias",
        doc="the reader's real address in To or Cc beside his alias",
        find=real_address_beside_alias.find,
    ),
)

CHECKS_BY_NAME = {check.name: check for check in CHECKS}
