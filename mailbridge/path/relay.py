"""Relayed mail: the author's words under the alias that stands for him, to the reader's own mailbox (D8, D10).

Builds the posting, one for each mailbox of the reader that gets it; `post` composes and gates it. What is masked and
how is `message/mask.py`.
"""

from dataclasses import dataclass, replace
from typing import TypedDict

from mailbridge.domain.address import OwnAddress, RealAddress
from mailbridge.domain.delivery import PostKind
from mailbridge.domain.facts import Facts
from mailbridge.domain.files import FileText, Screened
from mailbridge.domain.ids import RecordId
from mailbridge.domain.message import Body, Message
from mailbridge.domain.parties import Direction, History, Mailbox, Role
from mailbridge.domain.secrets import Secrets
from mailbridge.domain.thread import Thread, ThreadMessageIds
from mailbridge.message.compose import Composition
from mailbridge.message.mask import Masked, MaskRequest, mask
from mailbridge.message.subjects import strip_prefixes
from mailbridge.path.actionways import ActionWay
from mailbridge.path.bridge import Bridge
from mailbridge.path.cast import Cast
from mailbridge.path.exchange import secrets_towards, terms_of
from mailbridge.path.optouts import WayOut
from mailbridge.path.post import Posting
from mailbridge.path.reviewways import ReviewWay
from mailbridge.path.wording import Wording, shown_name
from mailbridge.policy.declared import declared_as
from mailbridge.policy.links import link_of
from mailbridge.policy.outreach import without_reasons
from mailbridge.policy.plan import Route
from mailbridge.policy.quoting import mark_of
from mailbridge.policy.staff import may_answer
from mailbridge.policy.thread_choice import without_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A relayed mail before its gate, with what the record keeps of it."""

    posting: Posting
    #: the text the reader gets: later quotes of it are no new words (D11)
    delivered_text: str
    #: the message under the ids each side knows
    message_ids: ThreadMessageIds
    #: subject without prefixes, as author and reader know it
    subjects: dict[Role, str]
    #: kinds of what was taken out of the author's own words
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """What the reader can do about this mail beside answering it."""

    #: of mail that its seller started: how its buyer stops such mail
    out: WayOut | None = None
    #: where the market takes reports: how its buyer reports it
    report: ReviewWay | None = None
    #: where the market offers them: what its seller may do
    actions: tuple[ActionWay, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaying:
    """One message on its way to the other side."""

    cast: Cast
    message: Message
    facts: Facts
    bridge: Bridge
    ways: Ways = Ways()

    def build(
        self, route: Route, *, to: RealAddress, record_id: RecordId, copies_market: bool, message_id: str
    ) -> Relay:
        """The mail that carries the message to the reader's mailbox `to`; `message_id` is alike for all of his."""
        cast, message, way_out = self.cast, self.message, self.ways.out
        words = self._wording()
        secrets = self._secrets()
        masked = mask(message, self._mask_request(secrets, words, to))
        subjects, subject = _subjects(cast, message, masked)
        composition = Composition(
            from_=cast.alias_of_author.address,
            from_name=words.display_name(),
            to=OwnAddress.of(to),
            cc=cast.marketplace.cc_address if copies_market else None,
            subject=subject,
            date=message.date or self.facts.envelope.received_at,
            message_id=message_id,
            in_reply_to=_in_reply_to(cast, message),
            references=_references(cast),
            body=masked.body,
            attachments=masked.attachments,
            lead=words.lead(is_uncertain=route.is_uncertain, is_unproven=route.is_unproven),
            footer=self._footer(words),
            language=message.language,
            extra_fields=way_out.fields if way_out else (),
            boundary=self.bridge.mint.boundary(),
        )
        ids = {cast.author_role: message.message_id, cast.reader_role: message_id}
        delivered_text = _as_text(masked.body, message)
        return Relay(
            posting=self._posting(composition, secrets, to=to, record_id=record_id),
            delivered_text=delivered_text,
            message_ids=ThreadMessageIds(
                for_buyer=ids[Role.BUYER],
                for_seller=ids[Role.SELLER],
                text=mark_of(delivered_text, cast.reader_role, subject),
            ),
            subjects=subjects,
            removed=masked.own_words,
        )

    def text_of_copy(self) -> str:
        """The author's words as their reader got them, without what they quote; raises GateBroken."""
        words = self._wording()
        request = self._mask_request(self._secrets(), words, RealAddress(self.cast.alias_of_reader.address.addr_spec))
        masked = mask(replace(self.message, attachments=()), replace(request, cut_history=True))
        return masked.body.plain if masked.body.plain is not None else self.message.own_text

    def _wording(self) -> Wording:
        """The words around it, with the page of the conversation by the rules of its area today."""
        thread, market = self.cast.thread, self.cast.marketplace
        template = self.bridge.rules().area_of(market, thread.area, self.facts.now.date()).link
        return Wording(self.bridge.texts, self.cast, self.bridge.settings.public_url, link_of(template, thread, market))

    def _footer(self, words: Wording) -> Body | None:
        if self.cast.direction is Direction.TO_SELLER:
            return words.actions(tuple(way.shown for way in self.ways.actions))
        out, report = self.ways.out, self.ways.report
        way_out = (out.address.addr_spec, out.link) if out else None
        return words.footer(way_out, report_address=report.address.addr_spec if report else "")

    def _secrets(self) -> Secrets:
        cast = self.cast
        known = (ids.known_to(cast.reader_role) for ids in cast.thread.message_ids)
        return secrets_towards(
            cast.reader,
            cast.author,
            terms_of(cast.marketplace, self.bridge.settings),
            written=(self.message, self.facts.envelope),
            known_ids=[identifier for identifier in known if identifier],
        )

    def _mask_request(self, secrets: Secrets, words: Wording, to: RealAddress) -> MaskRequest:
        label = words.removed_label()
        shown = dict.fromkeys(secrets.addresses, self.cast.alias_of_author.address.addr_spec)
        # The reader's own alias is what the author knows him by: no secret, but a stranger to him in a quote (P11).
        shown[self.cast.alias_of_reader.address.key] = shown_name(self.cast.reader) or label
        return MaskRequest(
            secrets=secrets,
            replacement=shown,
            label=label,
            other_label=words.removed_label("removed_label_other"),
            file_label=words.removed_label("removed_file"),
            signature_label=words.removed_label("removed_signature"),
            people=dict.fromkeys(secrets.addresses, self.cast.alias_of_author.address.addr_spec)
            | {self.cast.alias_of_reader.address.key: to.addr_spec},
            own_lines=words.own_lines(),
            cut_history=self.cast.marketplace.history is History.CUT,
        )

    def _posting(self, composition: Composition, secrets: Secrets, *, to: RealAddress, record_id: RecordId) -> Posting:
        cast = self.cast
        return Posting(
            kind=PostKind.RELAY,
            record_id=record_id,
            marketplace_id=cast.marketplace.id,
            thread_id=cast.thread.id,
            composition=composition,
            secrets=secrets,
            forward_path=to,
            wants_dsn=True,
            reader=cast.reader_role.value,
            composed_at=self.facts.now,
            **_for_the_gate(self.facts.screened),
        )


