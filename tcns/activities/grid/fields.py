"""The field of a team where there are too many to look through."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from wtforms import StringField

from tcns.activities.entry.queries import Offered
from tcns.i18n import gettext as _
from tcns.vietnamese import fold


def names_of(teams: Sequence[Offered]) -> dict[str, int]:
    """The teams by their names; by name and commune where several bear one."""
    borne = Counter(fold(team.label) for team in teams)
    return {
        f"{team.label}, {team.heading}" if borne[fold(team.label)] > 1 else team.label: team.id
        for team in teams
    }


class TeamNameField(StringField):
    """A team by its name or the end of it, without regard to marks; its data is an id or None."""

    def __init__(self, label: Any, names: dict[str, int], **options: Any) -> None:
        super().__init__(label, **options)
        self.names = names

    def _value(self) -> str:
        """What was typed, else the name."""
        if self.raw_data:
            return str(self.raw_data[0])
        return next((name for name, team_id in self.names.items() if team_id == self.data), "")

    def process_formdata(self, values: list[str]) -> None:
        """Understand the name; refuse one that no team bears, or several."""
        text = fold(values[0]) if values else ""
        self.data = None
        if not text:
            return
        same = [team_id for name, team_id in self.names.items() if fold(name) == text]
        found = same or [
            team_id for name, team_id in self.names.items() if fold(name).endswith(f" {text}")
        ]
        if len(found) != 1:
            raise ValueError(
                _("Several teams are called so: choose one of the list.")
                if found
                else _("There is no such team.")
            )
        self.data = found[0]
