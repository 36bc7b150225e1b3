"""The filters of the list of sessions."""

from typing import Any, ClassVar

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tcns.activities.vocabulary import ActivityKind, Shown, Topic
from tcns.areas.place_forms import PlaceForm
from tcns.errors import RuleViolation
from tcns.i18n import lazy_gettext as _l
from tcns.web.filters import PeriodForm, choice_field

NO_TEAM = _l("There is no such team.")
LARGEST_ID = 2**31 - 1


def _id(text: object) -> int:
    """An id as it stands in an address; raises ValueError when it can be none."""
    number = int(str(text))
    if not 0 < number <= LARGEST_ID:
        raise ValueError
    return number


class ActivityFilterForm(PlaceForm, PeriodForm):
    """Which sessions a list shows: of a place, held in a period."""

    unseen: ClassVar[tuple[str, ...]] = (*PlaceForm.unseen, "team")

    status = choice_field(_l("Status"), Shown)
    kind = choice_field(_l("Kind of session"), ActivityKind, blank=_l("All"))
    topic = choice_field(_l("Topic"), Topic, blank=_l("All"))
    team = SelectField(
        _l("Team"), coerce=_id, choices=[], validate_choice=False, invalid_value_message=NO_TEAM
    )

    def name_team(self, team: Any) -> None:
        """Show the team asked for by its name, or say that there is none."""
        if team:
            self.team.choices = [SelectChoice(value=str(team.id), label=team.name)]
        elif self.value("team"):
            self.add_error(RuleViolation(NO_TEAM, "team"))
