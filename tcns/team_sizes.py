"""How many members the province expects in a team: settings, read wherever sizes are judged."""

from typing import NamedTuple

from flask import current_app


class TeamSizes(NamedTuple):
    """The least and the most members of a team of a commune and of a village; outside them a team
    is shown, never refused."""

    commune_least: int
    commune_most: int
    village_least: int
    village_most: int


def team_sizes() -> TeamSizes:
    """The sizes this installation is set to."""
    settings = current_app.config["TCNS"]
    return TeamSizes(
        settings.commune_team_least,
        settings.commune_team_size,
        settings.village_team_least,
        settings.village_team_size,
    )
