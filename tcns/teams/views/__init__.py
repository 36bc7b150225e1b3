"""Pages of teams: lists, one team or person, establishing, members, putting right."""

from tcns.teams import reversal_rules, rights
from tcns.teams.views import (
    accounts,
    amending,
    bulk,
    corrections,
    decisions,
    dissolving,
    establishing,
    lists,
    many_accounts,
    members,
    merging,
    reading,
    reforming,
    reopening,
    training,
    transferring,
)
from tcns.teams.views.root import blueprint

# Importing the pages is what puts them on the blueprint; importing rights and rules registers them.
__all__ = [
    "accounts",
    "amending",
    "blueprint",
    "bulk",
    "corrections",
    "decisions",
    "dissolving",
    "establishing",
    "lists",
    "many_accounts",
    "members",
    "merging",
    "reading",
    "reforming",
    "reopening",
    "reversal_rules",
    "rights",
    "training",
    "transferring",
]
