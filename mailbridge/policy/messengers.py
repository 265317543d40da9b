"""The messengers and social networks where people want to go on writing, as people name them: data.

A name that is a word of its own in our languages counts only where more speaks for it: `is_word`. Finds nothing itself.
"""

import re
from typing import NamedTuple


class Messenger(NamedTuple):
    """One service."""

    #: as rule files and details call it
    name: str
    #: how people write it: alternatives of a pattern, any letter case
    written: str
    #: hosts whose links lead to a person or a shop there
    hosts: tuple[str, ...] = ()
    #: names that are words or too short: exact letter case, and only with a handle or an invitation
    short: str = ""


MESSENGERS: tuple[Messenger, ...] = (
    Messenger(
        "whatsapp",
        r"wh?[a@4]+t?['’]?[sz5]{1,2}[\s'’-]?[a@4äÄ]pp?a?(?:em|ie|u|owi|a)?|вотсап\w{0,3}|ватсап\w{0,3}|вацап\w{0,3}|вайтсап\w{0,3}",
        ("wa.me", "whatsapp.com"),
        r"WA|Wa|wa|wapp",
    ),
    Messenger(
        "telegram",
        r"t[e3]l[e3]gr[a@4]mm?(?:ie|u|em|a)?|телеграм\w{0,3}|телег[аеу]",
        ("t.me", "telegram.me"),
        r"TG|Tg|tg",
    ),
    Messenger(
        "signal", r"signal[\s-]?(?:app|messenger)|сигнал[еа]?", ("signal.me", "signal.group"), r"Signal(?:u|a|em|ie)?"
    ),
    Messenger("viber", r"v[i1]ber(?:ze|a|em|u)?|вайбер\w{0,2}", ("viber.com", "vb.me"), ""),
    Messenger(
        "facebook",
        r"f[a@4]ce?[\s-]?b[o0]{2}k(?:u|a|iem)?|f[aeè]i?sb[ou]+[ckq]+|fejsbuk(?:u|a|iem)?|fb[\s-]?messenger|фейсбук\w{0,2}|фб|мессенджер\w{0,2}",
        ("facebook.com", "fb.com", "m.me", "fb.me", "messenger.com"),
        r"FB|Fb|fb|fejs(?:ie|ik|ika|iku)?|[Mm]essenger(?:ze|a|em|u)?|MESSENGER",
    ),
    Messenger(
        "instagram",
        r"[i1]n[s5]t[a@4]gr[a@4]m(?:ie|u|a|em)?|инстаграм\w{0,2}|инст[аеу]",
        ("instagram.com", "instagr.am", "ig.me"),
        r"IG|Ig|ig|[Ii]nsta|INSTA|[Ii]nst[ay]|[Ii]nstę",
    ),
    Messenger("snapchat", r"snap[\s-]?chat(?:cie|a|u)?", ("snapchat.com",), r"[Ss]n[a@4]p(?:a|ie)?|SNAP"),
    Messenger("tiktok", r"t[i1]k[\s-]?t[o0]k(?:u|a)?|тикток\w{0,2}", ("tiktok.com",), r"TT"),
    Messenger("discord", r"d[i1]sc[o0]rd(?:zie|a)?|дискорд\w{0,2}", ("discord.gg", "discord.com"), ""),
    Messenger("skype", r"sk[yi]p(?:e|ie|e'a|em)|скайп\w{0,2}", ("skype.com",), ""),
    Messenger("wechat", r"we[\s-]?chat|weixin|微信|вичат", ("wechat.com", "weixin.qq.com"), r"VX|vx|WX|wx"),
    Messenger("line", r"line[\s-]?(?:app|messenger|id)", ("line.me",), r"Line|LINE"),
    Messenger("vk", r"v[\s-]?kontakt[ei]|вконтакте", ("vk.com", "vk.me"), r"VK|vk|Vk|ВК|вк"),
    Messenger("threema", r"threema", ("threema.id",), ""),
    Messenger("gadu-gadu", r"gadu[\s-]?gadu", ("gg.pl",), r"GG|gg"),
    Messenger("twitter", r"twitter(?:ze|a)?", ("twitter.com", "x.com"), ""),
    Messenger("linkedin", r"linked[\s-]?in", ("linkedin.com",), ""),
    Messenger("vinted", r"vinted", ("vinted.pl", "vinted.com", "vinted.it", "vinted.de", "vinted.fr", "vinted.es"), ""),
    Messenger("olx", r"olx(?:ie|-ie|'ie|u)?", ("olx.pl", "olx.ua", "olx.ro", "olx.bg", "olx.pt"), ""),
    Messenger("kleinanzeigen", r"(?:ebay[\s-]?)?kleinanzeigen", ("kleinanzeigen.de",), ""),
    Messenger("subito", r"subito\.it", ("subito.it",), ""),
)
NAMES: tuple[str, ...] = tuple(messenger.name for messenger in MESSENGERS)

#: groups named m0, m1 ... for names that are nothing else, s0, s1 ... for those that are words too
NAMED = re.compile(
    r"(?<![\w@./-])(?:"
    + "|".join(
        f"(?P<m{number}>(?i:{messenger.written}))" + (f"|(?P<s{number}>{messenger.short})" if messenger.short else "")
        for number, messenger in enumerate(MESSENGERS)
    )
    + r")(?![\w@]|[.-]\w)"
)
HOSTS: dict[str, str] = {host: messenger.name for messenger in MESSENGERS for host in messenger.hosts}


def messenger_of(match: re.Match[str]) -> tuple[str, bool]:
    """Which service a match of `NAMED` names, and whether the name is a word too."""
    group = match.lastgroup or "m0"
    return MESSENGERS[int(group[1:])].name, group[0] == "s"
