"""The filters of the lists of teams, persons and memberships."""

from collections.abc import Mapping
from typing import Any

from tcns.areas.place_forms import PlaceForm
from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l
from tcns.teams.fields import team_name_field
from tcns.teams.vocabulary import Activeness, Led, SizeFound, TeamStatus
from tcns.web.editing import EditingForm
from tcns.web.fields import past_day_field
from tcns.web.filters import (
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
    leader = choice_field(_l("Leader"), Led, blank=_l("All"))
    members = choice_field(_l("Number of members"), SizeFound, blank=_l("All"))
    activity = choice_field(_l("Sessions"), Activeness, blank=_l("All"))

    def is_in_force(self, name: str) -> bool:
        """The period matters only where sessions are asked for."""
        matters = name not in ("first", "last") or self.value("activity")
        return bool(matters) and super().is_in_force(name)


class TeamForm(EditingForm):
    """A team's name and first day, to be corrected."""

    name = team_name_field(_l("Name"))
    first_day = past_day_field(_l("First day"))

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is on file."""
        return {"name": record.name, "first_day": record.valid_from}
