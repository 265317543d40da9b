"""Tells a picture that reports when it is opened (S-25) from one that is to be seen.

By how it is shown (a dot, or out of sight) and by how such addresses are made up; written from what the services
document and what people know of them. A visible picture from elsewhere reports too: it is another check's finding.
"""

from urllib.parse import urlsplit

from mailbridge.message.pictures import Picture
from mailbridge.patterns import lazy_pattern

#: a picture of so many pixels is not to be seen
_DOT = 3
#: parts of a host's name
_HOST = lazy_pattern(
    r"(?:^|[.-])(?:e?mail-?)?(?:track(?:s|er|ing)?(?:ed)?(?:link|app)?|trk-?\d?|trck|pixels?|px\d?|beacons?|opens?"
    r"|openrate|openedlog|clicks?|clk|ablink|stats?|metrics?|analytics|receipts?|[cm]trk|beaconimages)(?=[.-])"
)
#: whole parts of a path or a question
_PATH = lazy_pattern(
    r"(?:^|[/?&=._-])(?:(?:e?mail)?[_-]?(?:opens?|opened|openings?)(?:[_-]?(?:log|pic|pixel|count|tracker))?"
    r"|(?:e?mail|open|email[_-]open)?[_-]?(?:track(?:er|ers|ing|s)?|trk|trck)(?:[_-]?(?:e?mail|open|click|pixel|link))?"
    r"|l?track|ptrack|track|pixel(?:s|server)?\d?|1px|beacons?|emailbeacon|imp(?:ression)?s?|imgping|ping|wf|mo|oo|ss|e[123]t"
    r"|mark[_-]?read|read[_-]?receipt|receipt|rts|scribe|collect|emimp|eo|teo|mktopen|mctx|ut|lt|gen_204|footer-?image"
    r"|footerimages?|timpression|appserve|bbimage|opt?iext|watermark|crm_email_track|ocimage|attribution_link)"
    r"(?=$|[/?&=._:-])"
)
_CAMEL = lazy_pattern(
    r"(?:Email|Mail)(?:Open(?:ed)?|Track(?:ing|er)?)|Open(?:Tracking)?Pixel|TrackingPixel|openTracker"
)
#: a picture whose name is a letter or two, as no shop calls one
_SHORT_NAME = lazy_pattern(r"/(?:[a-z]|[0-9]|ho|bg1|px|sp)\.(?:gif|png)$")
_UNSEEN_NAME = lazy_pattern(r"(?:beacon|1px|hidden|blank|clear|pixel)[\w.-]{0,9}\.(?:gif|png)$")
_SHORT_GIF = lazy_pattern(r"/[a-z0-9]{1,6}\.gif$")
_NO_PICTURE = lazy_pattern(r"\.(?:php|aspx?|jsp|dll|html?|serv|do|ashx|cgi)(?:$|/)")
_PICTURE_NAME = lazy_pattern(r"\.(?:jpe?g|png|gif|webp|svg|bmp|avif)$")
#: whose whole business it is: the registrable domain, or the name before its number
_SERVICES = lazy_pattern(
    r"(?:^|\.)(?:sendgrid\.(?:net|com)|list-manage\.com|mandrillapp\.com|mailtrack\.io|mltrk\.io|yesware\.com|streak\.com"
    r"|mailfoogae\.appspot\.com|bl-1\.com|emltrk\.com|doubleclick\.net|google-analytics\.com|exct\.net|pardot\.com"
    r"|cmail\d*\.com|createsend\d*\.com|rs6\.net|mkt\d+\.com|hubspot(?:email|links|free)\w*\.\w+|sidekickopen\w*\.com"
    r"|convertkit-mail\d*\.com|customeriomail\.com|emarsys\.(?:com|net)|sparkpostmail\d?\.com|pstmrk\.it|trackedlink\.net"
    r"|dmtrk\.net|awstrack\.me|demdex\.net|2o7\.net|superhuman\.com|mixmax\.com|getnotify\.com|toutapp\.com"
    r"|actonsoftware\.com|e2ma\.net|stat-pulse\.com|sendibt?[dmw]\d?\.com|klclick\d?\.com|getmailspring\.com"
    r"|litmus\.com|returnpath\.net|eoapxl\.com|webtrekk\.net|bluekai\.com|infusionsoft\.com|mailinifinity\.com)$"
)


def is_dot(picture: Picture) -> bool:
    """True for a picture nobody is meant to see."""
    sizes = [size for size in (picture.width, picture.height) if size is not None]
    return picture.is_hidden or (bool(sizes) and min(sizes) <= _DOT and max(sizes) <= 10 * _DOT)


def is_tracker(url: str) -> bool:
    """True for an address that is made up like those which report an opening."""
    try:
        parts = urlsplit(url if "://" in url else f"https:{url}")
    except ValueError:
        return False
    host, path = (parts.netloc.rpartition("@")[2].partition(":")[0].lower(), parts.path)
    if _SERVICES.search(host) or _HOST.search(host):
        return True
    small = path.lower()
    if _CAMEL.search(path) or _SHORT_NAME.search(small) or _UNSEEN_NAME.search(small) or _NO_PICTURE.search(small):
        return True
    if _PICTURE_NAME.search(small):  # /ship-track/thumbs.png is a picture, /images/open.gif is none
        return bool(_PATH.fullmatch(f"/{small.rpartition('/')[2].partition('.')[0]}"))
    return bool(_PATH.search(f"{small}?{parts.query.lower()}"))


def is_shapeless(picture: Picture) -> bool:
    """True where neither size nor words nor the address say that this is a picture to look at."""
    path, _, question = picture.source.lower().partition("?")
    if picture.alt or picture.width is not None or picture.height is not None or picture.is_background:
        return False
    return bool(question) or bool(_SHORT_GIF.search(path)) or not _PICTURE_NAME.search(path)
