"""The form that moves a member to another team."""

from collections.abc import Mapping, Sequence
from typing import Any

from tcns.i18n import lazy_gettext as _l
from tcns.teams.fields import team_choices, team_field
from tcns.teams.members.forms import SpecFields
from tcns.teams.models import Team
from tcns.web.editing import EditingForm


class TransferForm(SpecFields, EditingForm):
    """The other team, the first day there, and what the member is to be in it."""

    team = team_field(_l("New team"))

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What the member is now."""
        return {"role": record.member_role, "body": record.member_body or ""}

    def offer_teams(self, teams: Sequence[Team]) -> None:
        """Offer the teams to move to."""
        self.team.choices = team_choices(teams)
