"""How people write a sign, a dot and a provider when they do not want them seen: words in several languages, as data.

Pieces of patterns for the checks of contact details; each quantifier is bounded (T-70). Finds nothing itself.
"""

import re

from mailbridge.patterns import lazy_pattern

#: what stands for @ in any surroundings
SIGN_WORDS = (
    "ma[łl]p(?:a|k[aąę]|ą|ę)|chiocciol(?:a|ina)|klammeraffe|arroba|arobas[e]?|arrob|zavin[aá][cč]|kukac|собака|собачка|"
    "at[ -]?sign|at symbol"
)
#: what stands for @ too, and is a word of its own: only in brackets, or where a spelled domain follows
AT_WORDS = (
    rf"at|ät|et|{SIGN_WORDS}|a commerciale|a w k[óo][łl](?:ku|eczku)|a|monkey|affe|scimmia|singe|mono|snail|"
    r"[sś]limak|escargot|kringel|curly a|swirl|[sś]winka|spirala"
)
#: pictures used for @: letters, a monkey (Polish), a snail (Italian), a swirl
AT_PICTURES = (
    "\U0001f4e7\u2709\U0001f4e8\U0001f4e9\U0001f4ec\U0001f4eb\U0001f4ee"  # letters
    "\U0001f412\U0001f435\U0001f648"  # monkeys
    "\U0001f40c\U0001f300"
)
#: what stands for a dot
DOT_WORDS = "d[o0]t|kropk[aąi]|punto|punkt|point|ponto|te[cč]ka|pont|точка|period|full stop"
_OPEN, _CLOSE = r"[\[({<«*_~|\"'/\\-]", r"[\])}>»*_~|\"'/\\-]"
#: the sign in brackets, stars or dashes: (at), [ małpa ], *at*, -at-, (@)
BRACKETED_AT = rf"{_OPEN}{_OPEN}?\s?(?:{AT_WORDS}|@)\s?{_CLOSE}{{1,2}}"
#: a dot in brackets: (dot), [.], *kropka*
BRACKETED_DOT_ONLY = rf"{_OPEN}{_OPEN}?\s?(?:{DOT_WORDS}|\.)\s?{_CLOSE}{{1,2}}"
#: the same with blanks around
BRACKETED_DOT = rf"\s{{0,2}}{BRACKETED_DOT_ONLY}\s{{0,2}}"
#: a dot as a word between blanks
BARE_DOT = rf"\s{{1,2}}(?:{DOT_WORDS})\s{{1,2}}"

#: top-level domains that a person of our markets may well mean; none of them a common word of English
TLDS = (
    *("com", "net", "org", "info", "biz", "eu", "shop", "store", "online", "site", "app", "dev", "io", "co", "me"),
    *("pl", "it", "de", "uk", "fr", "es", "cz", "sk", "at", "ch", "nl", "be", "se", "dk", "pt", "ro", "hu", "ua"),
    *("lt", "lv", "ee", "ie", "fi", "no", "gr", "bg", "hr", "si", "lu", "ru", "us", "tv", "xyz", "club", "live"),
    *("pro", "top", "link", "email", "art", "boutique", "fashion", "life", "world", "market", "page", "website", "ly"),
)
#: the same as one alternative of a pattern, longest first
TLD = "|".join(sorted(TLDS, key=len, reverse=True))
#: top-level domains that are also words in one of our languages, where a blank before or behind the dot proves nothing
WORD_TLDS = frozenset(
    "it de es me at be no se co to in is so am by us si top pro live link art life world market page store shop site "
    "online info app ee ie hr fi".split()
)

#: providers that are nothing else; without what follows their dot
PROVIDERS = (
    r"g[ -]?mail(?:a|u|em)?|google ?mail|hot ?mail(?:a|u)?|yahoo|i ?cloud|proton ?mail|gmx|aol|yandex|tutanota|"
    r"seznam|t-online|laposte|virgilio|tiscali|wanadoo|ymail|rocketmail|interia|onet"
)
#: providers whose name is a word too: with their top-level domain only
PROVIDERS_WITH_TLD = (
    r"outlook|live|msn|proton|wp|o2|vp|op|poczta|gazeta|web|freenet|libero|alice|orange|sfr|free|terra|mail(?=\W*ru)|"
    r"ukr|zoho|arcor|bluewin|abv|inbox|tlen|autograf|spoko|buziaczek"
)
#: words that never are the name of a mailbox or a host
STOP_WORDS = frozenset(
    "the a an this that these those my your his her our their its it is was are be at on in to of and or no not me you "
    "us we i he she they look see good here there who what which up back off out all one dot point punto punkt "
    "il lo la le gli un una uno del della dal nel al per di da che e è si der die das den dem ein eine einen zu am im "
    "von auf und mit ist ten ta to te na do od po za ze w z i o u nie jest się le les des du de ce ces cette est sur "
    "en diesem diesen dieser jedem jeden einem einen welchem letzten ersten zweiten dritten wichtigen ok okay "
    "questo quel quello certo tal ogni "
    "account konto mail e-mail email address adres adresse indirizzo compte cuenta mailbox posta poczta "
    "el los las ese este esta más good aim stay arrive arrives meet".split()
)
_HANDLE = lazy_pattern(r"(?=[^\W\d_])(?=\w*[\d._-])[\w.-]{4,40}(?<![.-])")
_FILE = lazy_pattern(r"\.(?:pdf|jpe?g|png|docx?|xlsx?|zip|txt|html?|gif|heic|mp4|csv|eml)\Z", re.IGNORECASE)
_CODE = lazy_pattern(
    r"[^\W\d_]+\.[A-ZŁŚŻĆ][a-zł]+\Z|[A-Z]{1,4}[-./]?\d[\d./-]*\Z|[^\W\d_]+(?:-[^\W\d_]+)+\Z|\w\.\w\.?\Z|v?\d+(?:\.\d+)+\Z"
)


def is_handle(word: str) -> bool:
    """True for a name that only a mailbox or an account has: with a digit, a dot or a low line in it."""
    return _HANDLE.fullmatch(word) is not None and _FILE.search(word) is None and _CODE.match(word) is None
