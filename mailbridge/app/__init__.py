"""The composition root: the only package that knows every part. Decides nothing about mail.

`surroundings.py` builds store and path, `parts.py` doors and transports, `running.py` is the bridge that runs.
"""

from mailbridge.app.parts import smtp_route
from mailbridge.app.running import App, serve
from mailbridge.app.surroundings import (
    clock,
    make_bridge,
    make_resolver,
    make_text_reader,
    open_bridge,
    open_store,
    rule_folders,
)

__all__ = [
    "App",
    "serve",
    "clock",
    "open_store",
    "open_bridge",
    "make_bridge",
    "make_resolver",
    "make_text_reader",
    "rule_folders",
    "smtp_route",
]
