"""Says whether a sentence invites to a messenger or declines to go there, in the languages of the markets.

"Write to me on WhatsApp" invites, "we can not write on WhatsApp" does not, and "my phone runs WhatsApp" neither. Looks
at the part of the sentence around the name; knows nothing of handles.
"""

import re

from mailbridge.patterns import lazy_pattern

_CONJUNCTIONS = "but|because|so|ale|bo|więc|ma|però|perché|aber|sondern|denn|mais|car|pero|porque"
_CLAUSE_END = lazy_pattern(rf"[.!?;:\n]|,\s|\s[-–—]\s|\s(?:{_CONJUNCTIONS})\s")
#: what is put in between does not end a clause: "we can not, unfortunately, write on ..."
_PARENTHESIS = lazy_pattern(r",\s(?:[^\W\d_]{2,20})(?:\s[^\W\d_]{2,20})?,\s", re.IGNORECASE)
_MAX_CLAUSE = 120
_CLOSE = 48


def _any(words: str) -> str:
    """Alternatives of a pattern, one a word; "_" stands for a blank."""
    return "|".join(words.replace("_", r"\s").split())


#: verbs of reaching somebody, asked of the reader or offered: en, pl, it, de, fr, es, ru and uk
_VERBS = _any(
    r"""
    catch get grab shoot slide hmu writ(?:e|ing) text(?:ing)? messag(?:e|ing) dm pm add find contact reach call ring
    send chat talk speak ping follow look_(?:me|us)_up hit_(?:me|us)_up get_in_touch drop_(?:me|us) continue move
    switch carry_on go_on napisz\w{0,4} pisz\w{0,4} pisać napisać odezwij\w{0,4} odezwać dodaj\w{0,4} znajdź\w{0,4}
    znajdzie\w{0,3} zadzwoń\w{0,4} dzwoń\w{0,4} skontaktuj\w{0,4} kontaktuj\w{0,4} kontaktować pogadaj\w{0,4}
    pogadać porozmawia\w{0,4} wyślij\w{0,4} podaj\w{0,4} przejdź\w{0,4} przenieś\w{0,4} obserwuj\w{0,4}
    zaobserwuj\w{0,4} zaproś\w{0,4} zapraszam\w{0,3} dogada\w{0,5} scriv\w{1,8} contatt\w{1,8} aggiung\w{1,8}
    trov\w{1,7} cerca(?:mi|ci|temi|teci) chiam\w{1,7} sent\w{1,7} mand\w{1,7} invi(?:a|ami|aci|atemi|i|are)
    parl\w{1,7} continu\w{1,7} segu(?:i|imi|ici|iteci|itemi|ire) schreib\w{0,5} kontaktier\w{0,4} erreich\w{0,5}
    meld\w{0,4} adde\w{0,2} ruf\w{0,3} anrufen sende\w{0,3} schick\w{0,3} folg\w{0,3} finde\w{0,3} findet findest
    chatte\w{0,2} sprech\w{0,3} reden weiterschreiben écri\w{1,7} ecri\w{1,7} contact\w{1,6} ajout\w{1,6}
    retrouv\w{1,6} rejoin\w{1,5} appel\w{1,6} envo\w{1,7} joign\w{1,6} suiv\w{1,5} escríb\w{1,7} escrib\w{1,7}
    contáct\w{1,7} añád\w{1,7} agrég\w{1,7} búsc\w{1,7} búsqu\w{1,6} busc\w{1,7} llám\w{1,7} mánd\w{1,7} hábl\w{1,6}
    habl\w{1,6} síg\w{1,6} пиш\w{1,5} напиш\w{1,5} звон\w{1,5} дзвон\w{1,5} добав\w{1,6} додай\w{0,3} найд\w{1,5}
    знайд\w{1,5} ściągnij\w{0,4} złap\w{0,4} łap\w{0,4} wbij\w{0,4} zagadaj\w{0,4} szukaj\w{0,4} poszukaj\w{0,4}
    becc\w{1,5} passiamo spostiamoci heiß\w{0,3} such\w{0,3} continu\w{1,4} pass\w{1,4} sigamos
    """
)
_VERB = lazy_pattern(rf"\b(?:{_VERBS})\b", re.IGNORECASE)
_PERSONS = _any(
    r"""
    me us let['’]?s my our mine i we wir you your ich io yo je я do_mnie mnie mną nami nas mi mój moim moj\w{1,3}
    nasz\w{0,3} pan\w{0,2} pani\w{0,2} ci mio mia nostr\w tuo suo mir uns mich mein\w{0,2} unser\w{0,2} dir ihnen
    sie moi nous mon notre nos mí nosotros mis мне мені мой мій нам
    """
)
#: whom the invitation is about: without it "can send a file by WhatsApp" would be one
_PERSON = lazy_pattern(
    rf"\b(?:{_PERSONS})\b|(?:mi|ci|temi|teci|rci|rmi|me|nos)\b|\b\w{{3,9}}(?:iamo|amos|emos|imos|ons)\b|"
    r"\bon\s(?=continu|se\s|passe)|\b(?:napisz|pisz|odezwij|dodaj|znajdź|obserwuj|zapraszam|dogada|pogada)\w{0,4}",
    re.IGNORECASE,
)
_PREPOSITIONS = _any("""
    on via through over by using in at to na przez w po poprzez su tramite con per auf über ueber bei mit zu sur par
    avec por en a в на через у
""")
_MY = _any(
    r"my our mój moj\w{0,2} moim naszym nasz\w{0,2} il_mio mio nostro mein\w{0,2} unser\w{0,2} mon "
    r"notre mi nuestro мой мій наш"
)
_ACCOUNT = _any("profile profil account konto profilo number numer numero nummer nick handle")
_TOWARDS = lazy_pattern(rf"\b(?:{_PREPOSITIONS})\s+(?:(?:the|il|lo|la|el|le|das|dem|der|{_MY})\s+)?\Z", re.IGNORECASE)
_OWN = lazy_pattern(rf"\b(?:{_MY})\s+(?:(?:{_ACCOUNT})\s+(?:on|na|su|auf|sur|en|bei)\s+)?\Z", re.IGNORECASE)
_HAVE_YOU_WORDS = _any(r"""
    do_you_(?:have|use) have_you(?:_got)? are_you_on you_on got masz macie ma_pan\w{0,2} jest_pan\w{0,2}_na jesteś_na
    hai avete ha usi hast_du haben_sie habt_ihr bist_du_(?:bei|auf) nutzen_sie tu_as avez[-\s]vous vous_avez
    tienes tiene usas есть є_у_вас
""")
_HAVE_YOU = lazy_pattern(rf"\b(?:{_HAVE_YOU_WORDS})\s+(?:\w{{1,8}}\s+){{0,2}}?\Z", re.IGNORECASE)
#: "WhatsApp me"
_AS_VERB = lazy_pattern(r"\s(?:me|us|mir|uns|mi|moi)\b", re.IGNORECASE)
#: "I have WhatsApp under this number"
_THIS_NUMBER = lazy_pattern(
    r"\s(?:pod|na|on|at|with|under|a|su|con|auf|unter|bei|sur|à|avec|en|con)\s"
    r"(?:tym(?: samym)?|this|that|the same|questo|lo stesso|diese[rm]?|der gleichen|ce|le même|este|el mismo)\s"
    r"(?:numer\w{0,3}|number|nummer|numéro|número|phone)",
    re.IGNORECASE,
)
_DECLINING = _any(r"""
    not cannot can['’]?t don['’]?t won['’]t doesn['’]t isn['’]t aren['’]t never no without unable instead_of rather_than
    forbidden prohibited
    nie nigdy zamiast bez zabronion\w{0,2} niedozwolon\w{0,2} non né mai senza invece viet\w{1,4}
    nicht kein\w{0,2} niemals statt anstatt ohne verboten untersagt pas jamais sans ne aucune? nunca tampoco sin
    не нельзя ні
    someone somebody ktoś qualcuno jemand quelqu['’]un alguien i_follow we_follow ti_seguo vi_seguo ich_folge
    je_vous_suis te_sigo os_sigo obserwuję
""")
_DECLINED = lazy_pattern(rf"\b(?:{_DECLINING})\b", re.IGNORECASE)


