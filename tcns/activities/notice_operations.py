"""Telling whoever has to do with a session what became of it."""

from typing import Any

from tcns.accounts.queries import officials_of
from tcns.activities.models import Activity
from tcns.notices.operations import notify
from tcns.notices.vocabulary import NoticeKind
from tcns.teams.members.queries import accounts_of_leaders
from tcns.teams.queries import commune_of


def tell_team(kind: NoticeKind, activity: Activity, *, by: Any) -> None:
    """Tell the team's leader and whoever entered the session."""
    leaders = accounts_of_leaders([activity.team])
    notify({*leaders, activity.entered_by_id}, kind, activity.id, _facts(activity), by=by)


def tell_officials(kind: NoticeKind, activity: Activity, *, by: Any) -> None:
    """Tell the officials of the team's commune."""
    notify(officials_of([commune_of(activity.team)]), kind, activity.id, _facts(activity), by=by)


def _facts(activity: Activity) -> dict[str, str]:
    """Which session it is: its team and its day."""
    return {"name": activity.team.name, "day": activity.held_on.isoformat()}
