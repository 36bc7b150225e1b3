"""What is asked when teams are dissolved, one or many."""

from collections.abc import Mapping
from typing import Any

from tcns.bulk.forms import LastDayForm
from tcns.i18n import lazy_gettext as _l
from tcns.teams.decisions.forms import DecisionFields
from tcns.web.editing import EditingForm
from tcns.web.fields import past_day_field


class DissolutionForm(DecisionFields, EditingForm):
    """The decision that dissolves a team, and the last day on which it exists."""

    last_day = past_day_field(_l("Last day"))

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """The last day, once the team has one."""
        return {"last_day": record.last_day} if record.last_day else {}


class DissolveManyForm(DecisionFields, LastDayForm):
    """The decision that dissolves many teams, and their last day."""
