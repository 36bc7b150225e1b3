"""What is found by a text: of teams, persons, areas and decisions the nearest few.

Nothing is indexed for it. Whatever holds the text anywhere is looked through in the stored folded
names, and the looking ends with the first MOST that were found: common names are found at once,
rare ones after one pass over the names, of which a nation has half a million.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select, true

from tcns.areas.lists import named_like
from tcns.areas.models import Area, AreaName, AreaPath
from tcns.areas.places import Place, Trail, trails
from tcns.areas.queries import Label, map_day, province
from tcns.database import db
from tcns.i18n import today
from tcns.permissions.scope import Scope
from tcns.search.ranking import nearness
from tcns.teams.member_queries import MemberFilter, PersonRow, person_rows
from tcns.teams.models import EstablishingDecision, Person, Team
from tcns.teams.search import (
    decision_matches,
    digits_of,
    person_matches,
    phone_matches,
    team_matches,
)
from tcns.vietnamese import fold

# How many of what is found are ranked, and how many of these are shown.
MOST, SHOWN = 300, 8

Row = TypeVar("Row")
Record = TypeVar("Record", Team, Person, Area, EstablishingDecision)


@dataclass(frozen=True)
class Found(Generic[Row]):
    """What was found of one kind: the nearest, and how many there are in all.

    `is_more` where there are more than were counted.
    """

    rows: list[Row]
    count: int
    is_more: bool


class TeamFound(NamedTuple):
    """A team, and where it is."""

    team: Team
    trail: Trail


class AreaFound(NamedTuple):
    """An area of the map, what it is called, and where it is."""

    area: Area
    label: Label
    trail: Trail


def find_teams(scope: Scope, text: str) -> Found[TeamFound]:
    """The teams of the scope, dissolved ones as well, by their name or that of their area."""
    query = select(Team.id, Team.sort_key, Team.name).where(scope.clause(Team), team_matches(text))
    ids, count = _nearest(query, Team.search_key, text)
    teams = _in_order(Team, ids)
    placed = trails((team.area_id for team in teams), map_day())
    rows = [TeamFound(team, placed.get(team.area_id, {})) for team in teams]
    return Found(rows, count, count >= MOST)


def find_persons(scope: Scope, text: str) -> Found[PersonRow]:
    """The persons of the scope by name, or by digits that follow each other in their phone."""
    digits = digits_of(text)
    matches = phone_matches(digits) if digits else person_matches(text)
    query = select(Person.id, Person.sort_key, Person.full_name).where(
        matches, Person.merged_into_id.is_(None), scope.clause(Person)
    )
    ids, count = _nearest(query, None if digits else Person.search_key, text)
    on_today = MemberFilter(on=today(), place=Place(map_day()))
    rows = person_rows(scope, _in_order(Person, ids), on_today)
    return Found(rows, count, count >= MOST)


def find_areas(scope: Scope, text: str) -> Found[AreaFound]:
    """The areas of the scope on the deployment's map, by name, kind and name, or code."""
    day = map_day()
    query = (
        select(Area.id, AreaName.sort_key, AreaName.name, AreaName.kind + " " + AreaName.name)
        .join(AreaName.area)
        .where(AreaName.valid_on(day), Area.valid_on(day), *named_like(text))
        .where(scope.clause(Area), _in_province())
    )
    ids, count = _nearest(query, AreaName.search_key, text)
    placed = trails(ids, day)
    rows = [
        AreaFound(area, placed[area.id][area.step].label, placed[area.id])
        for area in _in_order(Area, ids)
    ]
    return Found(rows, count, count >= MOST)


def find_decisions(scope: Scope, text: str) -> Found[EstablishingDecision]:
    """The decisions of the scope by their number."""
    decision = EstablishingDecision
    query = select(decision.id, decision.search_key, decision.number).where(
        scope.clause(decision), decision_matches(text)
    )
    ids, count = _nearest(query, decision.search_key, text)
    return Found(_in_order(decision, ids), count, count >= MOST)


def _nearest(query: Select[Any], key: Any, text: str) -> tuple[list[int], int]:
    """The ids of the nearest rows of a query for id, sort key and names; how many rows there are.

    Where there are more than can be ranked, those that begin with the text or hold it as whole
    words are ranked as well: nothing nearer is missed. `key` is the column of the folded names.
    """
    found = {row[0]: row for row in db.session.execute(query.limit(MOST))}
    count = len(found)
    if count == MOST and key is not None:
        nearer = query.where(_stands_out(key, fold(text))).limit(MOST)
        found |= {row[0]: row for row in db.session.execute(nearer)}
    ranked = sorted(found.values(), key=lambda row: (nearness(text, row[2:]), row[1], row[0]))
    return [row[0] for row in ranked[:SHOWN]], count


def _stands_out(key: Any, folded: str) -> ColumnElement[bool]:
    """The clause that a folded name begins with a folded text, or holds it as whole words."""
    begins = key.startswith(folded, autoescape=True)
    return or_(begins, (literal(" ") + key + " ").contains(f" {folded} ", autoescape=True))


def _in_order(model: type[Record], ids: Sequence[int]) -> list[Record]:
    """The records with these ids, in their order."""
    found = {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(ids)))}
    return [found[one] for one in ids]


def _in_province() -> ColumnElement[bool]:
    """The clause that an area of the map lies in the province served, not in another on file."""
    day = map_day()
    whole = province(day)
    if whole is None:
        return true()
    above = AreaPath.ancestor_id == whole.id, AreaPath.valid_on(day)
    return exists().where(AreaPath.descendant_id == Area.id, *above)
