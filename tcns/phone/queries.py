"""What a phone needs to log sessions without signal, and for which teams it may."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from tcns.accounts.models import User
from tcns.activities.entry.queries import Offered
from tcns.activities.models import Activity
from tcns.areas.places import trails, usual_map
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.indicators.names import names_of_indicators
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team


def own_teams(scope: Scope, on: date) -> list[Team]:
    """The teams in which somebody logs as a member, those of today, by name."""
    own = Scope(teams=scope.teams)
    query = select(Team).where(own.clause(Team), Team.valid_on(on))
    return list(db.session.scalars(query.order_by(Team.sort_key, Team.id)))


def place_of(team: Team, on: date) -> str:
    """What the commune of a team is called, for the band of the page."""
    trail = trails([team.area_id], usual_map(on)).get(team.area_id, {})
    return trail[Level.COMMUNE].label.full_name if Level.COMMUNE in trail else ""


def team_that_day(scope: Scope, user: User, team_id: int | None, day: date) -> Team | None:
    """The team, if one may log for it: today by one's rights, or as a member of that day.

    A team may be dissolved, or one may have left it, between a session and the signal that takes
    it home: what was held while one was in the team is still one's own to tell.
    """
    was_member = (
        select(Membership.team_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.user_id == user.id, Membership.valid_on(day))
    )
    allowed = or_(scope.clause(Team), Team.id.in_(was_member))
    return db.session.scalar(select(Team).where(Team.id == team_id, allowed))


def has_ever_been_member(user: User) -> bool:
    """Whether the account is that of somebody who is, or was, in a team."""
    query = select(Membership.id).join(Person, Person.id == Membership.person_id)
    return db.session.scalar(query.where(Person.user_id == user.id).limit(1)) is not None


def session_sent_as(client_key: str) -> Activity | None:
    """The session that was logged under a key, if there is one."""
    return db.session.scalar(select(Activity).where(Activity.client_key == client_key))


def own_session_sent_as(user: User, client_key: str) -> Activity | None:
    """The same, of those that an account entered itself."""
    known = session_sent_as(client_key)
    return known if known and known.entered_by_id == user.id else None


def indicators_named(ids: Iterable[int]) -> list[Offered]:
    """Some indicators by what they are called; what is none is named by its number."""
    wanted = sorted(set(ids))
    names = names_of_indicators(wanted)
    return [Offered(one, names.get(one, str(one))) for one in wanted]
