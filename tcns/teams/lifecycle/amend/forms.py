"""What is asked when a team is amended."""

from collections.abc import Mapping
from typing import Any

from tcns.i18n import lazy_gettext as _l
from tcns.teams.decisions.forms import DecisionFields
from tcns.teams.fields import team_name_field
from tcns.web.editing import EditingForm
from tcns.web.fields import past_day_field


class AmendmentForm(DecisionFields, EditingForm):
    """The decision that amends a team, and what the team is called from a day on."""

    name = team_name_field(_l("Name from then on"))
    first_day = past_day_field(_l("First day of the amendment"))

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """The name on file."""
        return {"name": record.name}
