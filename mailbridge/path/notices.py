"""Notices: what we tell the author of a message, and mail that is sent on to the person in charge.

From the notice address, never the other party's alias; In-Reply-To the mail it is about (D20). Whether a notice may be
sent at all was decided by `policy/notices.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailbridge.domain.address import AliasAddress, RealAddress
from mailbridge.domain.delivery import DeliveryState, PostKind
from mailbridge.domain.facts import (
    NOTICE_LOCAL_PART,
    TRIAL_PREFIX,
    ActionDestination,
    ActionKind,
    AliasDestination,
    Facts,
    RoleDestination,
)
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Attachment, Message
from mailbridge.domain.outreach import Reason
from mailbridge.domain.parties import Marketplace, Seller, role_of
from mailbridge.domain.reply import DsnAction, EnhancedStatus
from mailbridge.domain.secrets import Secrets
from mailbridge.domain.verdict import Judgement
from mailbridge.message.compose import DeliveryStatus
from mailbridge.path.bridge import Bridge
from mailbridge.path.exchange import secrets_towards, terms_of, without_own_words
from mailbridge.path.markedcopy import marked_subject, marked_text
from mailbridge.path.ownmail import OwnMail, notice_address, posting_of
from mailbridge.path.post import Posting
from mailbridge.path.sidenotes import shown_kinds
from mailbridge.path.wording import language_for, shown_name
from mailbridge.policy.mending import offences
from mailbridge.policy.originator import author_role, party_written_to
from mailbridge.policy.plan import Notice, NoticeKind, Plan
from mailbridge.policy.staff import may_take, name_of_colleague
from mailbridge.store.records import DeliveryOrigin, LegRecord
from mailbridge.texts import FieldValue, RuleShown

#: states of a delivery that brought its mail to nobody
LOST_STATES = frozenset({DeliveryState.BOUNCED, DeliveryState.FAILED, DeliveryState.EXPIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The message that a mail of ours is about."""

    facts: Facts
    message: Message
    #: what is being committed for it
    record: LegRecord
    #: the message without what its rules stop, where it can be so; in the form that its reader would get, unmasked
    mended: Message | None = None
    #: reasons with which a refused message that its seller starts might go
    reasons: tuple[Reason, ...] = ()
    #: one-use addresses that are offered to its author
    addresses: Mapping[ActionKind, AliasAddress] = field(default_factory=dict)
    #: public pages that do the same
    links: Mapping[ActionKind, str] = field(default_factory=dict)
    #: until when these addresses work; None where there are none
    valid_until: datetime | None = None


def notice(wanted: Notice, about: About, bridge: Bridge) -> Posting:
    """The notice of this kind to the author of this message."""
    facts, message, record = about.facts, about.message, about.record
    marketplace, author = facts.marketplace, message.author
    if marketplace is None or author is None:
        raise ValueError("a notice goes to the one author of a message to a marketplace")
    secrets = secrets_towards(facts.author, party_written_to(facts), terms_of(marketplace, bridge.settings))
    mail = OwnMail(
        kind=PostKind.NOTICE,
        template=("notice", wanted.kind.value),
        language=wanted.language,
        fields=_fields(wanted.kind, about, marketplace),
        to=RealAddress(author.addr_spec),
        from_=notice_address(marketplace.alias_domain),
        from_name=marketplace.name,
        record_id=record.record_id,
        market=marketplace,
        thread_id=record.thread.id if record.thread else None,
        secrets=without_own_words(secrets, message),
        reader=author_role(facts).value,
        now=facts.now,
        auto_submitted="auto-replied",
        answers=message.message_id,
        # Who replies to a refusal, or to what counts as a breach, says that it is wrong.
        reply_to=about.addresses.get(ActionKind.SECOND_LOOK) or about.addresses.get(ActionKind.APPEAL),
    )
    return posting_of(mail, bridge)


def _fields(kind: NoticeKind, about: About, marketplace: Marketplace) -> Mapping[str, FieldValue]:
    thread, plan = about.record.thread, about.record.plan
    fields: dict[str, FieldValue] = {
        "market": marketplace.name,
        "other_party": _other_name(about.facts, marketplace),
        "order": thread.order_reference if thread else "",
        "written_at": about.message.date or about.facts.envelope.received_at,
    }
    match kind:
        case NoticeKind.REFUSED:
            return fields | _refusal(about)
        case NoticeKind.REPAIRED:
            return fields | _repair(about)
        case NoticeKind.TRIED:
            return fields | _trial(about)
        case NoticeKind.WARNED:
            rules = _rules(plan.verdict.warnings if plan.verdict else ())
            return fields | {"rules": rules, "removed": shown_kinds(about.record.removed)}
        case NoticeKind.DIRECT_MAIL:
            del fields["other_party"]
            return fields | {"rules": _rules(plan.verdict.breaches if plan.verdict else ())}
        case NoticeKind.MAILBOX_TEST:
            return {name: fields[name] for name in ("market", "written_at")}
        case NoticeKind.NOT_MOVED | NoticeKind.NOT_DONE | NoticeKind.NOT_ASSIGNED | NoticeKind.NOT_BEGUN:
            return _left_undone(kind, fields, about)
        case NoticeKind.UNDO_OFFERED:
            return fields | _undo(about)
        case NoticeKind.HELD:
            return fields | {"reason": plan.hold.value if plan.hold else ""}
        case _:
            return fields


