"""Lotus Notes 6 to HCL Notes 14.

An attribution with a path for a name ("Anna Kos/WAW/ACME wrote on 03.11.2026 10:00:00:"), one between dashes, or a
header block with tabs; from Notes' own HTML comes "Inactive hide details for".
"""

from mailbridge.message.quirk import Quirk

QUIRK = Quirk(
    client="Lotus and HCL Notes",
    history_lines=(
        ("inactive hide details for", r"inactive hide details for.*"),
        ("[inactive hide details for", r"\[inactive hide details for.*"),
    ),
)
