"""The form that merges a team into another: which, by what decision, who goes along."""

from collections.abc import Mapping, Sequence
from typing import Any

from tcns.i18n import lazy_gettext as _l
from tcns.teams.decisions.forms import DecisionFields
from tcns.teams.fields import team_choices, team_field
from tcns.teams.lifecycle.roster import stamp
from tcns.teams.lifecycle.roster_forms import RosterFields, key_of, member_fields
from tcns.teams.models import Membership, Team
from tcns.teams.vocabulary import MemberRole
from tcns.web.editing import EditingForm
from tcns.web.fields import past_day_field


class MergeTeamForm(RosterFields, DecisionFields, EditingForm):
    """What is asked everywhere; `merge_form_for` adds the rows of the members."""

    into = team_field(_l("Merged into"))
    first_day = past_day_field(_l("First day as one team"))

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """Nothing of the team itself is edited."""
        return {}


def merge_form_for(
    team: Team, members: Sequence[Membership], teams: Sequence[Team], **filled: Any
) -> MergeTeamForm:
    """The form with a row for each present member, who goes along as a member."""
    fields = member_fields(members, _l("Goes along"), with_body=False)
    filled |= {f"{key_of(membership)}_role": MemberRole.MEMBER for membership in members}
    filled |= {"version": team.version, "listed": stamp(members)}
    form = type("MergeFormOfTeam", (MergeTeamForm,), fields)(data=filled)
    form.record, form.members = team, members
    form.into.choices = team_choices(teams)
    return form  # type: ignore[no-any-return]
