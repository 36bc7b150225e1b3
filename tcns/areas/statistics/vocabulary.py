"""The closed list of statistics of a village."""

from typing import NamedTuple

from flask_babel.speaklater import LazyString

from tcns.i18n import LabelledEnum, format_number
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l


class Statistic(LabelledEnum):
    """What is counted of a village: something it has or has not, or how many of how many."""

    MOBILE_SIGNAL = "mobile_signal", _l("Covered by mobile signal")
    FIXED_BROADBAND = "fixed_broadband", _l("Reached by fixed broadband")
    BROADBAND_HOUSEHOLDS = "broadband_households", _l("Households with fixed broadband")
    SMARTPHONE_HOUSEHOLDS = "smartphone_households", _l("Households with a smartphone")
    SMARTPHONE_ADULTS = "smartphone_adults", _l("Adults with a smartphone")

    @property
    def is_share(self) -> bool:
        """Whether it is so many of so many."""
        return self in WHOLES


# What the shares are counted among.
WHOLES: dict[Statistic, LazyString] = {
    Statistic.BROADBAND_HOUSEHOLDS: _l("Households asked about broadband"),
    Statistic.SMARTPHONE_HOUSEHOLDS: _l("Households asked about smartphones"),
    Statistic.SMARTPHONE_ADULTS: _l("Adults asked about smartphones"),
}
YES_OR_NO = tuple(statistic for statistic in Statistic if not statistic.is_share)


class Counted(NamedTuple):
    """The value of a statistic: 1 or 0 for yes or no, else so many out of so many."""

    value: int
    out_of: int | None = None

    @property
    def in_words(self) -> str:
        """The value as people read it."""
        if self.out_of is None:
            return _("yes") if self.value else _("no")
        return _(
            "%(count)s of %(total)s",
            count=format_number(self.value),
            total=format_number(self.out_of),
        )
