"""The closed list of how a figure stands against its target."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Standing(LabelledEnum):
    """How a figure stands: the worst first."""

    BEHIND = "behind", _l("Behind")
    ON_TRACK = "on_track", _l("On track")
    MET = "met", _l("Met")
    UNKNOWN = "unknown", _l("Nothing to measure")
