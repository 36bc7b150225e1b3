"""The closed list of what can be undone as a whole."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class ReversibleKind(StrEnum):
    """What was done, in alphabetical order."""

    IMPORT = "import"
    MEMBERSHIPS_ENDED = "memberships_ended"
    PERSONS_MERGED = "persons_merged"
    SESSIONS_APPROVED = "sessions_approved"
    TEAM_AMENDED = "team_amended"
    TEAM_REFORMED = "team_reformed"
    TEAMS_DISSOLVED = "teams_dissolved"
    TEAMS_MERGED = "teams_merged"
    VILLAGE_ADDED = "village_added"
    VILLAGE_CLOSED = "village_closed"
    VILLAGE_RENAMED = "village_renamed"
    VILLAGES_MERGED = "villages_merged"

    @property
    def label(self) -> LazyString:
        """What was done, in words."""
        return REVERSIBLE_LABELS[self]


# What belongs to the place where it was done: whoever may do it there now may undo it. Anything
# else is undone by the one who did it alone.
OF_THE_PLACE = frozenset(
    {
        ReversibleKind.VILLAGE_ADDED,
        ReversibleKind.VILLAGE_CLOSED,
        ReversibleKind.VILLAGE_RENAMED,
        ReversibleKind.VILLAGES_MERGED,
    }
)

REVERSIBLE_LABELS = {
    ReversibleKind.IMPORT: _l("File taken in"),
    ReversibleKind.MEMBERSHIPS_ENDED: _l("Memberships ended"),
    ReversibleKind.PERSONS_MERGED: _l("Persons joined into one"),
    ReversibleKind.SESSIONS_APPROVED: _l("Sessions approved"),
    ReversibleKind.TEAM_AMENDED: _l("Team amended"),
    ReversibleKind.TEAM_REFORMED: _l("Team re-formed"),
    ReversibleKind.TEAMS_DISSOLVED: _l("Teams dissolved"),
    ReversibleKind.TEAMS_MERGED: _l("Teams merged"),
    ReversibleKind.VILLAGE_ADDED: _l("Village added"),
    ReversibleKind.VILLAGE_CLOSED: _l("Village closed"),
    ReversibleKind.VILLAGE_RENAMED: _l("Village renamed"),
    ReversibleKind.VILLAGES_MERGED: _l("Villages merged"),
}


class Action(StrEnum):
    """What a step did to its row."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
