"""Questions about courses: the list, who takes part, who might."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select

from tcns.areas.models import Area, AreaName
from tcns.areas.places import Place, Trail, name_order, trails
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.database.id_lists import in_ids
from tcns.database.ordering import USUAL, Order, in_order
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team, Training
from tcns.teams.training.models import Course
from tcns.vietnamese import search_words


@dataclass(frozen=True)
class CourseFilter:
    """Which courses a list shows."""

    place: Place
    text: str = ""
    order: Order = USUAL


class CourseRow(NamedTuple):
    """A course as a list shows it: whose it is, how many of the scope enrolled and completed."""

    course: Course
    trail: Trail
    enrolled: int
    completed: int


class Participant(NamedTuple):
    """Somebody who takes or took part, with the teams they are in; a file names the first of them,
    or the last one they were in, and where it lies."""

    training: Training
    person: Person
    teams: str
    team: str
    trail: Trail


class Part(NamedTuple):
    """A membership of somebody: its team, whether it holds on the day, and lies in the scope."""

    team: str
    area_id: int
    holds: bool
    is_mine: bool


class Candidate(NamedTuple):
    """A member of a team who may be enrolled, or is already."""

    person: Person
    is_enrolled: bool


def courses_in(scope: Scope, wanted: CourseFilter) -> Select[tuple[Course]]:
    """The courses of the scope that a list shows, usually the latest first."""
    query = select(Course).where(
        scope.clause(Course),
        wanted.place.holds(Course.area_id),
        *(Course.search_key.contains(w, autoescape=True) for w in search_words(wanted.text)),
    )
    columns: dict[str, Any] = {
        "name": Course.sort_key,
        "organiser": Course.organiser,
        "started_on": Course.started_on,
        "area": name_order(Course.area_id, wanted.place.map_on),
    }
    usual = Course.started_on.desc(), Course.sort_key, Course.id
    return in_order(query, wanted.order, columns, *usual)


def course_rows(
    scope: Scope, persons: Scope, courses: Sequence[Course], map_on: date
) -> list[CourseRow]:
    """What a list shows of some courses; of those who take part the persons of a scope count."""
    mine = [course for course in courses if scope.covers(course)]
    placed = trails((course.area_id for course in mine), map_on)
    query = (
        select(Training.course_id, func.count(), func.count(Training.finished_on))
        .where(Training.course_id.in_([course.id for course in mine]), persons.clause(Training))
        .group_by(Training.course_id)
    )
    counts = {key: (enrolled, done) for key, enrolled, done in db.session.execute(query)}
    return [
        CourseRow(each, placed.get(each.area_id, {}), *counts.get(each.id, (0, 0))) for each in mine
    ]


def participants_of(scope: Scope, course: Course, day: date, map_on: date) -> list[Participant]:
    """The persons of the scope who take or took part, in Vietnamese order."""
    query = (
        select(Training, Person)
        .join(Training.person)
        .where(Training.course_id == course.id, scope.clause(Training))
        .order_by(Person.sort_key, Training.id)
    )
    found = db.session.execute(query).all()
    parts = _parts_of(scope, [person.id for _training, person in found], day)
    placed = trails((part.area_id for own in parts.values() for part in own), map_on)
    return [
        _participant(training, person, parts.get(person.id, []), placed)
        for training, person in found
    ]


def _participant(
    training: Training, person: Person, parts: Sequence[Part], placed: Mapping[int, Trail]
) -> Participant:
    """Somebody with the teams they are in, and the one by which a file knows them."""
    present = [part for part in parts if part.holds]
    teams = "; ".join(dict.fromkeys(part.team for part in present))
    known = next((part for part in [*present, *reversed(parts)] if part.is_mine), None)
    trail = placed.get(known.area_id, {}) if known else {}
    return Participant(training, person, teams, known.team if known else "", trail)


def _parts_of(scope: Scope, person_ids: Collection[int], day: date) -> dict[int, list[Part]]:
    """The memberships of some persons, by person, the earliest first."""
    is_mine = scope.clause(Membership)
    query = (
        select(
            *(Membership.person_id, Team.name, Team.area_id),
            *(case((condition, 1)) for condition in (Membership.valid_on(day), is_mine)),
        )
        .join(Membership.team)
        .where(in_ids(Membership.person_id, person_ids))
        .order_by(Membership.valid_from, Membership.id)
    )
    parts: dict[int, list[Part]] = {}
    for person_id, name, area_id, *flags in db.session.execute(query):
        parts.setdefault(person_id, []).append(Part(name, area_id, *map(bool, flags)))
    return parts


def candidates_of(scope: Scope, course: Course, team: Team, day: date) -> list[Candidate]:
    """The members of a team on a day who lie in the scope, in Vietnamese order."""
    enrolled = set(
        db.session.scalars(select(Training.person_id).where(Training.course_id == course.id))
    )
    query = (
        select(Person)
        .where(
            Person.id.in_(
                select(Membership.person_id).where(
                    Membership.team_id == team.id, Membership.valid_on(day)
                )
            ),
            scope.clause(Person),
        )
        .order_by(Person.sort_key, Person.id)
    )
    return [Candidate(each, each.id in enrolled) for each in db.session.scalars(query)]


def authorities(scope: Scope, day: date) -> list[tuple[Area, AreaName]]:
    """The communes, districts and provinces of the scope that may keep a course, from the top."""
    query = (
        select(Area, AreaName)
        .join(AreaName.area)
        .where(Area.level != Level.VILLAGE, scope.clause(Area))
        .where(Area.valid_on(day), AreaName.valid_on(day))
        .order_by(Area.level.desc(), AreaName.sort_key, AreaName.code)
    )
    return [(area, name) for area, name in db.session.execute(query)]
