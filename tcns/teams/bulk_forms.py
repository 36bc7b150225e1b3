"""What is asked when many memberships end, or many teams are dissolved, at once."""

from tcns.i18n import lazy_gettext as _l
from tcns.i18n import today
from tcns.reversals.bulk import BulkForm
from tcns.teams.decision_forms import DecisionFields
from tcns.teams.fields import past_day_field
from tcns.web.fields import line_field


class LastDayForm(BulkForm):
    """The last day of many records: on it depends to which of them it can be done."""

    last_day = past_day_field(_l("Last day"))

    def answers(self) -> str:
        """The last day."""
        return self.last_day.data.isoformat() if self.last_day.data else ""

    def suggest_today(self) -> None:
        """Begin with today."""
        self.last_day.data = today()

    def is_clear(self) -> bool:
        """Whether there is a day for which it can be stated what would be done."""
        return super().is_clear() and bool(self.last_day.data and not self.last_day.errors)


class EndManyForm(LastDayForm):
    """The last day of many memberships, and why they end."""

    reason = line_field(_l("Reason"), required=False)


class DissolveManyForm(DecisionFields, LastDayForm):
    """The decision that dissolves many teams, and their last day."""
