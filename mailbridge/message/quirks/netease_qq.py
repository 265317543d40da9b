"""QQ Mail, Foxmail, 163 and 126 (2010 to 2026).

"Original" between long dashes, or an element with an id.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="QQ Mail and NetEase",
    quotes=(
        "#isReplyContent",
        "#isForwardContent",
        "blockquote[name=BLOG_QUOTE]",
    ),
    titles=("original",),
)