def _left_undone(kind: NoticeKind, fields: dict[str, FieldValue], about: About) -> dict[str, FieldValue]:
    """What is said of a conversation that stays as it is, and why."""
    if kind is NoticeKind.NOT_ASSIGNED:
        return fields | {"colleagues": _colleagues(about.facts)}
    if kind is NoticeKind.NOT_BEGUN:
        return fields | _not_begun(about.record.plan)
    route = about.record.plan.route
    unmoved = {"unmoved": route.not_moved.value if route and route.not_moved else ""}
    if kind is NoticeKind.NOT_MOVED:
        return fields | unmoved
    shown = {name: fields[name] for name in ("market", "other_party", "order")}
    return shown | {"deed": ActionKind.NO_REPLY_NEEDED.value} | unmoved


def _not_begun(plan: Plan) -> dict[str, FieldValue]:
    """What the author wanted to begin, and may not."""
    opening = plan.route.opening if plan.route else None
    return {"area": opening.area.value, "order": opening.order_reference} if opening else {"area": ""}


def _refusal(about: About) -> dict[str, FieldValue]:
    """What a refusal says: why, the words where they stand, and what its author can do."""
    found = _offences(about.record.plan)
    addresses = {kind: address.addr_spec for kind, address in about.addresses.items()}
    return {
        "rules": _rules(found),
        "own_subject": marked_subject(about.message, found),
        "own_text": marked_text(about.message, found),
        "rest": about.mended.own_text if about.mended else "",
        "repair_address": addresses.get(ActionKind.SEND_REPAIRED, ""),
        "reasons": tuple(reason.value for reason in about.reasons),
        "reason_address": addresses.get(ActionKind.GIVE_REASON, ""),
        "untold_address": addresses.get(ActionKind.UNTOLD_OF_OPT_OUTS, ""),
        "trial_address": _trial_address(about.facts),
        "second_look_address": addresses.get(ActionKind.SECOND_LOOK, ""),
        "valid_until": about.valid_until or about.facts.now,
    }


def _repair(about: About) -> dict[str, FieldValue]:
    """What is said of a message that went out without what its rules stop."""
    plan = about.record.plan
    warnings = plan.verdict.warnings if plan.verdict else ()
    return {
        "rules": _rules((*_offences(plan), *warnings)),
        "rest": about.mended.own_text if about.mended else "",
        "removed": shown_kinds(about.record.removed),
    }


def _trial(about: About) -> dict[str, FieldValue]:
    """What is said of a message that was only tried."""
    plan = about.record.plan
    found = (*_offences(plan), *(plan.verdict.warnings if plan.verdict else ()))
    return {
        "outcome": plan.trial.value if plan.trial else "",
        "rules": _rules(found),
        "own_subject": marked_subject(about.message, found),
        "own_text": marked_text(about.message, found),
        "rest": about.mended.own_text if about.mended else "",
        "trial_address": about.facts.forward_path,
        "real_address": about.facts.forward_path.removeprefix(TRIAL_PREFIX),
    }


def _undo(about: About) -> dict[str, FieldValue]:
    """What is said of a message that its author may stop: until when, and how."""
    (waits,) = about.record.plan.intents
    address = about.addresses[ActionKind.STOP_SENDING].addr_spec
    link = about.links.get(ActionKind.STOP_SENDING, "")
    return {"goes_at": about.facts.counted_from + waits.after, "stop_address": address, "stop_link": link}


def _trial_address(facts: Facts) -> str:
    """Where the author of a message may try another; "" where there is no such address."""
    return f"{TRIAL_PREFIX}{facts.forward_path}" if isinstance(facts.destination, AliasDestination) else ""


def _colleagues(facts: Facts) -> tuple[str, ...]:
    """To whom a conversation of this seller can be assigned, as his people call them."""
    seller = facts.author
    if not isinstance(seller, Seller):
        return ()
    able = (mailbox for mailbox in seller.mailboxes if may_take(seller, mailbox))
    return tuple(name_of_colleague(seller, mailbox.address.addr_spec) for mailbox in able)


