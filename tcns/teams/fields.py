"""Fields of the forms that write teams, members and decisions."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from tcns.i18n import lazy_gettext as _l
from tcns.teams.models import Team
from tcns.web.fields import Filled, name_field, written_plainly
from tcns.web.filters import NOT_OFFERED


def team_name_field(label: Any, *, is_optional: bool = False) -> StringField:
    """The name of a team."""
    return name_field(label, written_plainly, is_optional=is_optional)


def team_field(label: Any) -> SelectField:
    """One of the teams that are offered later, by id."""
    return SelectField(label, [Filled()], choices=[], invalid_choice_message=NOT_OFFERED)


def team_choices(teams: Sequence[Team]) -> list[SelectChoice]:
    """The teams to choose from, none of them beforehand."""
    named = [SelectChoice(value=str(team.id), label=team.name) for team in teams]
    return [SelectChoice(value="", label=_l("Choose a team")), *named]
