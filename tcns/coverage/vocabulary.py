"""The closed lists of coverage: what measures are counted from, under which headings they are
offered, and what figures are compared with."""

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


class Comparing(LabelledEnum):
    """What a figure stands beside."""

    PREVIOUS = "previous", _l("the period before")
    YEAR = "year", _l("the same period of the year before")
    AVERAGE = "average", _l("the average of the province")
    TARGET = "target", _l("the target")


# With these a figure is compared with that of another time.
IN_TIME = (Comparing.PREVIOUS, Comparing.YEAR)
