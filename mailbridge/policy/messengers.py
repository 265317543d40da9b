"""The messengers and social networks where people want to go on writing, as people name them: data, and a quick look
which of them a text may name.

A name that is a word of its own in our languages, or very short, counts only in its own letter case and where more
speaks for it. Finds nothing itself.
"""

import re
from typing import NamedTuple

from mailbridge.patterns import lazy_pattern
from mailbridge.policy.prescan import Clues


class Messenger(NamedTuple):
    """One service."""

    #: as rule files and details call it
    name: str
    #: how people write it: alternatives of a pattern over lower-case text
    written: str
    #: hosts whose links lead to a person or a shop there
    hosts: str = ""
    #: alternatives of names that are words too, or very short, in their letter case
    short: str = ""


MESSENGERS: tuple[Messenger, ...] = (
    Messenger(
        "whatsapp",
        r"(?:wh[a@4]+t?|w[a@4]+t)['’]?[sz5]{1,2}[\s'’-]?[a@4ä]pp?a?(?:em|ie|u|owi|a)?|(?:вотсап|ватсап|вацап|вайтсап)\w{0,3}",
        "wa.me whatsapp.com",
        "WA Wa wa wapp",
    ),
    Messenger(
        "telegram",
        r"t[e3é]l[e3é][\s-]?gr[a@4](?:mm?|n)(?:ie|u|em|a)?|телеграм\w{0,3}|телег[аеу]",
        "t.me telegram.me",
        "TG Tg tg",
    ),
    Messenger(
        "signal",
        r"signal[\s-]?(?:app|messenger)|сигнал[еа]?",
        "signal.me signal.group",
        "Signal Signalu Signalem",
    ),
    Messenger("viber", r"v[i1]ber(?:ze|a|em|u)?|вайбер\w{0,2}", "viber.com vb.me"),
    Messenger(
        "facebook",
        r"f[a@4]ce?[\s-]?b[o0]{2}k(?:u|a|iem)?|f[aeè]i?sb[ou]{1,2}[ckq]{1,2}|fejsbuk(?:u|a|iem)?|fb[\s-]?messenger|"
        r"(?:фейсбук|мессенджер)\w{0,2}",
        "facebook.com fb.com m.me fb.me messenger.com",
        "FB Fb fb fejs fejsie fejsik fejsika fejsiku Messenger MESSENGER Messengerze Messengera Messengerem",
    ),
    Messenger(
        "instagram",
        r"[i1]n[s5]t[a@4]gr[a@4]m(?:ie|u|a|em)?|инстаграм\w{0,2}|инст[аеу]",
        "instagram.com instagr.am ig.me",
        "IG Ig ig insta Insta INSTA insty Insty",
    ),
    Messenger(
        "snapchat",
        r"sn[a@4]p[\s-]?chat(?:cie|a|u)?",
        "snapchat.com",
        "snap Snap SNAP sn@p sn4p snapa",
    ),
    Messenger(
        "tiktok",
        r"t[i1]k[\s-]?t[o0]k(?:u|a)?|тикток\w{0,2}",
        "tiktok.com",
        "TT",
    ),
    Messenger("discord", r"d[i1]sc[o0]rd(?:zie|a)?|дискорд\w{0,2}", "discord.gg discord.com"),
    Messenger("skype", r"sk[yi]p(?:e|ie|e'a|em)|скайп\w{0,2}", "skype.com"),
    Messenger("wechat", r"we[\s-]?chat|weixin|вичат", "wechat.com weixin.qq.com", "VX vx WX wx"),
    Messenger("line", r"line[\s-]?(?:app|messenger|id)", "line.me", "Line LINE"),
    Messenger("vk", r"v[\s-]?kontakt[ei]|вконтакте", "vk.com vk.me", "VK vk Vk ВК вк"),
    Messenger("threema", r"threema|3ma", "threema.id"),
    Messenger("gadu-gadu", r"gadu[\s-]?gadu", "gg.pl", "GG gg"),
    Messenger("twitter", r"twitter(?:ze|a)?", "twitter.com x.com"),
    Messenger("linkedin", r"linked[\s-]?in", "linkedin.com"),
    Messenger("vinted", r"vinted", "vinted.pl vinted.com vinted.it vinted.de vinted.fr vinted.es"),
    Messenger("olx", r"olx(?:ie|-ie|'ie|u)?", "olx.pl olx.ua olx.ro olx.bg olx.pt"),
    Messenger("kleinanzeigen", r"(?:ebay[\s-]?)?kleinanzeigen", "kleinanzeigen.de"),
    Messenger("subito", r"subito\.it", "subito.it"),
)
NAMES: tuple[str, ...] = tuple(messenger.name for messenger in MESSENGERS)
HOSTS: dict[str, str] = {host: messenger.name for messenger in MESSENGERS for host in messenger.hosts.split()}
_SHORT = tuple(
    (each.name, "|".join(sorted(map(re.escape, each.short.split()), key=len, reverse=True)))
    for each in MESSENGERS
    if each.short
)
_CLUES = Clues(
    *(each.written for each in MESSENGERS),
    *(rf"(?:^|[^a-z0-9])(?:{written.lower()})(?:[^a-z0-9]|$)" for _, written in _SHORT),
)
_FINDERS = (
    *((each.name, False, lazy_pattern(each.written)) for each in MESSENGERS),
    *((name, True, lazy_pattern(written)) for name, written in _SHORT),
)
_JOINS_BEFORE = frozenset("@./_-")
_JOINS_BEHIND = lazy_pattern(r"[\w@]|[.-]\w")


def messengers_in(lower: str) -> list[tuple[str, bool, re.Pattern[str]]]:
    """Those that this text may name: which, whether that name is a word too, and what finds it.

    Names that are words are to be looked for in the text as it is, the others in lower case.
    """
    return [_FINDERS[number] for number in _CLUES.in_text(lower)]


def is_part_of_word(text: str, name: re.Match[str]) -> bool:
    """True where the name goes on before or behind: in a word, an address, a host."""
    before = text[name.start() - 1 : name.start()]
    return before.isalnum() or before in _JOINS_BEFORE or _JOINS_BEHIND.match(text, name.end()) is not None
