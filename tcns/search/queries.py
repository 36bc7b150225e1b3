"""What is found by a text: of teams, persons, areas and decisions the nearest few.

No words are indexed for it. The stored folded names are looked through, and the looking ends with
the first MOST that were found: a common name is found at once, a rare one after one pass over the
names, of which a nation has half a million.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true

from tcns.areas.kind_words import written_out
from tcns.areas.list_queries import (
    begins_code,
    code_forms,
    divided,
    in_name_or_kind,
    lies_in_all,
)
from tcns.areas.models import Area, AreaName, AreaPath
from tcns.areas.naming import tidy
from tcns.areas.places import Place, Trail, trails
from tcns.areas.queries import Label, map_day, province_id
from tcns.clock import today
from tcns.database import db
from tcns.database.id_lists import in_given_ids
from tcns.permissions.scope import Scope
from tcns.search.ranking import Nearness
from tcns.teams.members.queries import MemberFilter, PersonRow, person_rows
from tcns.teams.models import EstablishingDecision, Person, Team
from tcns.teams.person_queries import PhoneScopes
from tcns.teams.search import digits_of, phone_matches
from tcns.vietnamese import fold, search_words

# How many of what is found are ranked, and how many of these are shown.
MOST, SHOWN = 300, 8
LAST = "\uffff"  # sorts behind every letter

Clauses = list[ColumnElement[bool]]
Row = TypeVar("Row")
Record = TypeVar("Record", Team, Person, Area, EstablishingDecision)


@dataclass(frozen=True)
class Found(Generic[Row]):
    """What was found of one kind: the nearest, how many there are, and whether there may be more
    than were counted."""

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


class Names(NamedTuple):
    """The rows whose names are looked through: for whom, the table, its folded names.

    Where all of them may be seen, or nearly all, `by_index` says so: their index alone is gone
    through then, and only what was found is read. Not so for areas: their index holds past names
    as well, which would be counted.
    """

    table: Any
    key: Any
    by_index: bool


def find_teams(scope: Scope, text: str) -> Found[TeamFound]:
    """The teams of the scope by their name, dissolved ones as well."""
    query = select(Team.id, Team.sort_key, Team.name).where(scope.clause(Team))
    names, day, text = Names(Team, Team.search_key, scope.everything), map_day(), _plain(text)
    further = [
        [*_holding(Team.search_key, " ".join(each.words)), lies_in_all(Team.area_id, each, day)]
        for each in divided(search_words(text), day)
    ]
    wanted = _holding(Team.search_key, text)
    if digits_of(text):
        coded = select(AreaName.area_id).where(AreaName.code.in_(code_forms(text)))
        wanted = [or_(and_(*wanted), Team.area_id.in_(coded))]
    found = _nearest(query, names, wanted, text, further)
    teams = _in_order(Team, found.rows)
    placed = trails((team.area_id for team in teams), map_day())
    rows = [TeamFound(team, placed.get(team.area_id, {})) for team in teams]
    return Found(rows, found.count, found.is_more)


def find_persons(scope: Scope, text: str, phones: PhoneScopes) -> Found[PersonRow]:
    """The persons of the scope by name, or by digits that follow each other in their phone, of
    those whose phones are seen in full."""
    query = select(Person.id, Person.sort_key, Person.full_name).where(
        scope.clause(Person), Person.merged_into_id.is_(None)
    )
    names, digits = Names(Person, Person.search_key, scope.everything), digits_of(text)
    wanted = [phone_matches(digits, phones)] if digits else _holding(Person.search_key, text)
    found = _nearest(query, names, wanted, text)
    on_today = MemberFilter(on=today(), place=Place(map_day()))
    rows = person_rows(scope, _in_order(Person, found.rows), on_today)
    return Found(rows, found.count, found.is_more)


def find_areas(scope: Scope, text: str) -> Found[AreaFound]:
    """The areas of the scope on the deployment's map: by name, with or without kind, or by code."""
    day, text = map_day(), _plain(text)
    query = (
        select(Area.id, AreaName.sort_key, AreaName.name, AreaName.kind + " " + AreaName.name)
        .join(AreaName.area)
        .where(AreaName.valid_on(day), Area.valid_on(day), scope.clause(Area), _in_province())
    )
    words = search_words(text)
    named = [in_name_or_kind(word) for word in words]
    further = [
        [*map(in_name_or_kind, each.words), lies_in_all(Area.id, each, day)]
        for each in divided(words, day)
    ]
    coded = [or_(*map(begins_code, code_forms(text)))]
    names = Names(AreaName, AreaName.search_key, by_index=False)
    found = _nearest(query, names, coded if digits_of(text) else named, text, further)
    placed = trails(found.rows, day)
    rows = [
        AreaFound(area, placed[area.id][area.step].label, placed[area.id])
        for area in _in_order(Area, found.rows)
    ]
    return Found(rows, found.count, found.is_more)


