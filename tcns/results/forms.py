"""Of which period the days of members are counted."""

from tcns.clock import today
from tcns.i18n import lazy_gettext as _l
from tcns.periods import NamedPeriod, PeriodKind, period_holding
from tcns.web.filters import ListForm, PeriodField


class ServedForm(ListForm):
    """A period of the reporting calendar; usually the month that runs."""

    period = PeriodField(_l("Reporting period"), blank=_l("The month that runs"))

    def asked(self) -> NamedPeriod:
        """The period asked for."""
        named: NamedPeriod | None = None if self.period.errors else self.period.period
        return named or period_holding(PeriodKind.MONTH, today())
