"""Novell GroupWise 6 to 18.

Arrows around name and time, no marks before the quoted lines.
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="GroupWise",
    history_lines=((">>>", r">>> ?(?!>).{2,200}\d.{0,60}? ?>>>"),),
)