def find_decisions(scope: Scope, text: str) -> Found[EstablishingDecision]:
    """The decisions of the scope by their number."""
    decision = EstablishingDecision
    query = select(decision.id, decision.search_key, decision.number).where(scope.clause(decision))
    names = Names(decision, decision.search_key, scope.everything)
    found = _nearest(query, names, _holding(decision.search_key, text), text)
    return Found(_in_order(decision, found.rows), found.count, found.is_more)


def _holding(key: Any, text: str) -> Clauses:
    """The clauses that a folded name holds each word of a text."""
    return [key.contains(word, autoescape=True) for word in search_words(text)]


def _plain(text: str) -> str:
    """A text that may name areas: kinds written out, without signs at its ends."""
    out = written_out(text)
    return tidy(text) or text if out == fold(text) else out


def _nearest(
    query: Select[Any],
    names: Names,
    wanted: Clauses,
    text: str,
    further: Sequence[Clauses] = (),
) -> Found[int]:
    """The ids of the nearest rows of a query for id, sort key and names; `further` are other ways
    in which rows may be meant."""
    looks = [_worth_ranking(query, names, wanted, text)]
    looks += [_look(query, names, clauses) for clauses in further]
    rows = {key: row for look in looks for key, row in look.by_id.items()}
    is_cut = any(look.is_cut for look in looks)
    nearness = Nearness(text)
    ranked = sorted(rows.values(), key=lambda row: (nearness(row[2:]), row[1], row[0]))
    return Found([row[0] for row in ranked[:SHOWN]], len(rows), is_cut)


class Look(NamedTuple):
    """Some rows by id; whether the looking ended with them, so that there may be more."""

    by_id: dict[int, Any]
    is_cut: bool


def _worth_ranking(query: Select[Any], names: Names, wanted: Clauses, text: str) -> Look:
    """The rows that may be the nearest.

    Where more begin with the text than can be ranked, no others are looked for: an index tells so
    at once. Where only more hold it, those that end with it as a word are looked for as well, as
    given names do.
    """
    if digits_of(text):
        return _look(query, names, wanted)
    folded = " ".join(search_words(text))
    begins = [names.key.between(folded, folded + LAST)]
    begin = _look(query, names, begins) if names.by_index else None
    if begin and begin.is_cut:
        return begin
    hold = _look(query, names, wanted)
    if not hold.is_cut:
        return hold
    begin = begin or _look(query, names, begins)
    if begin.is_cut:
        return begin
    end = _look(query, names, [names.key.endswith(f" {folded}", autoescape=True)])
    return Look(begin.by_id | hold.by_id | end.by_id, is_cut=True)


def _look(query: Select[Any], names: Names, wanted: Clauses) -> Look:
    """The first MOST rows that are wanted.

    By an index they are counted before it is asked which of them are shown.
    """
    if not names.by_index:
        by_id = {row[0]: row for row in db.session.execute(query.where(*wanted).limit(MOST))}
        return Look(by_id, len(by_id) == MOST)
    first = select(names.table.id).where(*wanted).limit(MOST)
    is_shown = query.whereclause if query.whereclause is not None else true()
    shown = select(*query.selected_columns, is_shown).where(names.table.id.in_(first))
    rows = db.session.execute(shown).all()
    return Look({row[0]: row[:-1] for row in rows if row[-1]}, len(rows) == MOST)


def _in_order(model: type[Record], ids: Sequence[int]) -> list[Record]:
    """The records with these ids, in their order."""
    if not ids:
        return []
    found = {row.id: row for row in db.session.scalars(_with_ids(model), {"ids": ids})}
    return [found[one] for one in ids]


@lru_cache
def _with_ids(model: type[Record]) -> Select[tuple[Record]]:
    return select(model).where(in_given_ids(model.id))


def _in_province() -> ColumnElement[bool]:
    """The clause that an area of the map lies in the province served, not in another on file."""
    day = map_day()
    whole = province_id(day)
    if whole is None:
        return true()
    above = AreaPath.ancestor_id == whole, AreaPath.valid_on(day)
    return exists().where(AreaPath.descendant_id == Area.id, *above)
