"""The kinds of files that can be imported: one list for page, file, command and job."""

from collections.abc import Callable

from tcns.imports.kinds.households.fields import HOUSEHOLDS
from tcns.imports.kinds.members.fields import MEMBERS
from tcns.imports.kinds.participants.fields import PARTICIPANTS
from tcns.imports.kinds.sessions.fields import SESSIONS
from tcns.imports.kinds.statistics.fields import STATISTICS
from tcns.imports.kinds.teams.fields import TEAMS
from tcns.imports.kinds.villages.fields import VILLAGES
from tcns.imports.rows.fields import FileKind
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission

KINDS = {
    kind.kind: kind
    for kind in (TEAMS, MEMBERS, VILLAGES, HOUSEHOLDS, STATISTICS, SESSIONS, PARTICIPANTS)
}


def kind_of(word: ImportKind | str) -> FileKind:
    """What is declared of a kind, with the columns it has at present."""
    kind = KINDS[ImportKind(word)]
    return kind.completed(kind)


def kinds_for(scope_of: Callable[[Permission], Scope]) -> list[FileKind]:
    """The kinds that somebody may import, somewhere."""
    return [kind for kind in KINDS.values() if scope_of(kind.permission)]
