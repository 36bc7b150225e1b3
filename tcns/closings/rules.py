"""What closed months forbid."""

from datetime import date

from tcns.closings.queries import closing_over
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod, PeriodKind, period_holding
from tcns.teams.models import Team


class MonthClosed(RuleViolation):
    """The month of a session is closed; `day` is the session's."""

    def __init__(self, team: Team, day: date) -> None:
        month = period_holding(PeriodKind.MONTH, day)
        super().__init__(
            _(
                "The month %(month)s (%(first)s–%(last)s) is closed. To change its figures ask to "
                "have it opened again.",
                month=f"{month.number:02}/{month.year}",
                first=format_day(month.days.first),
                last=format_day(month.days.last),
            ),
            "held_on",
        )
        self.team, self.day = team, day


def check_open(team: Team, *days: date) -> None:
    """Refuse to change what is counted on days of a closed month; raises MonthClosed."""
    for day in sorted(set(days)):
        if closing_over(team, day):
            raise MonthClosed(team, day)


def closed_month(team: Team, day: date) -> NamedPeriod | None:
    """The month of a team's day, where it is closed."""
    return period_holding(PeriodKind.MONTH, day) if closing_over(team, day) else None
