"""The filters of the list of sessions."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tcns.activities.vocabulary import ActivityForm, ActivityKind, Shown, Topic
from tcns.areas.place_forms import PlaceForm
from tcns.areas.vocabulary import OnRecord
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.indicators.names import IndicatorName
from tcns.vietnamese import normalise
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

    unseen: ClassVar[tuple[str, ...]] = (*PlaceForm.unseen, "team", "households")

    status = choice_field(_l("Status"), Shown)
    kind = choice_field(_l("Kind of session"), ActivityKind, blank=_l("All"))
    form = choice_field(_l("Form"), ActivityForm, blank=_l("All"))
    topic = choice_field(_l("Topic"), Topic, blank=_l("All"))
    indicator = SelectField(
        _l("Indicator"),
        choices=[],
        default="",
        validate_choice=False,
        filters=[normalise],
    )
    households = choice_field(_l("Households of the village"), OnRecord, blank="")
    team = SelectField(
        _l("Team"), coerce=_id, choices=[], validate_choice=False, invalid_value_message=NO_TEAM
    )

    def offer_indicators(self, indicators: Iterable[IndicatorName]) -> IndicatorName | None:
        """Offer some indicators, and give the one that is asked for."""
        named = {each.code: each for each in indicators}
        self.indicator.choices = [
            SelectChoice(value="", label=_l("All")),
            *(SelectChoice(value=code, label=each.name) for code, each in named.items()),
        ]
        wanted = self.value("indicator")
        if wanted and wanted not in named:
            self.add_error(RuleViolation(_("There is no such indicator."), "indicator"))
        return named.get(wanted or "")

    def name_team(self, team: Any) -> None:
        """Show the team asked for by its name, or say that there is none."""
        if team:
            self.team.choices = [SelectChoice(value=str(team.id), label=team.name)]
        elif self.value("team"):
            self.add_error(RuleViolation(NO_TEAM, "team"))
