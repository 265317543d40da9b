"""`mailbridge demo`: a whole small marketplace on this machine, and a conversation played through it.

`world.py` is who is there and what they write, `stage.py` the running bridge with a mailbox catcher behind it,
`play.py` plays and prints. Needs no server, no root, no file beside the installed package; nothing leaves the machine.
"""

from mailbridge.demo.play import run

__all__ = ["run"]