def relays_to(
    mailboxes: tuple[Mailbox, ...], relaying: Relaying, route: Route, *, record_id: RecordId, copies_market: bool
) -> tuple[Relay, ...]:
    """One mail for each of these mailboxes, under one Message-ID, none names another; raises GateBroken."""
    if not mailboxes:
        raise LookupError("nothing goes through to a reader whom no mailbox of his should reach")
    message_id = relaying.bridge.mint.message_id(relaying.cast.marketplace.alias_domain)
    without_actions = replace(relaying, ways=replace(relaying.ways, actions=()))
    return tuple(
        # who only reads is not shown what he may not do
        (relaying if may_answer(mailbox) else without_actions).build(
            route, to=mailbox.address, record_id=record_id, copies_market=copies_market, message_id=message_id
        )
        for mailbox in mailboxes
    )


class _ForTheGate(TypedDict):
    """What a posting says of files that are containers."""

    file_texts: tuple[tuple[FileText, ...], ...]
    declared: tuple[bytes, ...]


def _for_the_gate(screened: Screened | None) -> _ForTheGate:
    """What files say, less the text of those that are content by their author's word (promise 2)."""
    texts: list[tuple[FileText, ...]] = []
    declared: list[bytes] = []
    for file in screened.files if screened is not None else ():
        is_content = bool(declared_as(file))
        declared += [attachment.octets for attachment in file.files] if is_content else []
        texts.append(tuple(text for text in file.texts if text.is_metadata or not is_content))
    return _ForTheGate(file_texts=tuple(texts), declared=tuple(declared))


def _subjects(cast: Cast, message: Message, masked: Masked) -> tuple[dict[Role, str], str]:
    """Subjects for the record, and the one of this mail: each side keeps its own (D8)."""
    author, reader, thread = cast.author_role, cast.reader_role, cast.thread
    shown = without_tag(without_reasons(masked.subject) if author is Role.SELLER else masked.subject, thread)
    written, known = strip_prefixes(shown), strip_prefixes(without_tag(message.subject, thread))
    subjects = {author: known, reader: written}
    kept = thread.subject_for(reader)
    if kept and known == thread.subject_for(author):
        return subjects, f"Re: {kept}"
    return subjects, f"Re: {written}" if written != shown.strip() else written


def _in_reply_to(cast: Cast, message: Message) -> str | None:
    """The message answered, under the id the reader knows; the newest known one when the client names none (T1, T2)."""
    author, reader = cast.author_role, cast.reader_role
    named = {*message.in_reply_to, *message.references[-1:]}
    known = [ids for ids in cast.thread.message_ids if ids.known_to(reader)]
    answered = [ids for ids in known if ids.known_to(author) in named]
    newest = (answered or known)[-1:]
    return newest[0].known_to(reader) if newest else _root(cast.thread)


def _references(cast: Cast) -> tuple[str, ...]:
    """The synthetic root, then what the reader knows, oldest first (RFC 5322 §3.6.4, D8)."""
    known = [ids.known_to(cast.reader_role) for ids in cast.thread.message_ids]
    return tuple(identifier for identifier in (_root(cast.thread), *known) if identifier)


def _root(thread: Thread) -> str | None:
    return thread.root_message_id or None


def _as_text(body: Body, message: Message) -> str:
    if body.plain is not None:
        return body.plain
    return f"{message.own_text}\n{message.quoted_text}"
