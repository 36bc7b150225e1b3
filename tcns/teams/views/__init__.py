"""Pages of teams: lists, one team or person, establishing, members, putting right."""

from tcns.teams import rights
from tcns.teams.views import (
    accounts,
    bulk,
    corrections,
    decisions,
    dissolving,
    establishing,
    lists,
    members,
    reading,
)
from tcns.teams.views.root import blueprint

# Importing the pages is what puts them on the blueprint; importing the rights registers them.
__all__ = [
    "accounts",
    "blueprint",
    "bulk",
    "corrections",
    "decisions",
    "dissolving",
    "establishing",
    "lists",
    "members",
    "reading",
    "rights",
]
