"""What makes a session stand first among those that wait for review."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Flag(LabelledEnum):
    """Why a session is looked at before it is approved; what is flagged can be right."""

    ASKED_BACK = "asked_back", _l("Its team asks to correct it")
    REPEATED = "repeated", _l("Possibly logged twice")
    HOUSEHOLDS = "households", _l("More households than the village has")
    ABOVE_USUAL = "above_usual", _l("Higher than usual")
    LATE = "late", _l("Entered late")
    NO_PHOTOGRAPH = "no_photograph", _l("No photograph")
