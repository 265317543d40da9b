"""Reasons in plain words for `held` and `explain`: why a mail is held, or what else became of it.

Why something is held is said by a text of `templates/console/`, in the language of the person in charge; the rest, like
all that commands print, in English. Programs get the code words (`--json`).
"""

from mailbridge.policy.plan import HoldReason, Plan
from mailbridge.store.records import HeldRecord
from mailbridge.texts import Texts

#: reason of a plan that holds nothing -> what it means
REASONS = {
    "relayed": "it may go on to the other side",
    "released": "a person lets it go on to the other side",
    "rule": "a rule refuses it; a notice tells the author which, and what to do",
    "duplicate": "the same mail was accepted before",
    "beside_another_copy": "another of its recipients has the same reader, or the marketplace's copy is kept with it",
    "loop_detected": "it was here before, or passed through too many servers",
    "unknown_destination": "nobody has this address here",
    "address_closed": "the address, the shop or the marketplace is no longer in use",
    "observer": "its author may only read the shop's mail: he is told",
    "conversation_moved": "it ends its conversation or opens it again, nothing else: kept, not passed on",
    "private_note": "a note of the shop: kept in the conversation, not passed on",
    "conversation_assigned": "it says who of the shop takes the conversation, nothing else: kept, not passed on",
    "alias_muted": "the alias is muted: nothing is passed on to whom it stands for",
    "encrypted": "it, or a file in it, is encrypted: its author was asked to send it in the clear",
    "may_not_begin": "on this marketplace such conversations are begun by somebody else: its author was told",
    "reader_unreachable": "whom it is for has no mailbox on record, or takes part no more",
    "author_in_our_domain": "its From is an address of this bridge",
    "author_count": "its From does not name exactly one mailbox",
    "author_inactive": "its author takes part no more",
    "author_not_a_party": "its author is neither of the two people of this address",
    "author_writes_to_own_alias": "its author wrote to the alias that stands for himself",
    "author_writes_to_own_contact": "its author wrote to his own contact address",
    "author_rejected_by_own_policy": "nothing proves the author, and his domain asks to reject such mail (DMARC)",
    "authentication_unavailable": "DNS could not say who wrote it",
    "automatic": "written by a machine: kept in the conversation, not passed on",
    "automatic_unproven": "written by a machine, by whose is not proven: kept, not passed on",
    "automatic_at_return_path": "an automatic answer to the return path: kept",
    "automatic_at_action": "an automatic answer confirms nothing: kept",
    "automatic_at_mailbox_test": "an automatic answer to the mailbox test: kept",
    "dsn": "a report about mail that the bridge sent",
    "not_a_dsn": "the return path takes delivery reports only",
    "return_path_expired": "this return path is too old",
    "confirm_held": "it confirms a held mail",
    "give_reason": "it says why its author starts a refused mail",
    "send_repaired": "it asks for a refused mail to go without what its rules stop",
    "second_look": "it asks a person to look at a refused mail",
    "repaired": "relayed without what its rules stop, and its author was told",
    "opt_out": "a buyer wants no more mail that this seller, or any of his marketplace, starts",
    "opt_in": "a buyer takes an opt-out back",
    "untold_of_opt_outs": "a seller wants no more notices about buyers who opted out",
    "told_of_opt_outs": "a seller wants notices about buyers who opted out again",
    "rule_untold": "refused because its buyer opted out; its seller wants no notices of that",
    "report": "a buyer reports a message: a person looks at it",
    "no_reply_needed": "a seller says that a buyer waits for no answer: his clocks stop",
    "reply_needed": "a seller says so, but it does not count here or the buyer has written again: he was told",
    "close": "a seller closes a conversation",
    "resolve": "a seller calls a conversation resolved",
    "give_up": "a seller calls a conversation unresolved",
    "reopen": "a seller opens a conversation again",
    "stop_sending": "a seller stops a message of his that waits",
    "reported_before": "a buyer reports a message once more: a person looks at it already",
    "appeal": "a seller says that a step against him, or a breach, is none: a person looks at it",
    "appealed_before": "a seller writes once more about a step that he appealed: it goes to the person in charge",
    "opted_out_before": "a buyer opts out once more: it holds already",
    "reason_unknown": "the subject names none of the reasons that the notice listed",
    "action_used_or_expired": "this action address was used before, or its time is over",
    "role": "mail to postmaster@, abuse@ or the notice address goes to the person in charge",
    "record_only": "a direct mail that copies the marketplace: kept, not passed on",
    "record_only_breach": "a direct mail that copies the marketplace and breaks a rule: kept, its author is told",
    "said_away": "somebody of the shop says that he is away, or there again: he is answered",
    "mailbox_test": "a test of the author's mailbox: he is told that it works",
    "files": "screening: its files are being looked into, then it is judged",
    "undo": "screening: its author may stop it until it goes out",
    "behind_another": "screening: earlier mail of these two people is being looked into, it keeps its place behind",
    "trial": "only tried: nothing went out, its author was told what would become of it",
    "trial_stopped": "only tried: it would have stopped before the rules; nothing went out",
    "mailbox_test_failed": "a test of the author's mailbox: nothing proves it",
}


def why_held(hold: HoldReason, texts: Texts, language: str) -> str:
    """Why a message waits for a person, in this language."""
    return texts.render("console", language, "hold", {"reason": hold.value}).plain.strip()


def why_it_waits(held: HeldRecord, texts: Texts, language: str) -> str:
    """Why a recorded message is not with its reader yet."""
    return why_held(held.hold, texts, language) if held.hold is not None else REASONS.get(held.reason, held.reason)


def why(plan: Plan, texts: Texts, language: str) -> str:
    """What a plan's reason means; the code word itself where there are no words."""
    if plan.hold is not None:
        return why_held(plan.hold, texts, language)
    return REASONS.get(plan.reason, plan.reason)
