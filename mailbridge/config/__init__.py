"""Settings: everything an admin can set in `mailbridge.toml`, read, checked and documented from one place.

`settings.py` lists the settings, `read.py` reads the file, `reference.py` writes docs/settings.md and the starter file.
Nothing here reads the environment: one file says it all.
"""

from mailbridge.config.kinds import FieldPattern, ListenAddress, Network, Secret, UnixSocket
from mailbridge.config.read import load, refusal, suggestion
from mailbridge.config.reference import reference, starter
from mailbridge.config.settings import (
    LANGUAGES,
    BridgeSettings,
    DeliverySettings,
    DkimSettings,
    DnsSettings,
    ImapSettings,
    ListenSettings,
    RouteSettings,
    RulesSettings,
    Settings,
    StoreSettings,
)
from mailbridge.config.textsettings import AcknowledgementSettings, TemplateSettings

__all__ = [
    "load",
    "reference",
    "starter",
    "refusal",
    "suggestion",
    "LANGUAGES",
    "Settings",
    "BridgeSettings",
    "ListenSettings",
    "StoreSettings",
    "DnsSettings",
    "RouteSettings",
    "DeliverySettings",
    "DkimSettings",
    "ImapSettings",
    "RulesSettings",
    "TemplateSettings",
    "AcknowledgementSettings",
    "FieldPattern",
    "ListenAddress",
    "UnixSocket",
    "Network",
    "Secret",
]
