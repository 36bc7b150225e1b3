"""What the history of teams and persons is made of: memberships, and the names behind ids."""

from collections.abc import Collection

from sqlalchemy import Select, String, cast, select

from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team, Training


def memberships_of_team(scope: Scope, team: Team) -> Select[tuple[int]]:
    """The ids of all memberships there ever were in a team of the scope."""
    return select(Membership.id).where(Membership.team_id == team.id, scope.clause(Membership))


def memberships_of_person(scope: Scope, person: Person) -> Select[tuple[int]]:
    """The ids of all memberships of a person in teams of the scope."""
    return select(Membership.id).where(Membership.person_id == person.id, scope.clause(Membership))


def merged_into_person(person: Person) -> Select[tuple[int]]:
    """The ids of the rows that were merged into a person."""
    return select(Person.id).where(Person.merged_into_id == person.id)


def training_of_person(person: Person) -> Select[tuple[int]]:
    """The ids of all training of a person."""
    return select(Training.id).where(Training.person_id == person.id)


def names_of_persons(ids: Collection[int]) -> dict[int, str]:
    """The full names of some persons, by their ids."""
    query = select(Person.id, Person.full_name).where(Person.id.in_(ids))
    return dict(db.session.execute(query).tuples().all())


def names_of_persons_in(scope: Scope, ids: Collection[int]) -> dict[int, str]:
    """The full names of those of some persons who lie in the scope, or the row that stands for
    them does."""
    persons = db.session.scalars(select(Person).where(Person.id.in_(ids))).all()
    standing = {each.standing.id for each in persons}
    seen = select(Person.id).where(Person.id.in_(standing), scope.clause(Person))
    inside = set(db.session.scalars(seen))
    return {each.id: each.full_name for each in persons if each.standing.id in inside}


def standing_persons(ids: Collection[int]) -> dict[int, int]:
    """The ids of the rows that stand for those of some persons who were merged into others."""
    merged = select(Person).where(Person.id.in_(ids), Person.merged_into_id.is_not(None))
    return {each.id: each.standing.id for each in db.session.scalars(merged)}


def names_of_members(ids: Collection[int]) -> dict[int, str]:
    """The full names of the persons of some memberships, by the memberships' ids.

    Of a membership that is gone, the trail knows whose it was.
    """
    query = select(Membership.id, Person.full_name).join(Membership.person)
    found = dict(db.session.execute(query.where(Membership.id.in_(ids))).tuples().all())
    gone = set(ids) - found.keys()
    return found | _names_of_gone(gone) if gone else found


def _names_of_gone(ids: Collection[int]) -> dict[int, str]:
    """The full names of the persons of memberships that were withdrawn or joined with others."""
    query = (
        select(AuditEvent.object_id, Person.full_name)
        .join(AuditEvent.values)
        .join(Person, cast(Person.id, String) == AuditValue.old)
        .where(AuditEvent.object_type == Membership.__tablename__, AuditEvent.object_id.in_(ids))
        .where(AuditEvent.event == Event.MEMBERSHIP_WITHDRAWN, AuditValue.field == "person")
    )
    return {key: name for key, name in db.session.execute(query) if key is not None}


def names_of_teams(ids: Collection[int]) -> dict[int, str]:
    """The names of some teams, by their ids."""
    query = select(Team.id, Team.name).where(Team.id.in_(ids))
    return dict(db.session.execute(query).tuples().all())


def teams_of_memberships(ids: Collection[int]) -> dict[int, str]:
    """The names of the teams of some memberships, by the memberships' ids."""
    query = select(Membership.id, Team.name).join(Membership.team)
    return dict(db.session.execute(query.where(Membership.id.in_(ids))).tuples().all())
