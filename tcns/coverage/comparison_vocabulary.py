"""The closed list of what figures of coverage are compared with."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class Comparing(LabelledEnum):
    """What a figure stands beside."""

    PREVIOUS = "previous", _l("the period before")
    YEAR = "year", _l("the same period of the year before")
    AVERAGE = "average", _l("the average of the province")
    TARGET = "target", _l("the target")


# With these a figure is compared with that of another time.
IN_TIME = (Comparing.PREVIOUS, Comparing.YEAR)
