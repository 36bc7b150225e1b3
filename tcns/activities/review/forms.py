"""The forms that move a session on, and the one that asks for its team."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tcns.activities.entry.fields import record_id
from tcns.activities.entry.queries import Offered
from tcns.i18n import lazy_gettext as _l
from tcns.web.editing import EditingForm
from tcns.web.fields import note_field
from tcns.web.filters import NOT_OFFERED
from tcns.web.forms import FilterForm


class ButtonForm(EditingForm):
    """A button that moves a session on: it says who saved it meanwhile."""

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """A button shows nothing of the record."""
        return {}


class ReturnForm(ButtonForm):
    """Why a session is returned."""

    reason = note_field(_l("What is to be corrected?"), required=True)


class AskBackForm(ButtonForm):
    """Why an approved session is asked back."""

    reason = note_field(_l("Reason"), required=True)


class DeclineForm(ButtonForm):
    """Why a session that is asked back stays as it is."""

    reason = note_field(_l("Why does it stay as it is?"), required=True)


class TeamChoiceForm(FilterForm):
    """For which team a session is logged."""

    team = SelectField(_l("Team"), coerce=record_id, invalid_choice_message=NOT_OFFERED)

    def offer(self, teams: Sequence[Offered]) -> "TeamChoiceForm":
        """Offer these teams under their communes."""
        self.team.choices = [
            SelectChoice(value=str(one.id), label=one.label, optgroup=one.heading) for one in teams
        ]
        return self
