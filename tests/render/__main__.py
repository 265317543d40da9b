"""python -m tests.render MAIL.eml PICTURE.png [AFTER.eml]

Draws a mail before and after the bridge side by side. Without AFTER.eml the mail goes through a bridge in this process;
what it makes of it is kept beside the picture.
"""

import sys
from pathlib import Path

from tests.render.chromium import picture
from tests.render.page import page
from tests.render.through import as_mail, relayed


def main(arguments: list[str]) -> int:
    """Draw one picture."""
    if len(arguments) not in {2, 3}:
        print(__doc__, file=sys.stderr)
        return 2
    source, png = Path(arguments[0]), Path(arguments[1])
    before = as_mail(source.read_bytes(), name=source.name)
    after = Path(arguments[2]).read_bytes() if len(arguments) == 3 else relayed(before)
    if after is None:
        print(f"{source}: nothing is relayed", file=sys.stderr)
        return 1
    png.with_suffix(".after.eml").write_bytes(after)
    picture(page(before), page(after), png)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
