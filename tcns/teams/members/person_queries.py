"""Whether somebody who joins a team is on file already: by exact name and phone."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import selectinload

from tcns.areas.places import Trail, trails
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person

MOST = 5


class KnownPerson(NamedTuple):
    """Somebody on file, of whom no more than name and commune is told."""

    person_id: int
    name: str
    place: str


def known_persons(
    scope: Scope, full_name: str | None, phone: str | None, map_on: date
) -> list[KnownPerson]:
    """The persons of exactly this name and phone, wherever they are.

    Somebody without a phone is looked for within the scope alone: a name is not enough to be
    told of another commune's people.
    """
    if not full_name:
        return []
    query = (
        select(Person)
        .where(Person.full_name == full_name, _has_phone(scope, phone))
        .where(Person.merged_into_id.is_(None))
        .options(selectinload(Person.memberships).joinedload(Membership.team))
        .order_by(Person.id)
        .limit(MOST)
    )
    persons = db.session.scalars(query).all()
    area_of = {person.id: team_area(person, map_on) for person in persons}
    placed = trails(set(area_of.values()) - {0}, map_on)
    return [
        KnownPerson(person.id, person.full_name, _commune(placed.get(area_of[person.id], {})))
        for person in persons
    ]


def _has_phone(scope: Scope, phone: str | None) -> ColumnElement[bool]:
    """The clause that a person has this phone, or none and lies in the scope."""
    return Person.phone == phone if phone else and_(Person.phone.is_(None), scope.clause(Person))


def team_area(person: Person, day: date) -> int:
    """The area of the team where a person is, or was last; 0 for nowhere."""
    kept: Sequence[Membership] = person.kept_memberships(day)
    return kept[0].team.area_id if kept else 0


def _commune(trail: Trail) -> str:
    """The commune's name, or that of the lowest area there is."""
    step = trail.get(Level.COMMUNE) or trail.get(Level.VILLAGE)
    return step.label.full_name if step else "–"
