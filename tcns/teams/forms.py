"""The filters of the lists of teams, persons and memberships."""

from collections.abc import Iterable

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tcns.areas.place_filter import PlaceForm
from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l
from tcns.teams.vocabulary import Activeness, Body, MemberRole, Purpose, TeamStatus
from tcns.web.filters import (
    NOT_OFFERED,
    YEARS,
    ListForm,
    PeriodForm,
    choice_field,
    day_field,
    not_after_today,
)


class DayForm(ListForm):
    """The day on which something is shown."""

    on = day_field(_l("On"), not_after_today)


class TeamFilterForm(PlaceForm, PeriodForm, DayForm):
    """Which teams a list shows; the period is that in which they did or did not hold sessions."""

    level = choice_field(_l("Level"), (Level.COMMUNE, Level.VILLAGE), blank=_l("All"))
    status = choice_field(_l("Status"), TeamStatus)
    activity = choice_field(_l("Sessions"), Activeness, blank=_l("All"))

    def is_in_force(self, name: str) -> bool:
        """The period matters only where sessions are asked for."""
        matters = name not in ("first", "last") or self.said("activity")
        return bool(matters) and super().is_in_force(name)


class MemberFilterForm(PlaceForm, DayForm):
    """Whose memberships, or which, a list shows."""

    role = choice_field(_l("Role"), MemberRole, blank=_l("All"))
    body = choice_field(_l("Body represented"), Body, blank=_l("All"))


def _year(text: object) -> int | None:
    """A year as it stands in an address, or none; raises ValueError when it can be no year."""
    if not text:
        return None
    if int(str(text)) not in YEARS:
        raise ValueError
    return int(str(text))


class DecisionFilterForm(PlaceForm):
    """Which decisions a list shows."""

    year = SelectField(
        _l("Year"),
        coerce=_year,
        choices=[],
        validate_choice=False,
        invalid_value_message=NOT_OFFERED,
    )
    purpose = choice_field(_l("Purpose"), Purpose, blank=_l("All"))

    def offer_years(self, years: Iterable[int]) -> None:
        """Offer these years, and the one asked for."""
        offered = sorted({*years, self.said("year")} - {None}, reverse=True)
        choices = [SelectChoice(value=str(year), label=str(year)) for year in offered]
        self.year.choices = [SelectChoice(value="", label=_l("All")), *choices]
