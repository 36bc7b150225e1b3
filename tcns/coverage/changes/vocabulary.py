"""The closed list of how the teams of an area change between two days."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class TeamChange(LabelledEnum):
    """What became of a team between two days."""

    GAINED = "gained", _l("Gained")
    LOST = "lost", _l("Lost")
