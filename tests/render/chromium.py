"""Headless Chromium: two pages side by side in one PNG. It gets no network, and the pages run no scripts of theirs."""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from tests.peers.processes import program

#: width of one side, in pixels
SIDE = 700
_MAX_HEIGHT = 6_000
_HEIGHT = re.compile(r'data-height="(\d+)"')
_TIMEOUT_S = 120
_FRAME = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>
body {{ margin: 0; display: flex; gap: 20px; background: #888; align-items: flex-start }}
iframe {{ width: {side}px; border: 0; background: white; display: block }}
</style></head><body>
<iframe sandbox="allow-same-origin" srcdoc="{before}"></iframe>
<iframe sandbox="allow-same-origin" srcdoc="{after}"></iframe>
<script>
addEventListener("load", () => {{
  let highest = 0;
  for (const frame of document.querySelectorAll("iframe")) {{
    frame.style.height = "10px";
    const root = frame.contentDocument.documentElement, body = frame.contentDocument.body;
    // a long line scrolls sideways, and the bar takes room
    const height = Math.min({highest}, Math.max(root.scrollHeight, body.scrollHeight + 16) + 20);
    frame.style.height = height + "px";
    highest = Math.max(highest, height);
  }}
  document.documentElement.setAttribute("data-height", highest);
}});
</script></body></html>"""


def chromium() -> str | None:
    """Where Chromium is, or None."""
    return program("chromium") or program("chromium-browser") or program("google-chrome")


def picture(before: str, after: str, png: Path) -> None:
    """Write what both documents look like, the first on the left."""
    frame = _FRAME.format(
        side=SIDE,
        highest=_MAX_HEIGHT,
        before=escape(before, quote=True),
        after=escape(after, quote=True),
    )
    _draw(frame, png, 2 * SIDE + 20)


def picture_row(pages: Sequence[tuple[str, int]], png: Path) -> None:
    """Write what these documents look like, each at its width in pixels, beside one another."""
    frames = "".join(
        f'<iframe sandbox="allow-same-origin" style="width:{width}px" srcdoc="{escape(document, quote=True)}"></iframe>'
        for document, width in pages
    )
    wide = sum(width for _, width in pages) + 20 * (len(pages) - 1)
    begin, _, rest = _FRAME.format(side=SIDE, highest=_MAX_HEIGHT, before="", after="").partition("<iframe")
    _draw(begin + frames + rest[rest.index("<script>") :], png, wide)


def _draw(frame: str, png: Path, width: int) -> None:
    with tempfile.TemporaryDirectory(prefix="mb-render-") as folder:
        page = Path(folder) / "page.html"
        page.write_text(frame, encoding="utf-8")
        found = _HEIGHT.search(_run(folder, page, "--dump-dom", size=(width, 800)))
        if found is None:
            raise RuntimeError("Chromium did not lay out the page")
        _run(folder, page, f"--screenshot={png.resolve()}", size=(width, int(found[1])))


def _run(folder: str, page: Path, what: str, *, size: tuple[int, int]) -> str:
    binary = chromium()
    if binary is None:
        raise FileNotFoundError("chromium")
    command = [
        *(binary, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", "--no-first-run", "--disable-extensions", "--disable-sync"),
        *(f"--user-data-dir={folder}/profile", f"--window-size={size[0]},{size[1]}"),
        *("--virtual-time-budget=4000", what, page.as_uri()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=True)
    return done.stdout