def _offences(plan: Plan) -> tuple[Judgement, ...]:
    return offences(plan.verdict) if plan.verdict else ()


def _rules(judgements: tuple[Judgement, ...]) -> tuple[RuleShown, ...]:
    return tuple(
        RuleShown(
            title=judgement.title,
            text=judgement.text,
            words=tuple(dict.fromkeys(finding.words for finding in judgement.findings if finding.words)),
            fix=judgement.fix,
        )
        for judgement in judgements
    )


def _other_name(facts: Facts, marketplace: Marketplace) -> str:
    other = party_written_to(facts)
    return shown_name(other) if other else marketplace.name


def forwarded_mail(about: About, bridge: Bridge) -> Posting:
    """Mail to postmaster@, abuse@ or a notice address, sent on whole to the person in charge (RFC 5321 §4.5.1)."""
    facts, message = about.facts, about.message
    destination = facts.destination
    if not isinstance(destination, RoleDestination | ActionDestination):
        raise TypeError("only role addresses are sent on, and what follows an appeal")
    domain = facts.forward_path.rpartition("@")[2].lower()
    written_to = destination.local_part if isinstance(destination, RoleDestination) else NOTICE_LOCAL_PART
    original = Attachment(
        filename="original.eml", content_type="application/octet-stream", octets=facts.envelope.content
    )
    mail = OwnMail(
        kind=PostKind.ROLE,
        template=("notice", "forwarded"),
        language=bridge.settings.operator_language,
        fields={
            "role_address": f"{written_to}@{domain}",
            "author": message.author.addr_spec if message.author else "",
            "subject": message.subject,
            "author_text": message.own_text,
        },
        to=bridge.settings.operator,
        from_=notice_address(domain),
        from_name=domain,
        record_id=about.record.record_id,
        market=None,
        thread_id=None,
        secrets=Secrets(),  # the person in charge may see everything
        reader="operator",
        now=facts.now,
        attachments=(original,),
    )
    return posting_of(mail, bridge)


def is_with_a_colleague(origin: DeliveryOrigin) -> bool:
    """Whether another mailbox of its reader has the same mail, or may have it yet."""
    return any(state not in LOST_STATES for state in origin.beside)


def undeliverable(
    origin: DeliveryOrigin, record_id: RecordId, now: datetime, bridge: Bridge, *, tried_hours: int | None = None
) -> tuple[Posting, ...]:
    """What the author of a relayed mail is told when it arrived nowhere; nothing for other kinds of mail (I8).

    `tried_hours` is given when the time to deliver ran out: then how long it was tried is said.
    """
    author, other = origin.author, origin.reader
    known = origin.kind is PostKind.RELAY and origin.marketplace and origin.author_addr_spec
    if is_with_a_colleague(origin):
        return ()
    if not known or author is None or other is None or origin.marketplace is None or origin.author_addr_spec is None:
        return ()
    fields: dict[str, FieldValue] = {
        "market": origin.marketplace.name,
        "other_party": shown_name(other),
        "order": origin.thread.order_reference if origin.thread else "",
        "written_at": origin.received_at,
    }
    if tried_hours is not None:
        fields["hours"] = tried_hours
    mail = OwnMail(
        kind=PostKind.NOTICE if tried_hours is None else PostKind.DSN,
        template=("notice", NoticeKind.UNDELIVERABLE.value) if tried_hours is None else ("dsn", "expired"),
        language=language_for(author, origin.marketplace, bridge.texts),
        fields=fields,
        to=RealAddress(origin.author_addr_spec),
        from_=notice_address(origin.marketplace.alias_domain),
        from_name=origin.marketplace.name,
        record_id=record_id,
        market=origin.marketplace,
        thread_id=origin.thread.id if origin.thread else None,
        secrets=secrets_towards(author, other, terms_of(origin.marketplace, bridge.settings)),
        reader=role_of(author).value,
        now=now,
        auto_submitted="auto-replied",
        answers=origin.author_message_id,
        delivery_status=None if tried_hours is None else _expired(origin, origin.marketplace),
    )
    return (posting_of(mail, bridge),)


def _expired(origin: DeliveryOrigin, marketplace: Marketplace) -> DeliveryStatus | None:
    """The report of a mail that was given up: about the alias its author wrote to, never about what is behind it."""
    recipient = AliasAddress.parse(origin.written_to or "")
    if recipient is None:
        return None
    return DeliveryStatus(
        reporting_mta=marketplace.alias_domain,
        final_recipient=recipient,
        action=DsnAction.FAILED,
        status=EnhancedStatus(4, 4, 7),  # RFC 3463 §3.5: delivery time expired
    )
