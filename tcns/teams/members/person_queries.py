"""Whether somebody who joins a team is on file already, so far as what was typed can tell."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import selectinload

from tcns.areas.places import Trail, trails, usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database import db
from tcns.i18n import gettext as _
from tcns.permissions.scope import Scope
from tcns.teams.identity import Described, bare_name, may_be_elsewhere, may_be_in_team, name_key
from tcns.teams.models import Membership, Person, Team
from tcns.teams.ownership import present_or_last
from tcns.vietnamese import fold

MOST = 5


class KnownPerson(NamedTuple):
    """Somebody on file, of whom no more than the name is told, and the commune or the team."""

    person_id: int
    name: str
    place: str


def known_persons(scope: Scope, team: Team, text: Described, map_on: date) -> list[KnownPerson]:
    """Who of those on file may be meant by somebody who joins a team; those of the team first.

    In the team, whoever a file would take for the same or hold back; elsewhere, wherever it is,
    those of the same name and phone. Somebody without a phone is looked for within the scope
    alone: a name is not enough to be told of another commune's people.
    """
    found = [each for each in _candidates(scope, team, text) if _may_be(text, each, team)]
    found.sort(key=lambda person: not _is_of(person, team))
    return _placed(found[:MOST], team, map_on)


def _candidates(scope: Scope, team: Team, text: Described) -> Sequence[Person]:
    """Those on file who are looked at: of the team, with the phone, or with the name alone."""
    of_team = Person.id.in_(select(Membership.person_id).where(Membership.team_id == team.id))
    query = (
        select(Person)
        .where(or_(of_team, _has_phone(scope, text)), Person.merged_into_id.is_(None))
        .options(selectinload(Person.memberships).joinedload(Membership.team))
        .order_by(Person.id)
    )
    return db.session.scalars(query).all()


def _has_phone(scope: Scope, text: Described) -> ColumnElement[bool]:
    """The clause that a person has this phone; or, without one, lies in the scope by this name."""
    if text.phone:
        return Person.phone == text.phone
    names = {fold(text.full_name), bare_name(text.full_name)}
    return and_(Person.phone.is_(None), Person.search_key.in_(names), scope.clause(Person))


def _may_be(text: Described, person: Person, team: Team) -> bool:
    """Whether a person on file may be the one who joins a team."""
    if _is_of(person, team):
        return may_be_in_team(text, person)
    if text.phone:
        return may_be_elsewhere(text, person)
    return name_key(text.full_name) == name_key(person.full_name)


def _is_of(person: Person, team: Team) -> bool:
    """Whether a person is, or was, in a team."""
    return any(each.team_id == team.id for each in person.memberships)


def _placed(persons: Sequence[Person], team: Team, map_on: date) -> list[KnownPerson]:
    """The persons with their communes; those of the team with their years of birth, by which
    namesakes are told apart."""
    area_of = {person.id: team_area(person, map_on) for person in persons}
    placed = trails(set(area_of.values()) - {0}, map_on)
    return [
        KnownPerson(
            person.id,
            person.full_name,
            _in_team(person)
            if _is_of(person, team)
            else _commune(placed.get(area_of[person.id], {})),
        )
        for person in persons
    ]


def _in_team(person: Person) -> str:
    """That somebody is, or was, in the team, and when they were born."""
    if person.birth_year:
        return _("in this team already, born %(year)s", year=person.birth_year)
    return _("in this team already")


def team_area(person: Person, day: date) -> int:
    """The area of the team where a person is, or was last; 0 for nowhere."""
    keeping = person.keeping_membership(day)
    return keeping.team.area_id if keeping else 0


class Keeper(NamedTuple):
    """A commune that may keep a person's data: the team in which they are there, and its name."""

    team_id: int
    commune: str


def other_keepers(person: Person, day: date) -> list[Keeper]:
    """The communes to which a person's data can be handed over: where they are in a team on a day,
    but for the one that keeps them; of each the team in which they are longest."""
    parts = present_or_last(person.memberships, day)
    placed = trails({part.team.area_id for part in parts}, usual_map(day))
    keeping = person.keeping_membership(day)
    taken = {_commune(placed[keeping.team.area_id])} if keeping else set()
    found = []
    for part in parts:
        commune = _commune(placed[part.team.area_id])
        if commune not in taken:
            taken.add(commune)
            found.append(Keeper(part.team_id, commune))
    return found


def keeping_commune(person: Person) -> str:
    """The name of the commune that keeps a person's data."""
    day = usual_map(today())
    area_id = team_area(person, today())
    return _commune(trails([area_id] if area_id else [], day).get(area_id, {}))


def _commune(trail: Trail) -> str:
    """The commune's name, or that of the lowest area there is."""
    step = trail.get(Level.COMMUNE) or trail.get(Level.VILLAGE)
    return step.label.full_name if step else "–"
