"""What the history of teams and persons is made of: memberships, and the names behind ids."""

from collections.abc import Collection

from sqlalchemy import Select, select

from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team, Training


def memberships_of_team(scope: Scope, team: Team) -> Select[tuple[int]]:
    """The ids of all memberships there ever were in a team of the scope."""
    return select(Membership.id).where(Membership.team_id == team.id, scope.clause(Membership))


def memberships_of_person(scope: Scope, person: Person) -> Select[tuple[int]]:
    """The ids of all memberships of a person in teams of the scope."""
    return select(Membership.id).where(Membership.person_id == person.id, scope.clause(Membership))


def training_of_person(person: Person) -> Select[tuple[int]]:
    """The ids of all training of a person."""
    return select(Training.id).where(Training.person_id == person.id)


def names_of_persons(ids: Collection[int]) -> dict[int, str]:
    """The full names of some persons, by their ids."""
    query = select(Person.id, Person.full_name).where(Person.id.in_(ids))
    return dict(db.session.execute(query).tuples().all())


def names_of_members(ids: Collection[int]) -> dict[int, str]:
    """The full names of the persons of some memberships, by the memberships' ids."""
    query = select(Membership.id, Person.full_name).join(Membership.person)
    return dict(db.session.execute(query.where(Membership.id.in_(ids))).tuples().all())


def names_of_teams(ids: Collection[int]) -> dict[int, str]:
    """The names of some teams, by their ids."""
    query = select(Team.id, Team.name).where(Team.id.in_(ids))
    return dict(db.session.execute(query).tuples().all())


def teams_of_memberships(ids: Collection[int]) -> dict[int, str]:
    """The names of the teams of some memberships, by the memberships' ids."""
    query = select(Membership.id, Team.name).join(Membership.team)
    return dict(db.session.execute(query.where(Membership.id.in_(ids))).tuples().all())
