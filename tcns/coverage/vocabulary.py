"""What measures are counted from, and under which headings they are offered."""

from enum import StrEnum

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Source(StrEnum):
    """The records a measure is counted from."""

    AREAS = "areas"
    HOUSEHOLDS = "households"
    TEAMS = "teams"
    MEMBERSHIPS = "memberships"
    ACTIVITIES = "activities"
    PENDING = "pending"
    RESULTS = "results"
    STATISTICS = "statistics"
    INITIATIVES = "initiatives"


class Group(LabelledEnum):
    """The headings under which measures are offered."""

    ORGANISATION = "organisation", _l("Organisation")
    MEMBERS = "members", _l("Members")
    ACTIVITY = "activity", _l("Activity")
    RESULTS = "results", _l("Results")
    VILLAGES = "villages", _l("Statistics of villages, digital models")
