"""What a process does for itself once its doors are open, so that mail need not wait for it and costs less.

Patterns are compiled and rules made ready, which a start does not wait for (decision 0031); what stands now is not
looked at by the garbage collector again, and memory is put into big pages where the kernel can. Carries no mail.
"""

import ctypes
import gc
import re
import sys
from dataclasses import replace
from pathlib import Path

from mailbridge.app.surroundings import clock
from mailbridge.message.parse import parse
from mailbridge.patterns import compile_all
from mailbridge.policy.judge import judge
from mailbridge.policy.ruleset import RuleSet
from mailbridge.rulefiles.models import SampleModel
from mailbridge.rulefiles.samplemails import perform
from mailbridge.rulefiles.scene import a_market

#: SQLite and sockets let the interpreter lock go at every step; winning it back from computing threads costs up to this
#: much each time (5 ms by default), while a shorter interval costs more switches
_SWITCH_INTERVAL_S = 0.002
#: objects made before the collector looks (700 by default): a mail makes thousands and nearly all go by themselves
_COLLECT_AFTER = 20_000
#: what a person may write: whatever looks for numbers, links and phrases gets ready
_TEXT = "Your order 48213 is on its way. Can you call +44 20 7946 0018, or look at www.example.com?"
_BIG_PAGE = 2 << 20
#: madvise(2) of Linux 6.1
_MADV_HUGEPAGE, _MADV_COLLAPSE = 14, 25
#: a mapping of our own that can be written and has no file behind it, or the heap
_OWN_MEMORY = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw-p \S+ 00:00 0 *(?:\[heap\])?\n")


def settle(rules: RuleSet) -> None:
    """Set what suits a process that does nothing but carry mail by these rules. Takes half a second of CPU."""
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    _make_ready(rules)
    compile_all()
    gc.enable()  # off since the start
    gc.collect()
    gc.freeze()  # what stands now stays: it is not looked at again and again
    gc.set_threshold(_COLLECT_AFTER, 20, 50)
    use_big_pages()


def _make_ready(rules: RuleSet) -> None:
    """Judge one mail by every rule."""
    market = replace(a_market("any", "any"), rule_packs=tuple(rules.by_pack))
    performed = perform(SampleModel(text=_TEXT, language="en", direction="to_buyer"), market, None)
    message, scene = parse(performed.content), performed.scene
    judge(message, scene.facts(message, performed.content, message.date or clock()), scene.route, rules)


def use_big_pages() -> int:
    """Let memory that is in use stand in pages of 2 MiB: most of a mail's time is waiting for memory.

    Returns the octets that do; 0 where the kernel can not, which changes nothing else.
    """
    try:
        mappings = Path("/proc/self/maps").read_text("ascii")
        madvise = ctypes.CDLL(None).madvise
    except (OSError, AttributeError):
        return 0
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    collapsed = 0
    for mapping in _OWN_MEMORY.finditer(mappings):
        start = -(-int(mapping[1], 16) // _BIG_PAGE) * _BIG_PAGE
        size = int(mapping[2], 16) // _BIG_PAGE * _BIG_PAGE - start
        if size > 0 and madvise(start, size, _MADV_HUGEPAGE) == 0 and madvise(start, size, _MADV_COLLAPSE) == 0:
            collapsed += size
    return collapsed