def invites(text: str, start: int, end: int) -> bool:
    """True where the words around the name at [start, end) ask the reader to go there, or offer it."""
    before, after = _clause(text, start, end)
    if _DECLINED.search(before) or _DECLINED.search(after):
        return False
    if _OWN.search(before) or _AS_VERB.match(after) or _THIS_NUMBER.match(after):
        return True
    if _HAVE_YOU.search(before) and "?" in text[end : end + 40]:
        return True
    around = f"{before} {after}"
    return bool(_TOWARDS.search(before) and _VERB.search(around) and _PERSON.search(around))


def is_declined(text: str, start: int, end: int) -> bool:
    """True where the words close around the name at [start, end) say that one can not go there."""
    before, after = _clause(text, start, end)
    return _DECLINED.search(before[-_CLOSE:]) is not None or _DECLINED.search(after[:_CLOSE]) is not None


_WHERE = lazy_pattern(
    rf"\b(?:{_VERBS}|under|unter|als|as|jako|come|come|como|comme|name|nick|nickname|user|handle|is|jest|ist|est)\b",
    re.IGNORECASE,
)


def says_where(between: str) -> bool:
    """True where the words between a service and a name say that one is found there under it."""
    return _WHERE.search(between) is not None and _DECLINED.search(between) is None


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """The words of the clause before and behind the name."""
    before = _PARENTHESIS.sub(" ", text[max(start - _MAX_CLAUSE, 0) : start])
    cut = 0
    for edge in _CLAUSE_END.finditer(before):
        cut = edge.end()
    after = text[end : end + _MAX_CLAUSE]
    edge_after = _CLAUSE_END.search(after)
    return before[cut:], after[: edge_after.start()] if edge_after is not None else after
