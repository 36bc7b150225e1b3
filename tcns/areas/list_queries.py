"""The flat list of areas: those of a place on a map, narrowed by level, name and teams; and the
areas that lists let one choose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from tcns.areas.kind_words import after_kind, written_out
from tcns.areas.models import Area, AreaName, AreaPath
from tcns.areas.naming import with_zeros
from tcns.areas.places import Place, Trail, label_of, trails
from tcns.areas.queries import Label, below, provinces_of_today, taken_at
from tcns.areas.villages.household_queries import total_households, villages_with_households
from tcns.areas.vocabulary import AreaKind, Level, OnRecord, full_name_of
from tcns.database import db
from tcns.database.kept import kept
from tcns.database.ordering import USUAL, Order, in_order, rank_in
from tcns.permissions.scope import Scope
from tcns.vietnamese import fold, search_words

KIND_WORDS = frozenset(word for kind in AreaKind for word in fold(kind).split())
# Of what was typed so many words are looked at for names of areas.
MOST_WORDS = 8


@dataclass(frozen=True)
class AreaFilter:
    """Which areas of a place are asked for.

    `tops` are the areas, by id, under which to look where the place is everything; none means
    everywhere. `text` is looked for in names and kinds, without marks, and at the beginning of
    codes. `in_ids` and `outside` are queries of area ids: with them other domains say what they
    know of an area. By `households` they are the villages whose number of households is on record
    by the day `known_by`, or is not.
    """

    place: Place
    tops: Sequence[int] = ()
    level: Level | None = None
    text: str | None = None
    in_ids: Select[tuple[int]] | None = None
    outside: Select[tuple[int]] | None = None
    households: OnRecord | None = None
    known_by: date = date.max
    order: Order = USUAL


# Further sights of the tables, made once: making one takes longer than most questions.
Above, CalledDistrict = aliased(AreaPath), aliased(AreaName)


class AreaRow(NamedTuple):
    """An area as a list shows it: with those above it on the map, and how many teams of its own
    level it has."""

    area: Area
    trail: Trail
    team_count: int

    @property
    def label(self) -> Label:
        """What the area is called."""
        return self.trail[self.area.step].label


def listed_areas(
    scope: Scope, wanted: AreaFilter, team_count: Any = None
) -> Select[tuple[Area, AreaName]]:
    """The areas asked for with their names on the map, usually from the province down, by name.

    `team_count`, where it is given, is how many teams an area has: to sort by.
    """
    day = wanted.place.map_on
    query = (
        select(Area, AreaName)
        .join(AreaName, and_(AreaName.area_id == Area.id, AreaName.valid_on(day)))
        .where(Area.valid_on(day), scope.clause(Area), _lies_in(wanted))
    )
    if wanted.level:
        query = query.where(Area.level == wanted.level)
    if wanted.in_ids is not None:
        query = query.where(Area.id.in_(wanted.in_ids))
    if wanted.outside is not None:
        query = query.where(Area.id.not_in(wanted.outside))
    if wanted.households:
        query = query.where(_on_record(wanted, wanted.households))
    rank = rank_in(Level, Area.level)
    columns = {
        "name": AreaName.sort_key,
        "code": AreaName.code,
        "level": rank,
        "teams": team_count,
    }
    usual = rank, AreaName.sort_key, AreaName.code
    return in_order(query.where(named_like(wanted.text, day)), wanted.order, columns, *usual)


def _on_record(wanted: AreaFilter, households: OnRecord) -> ColumnElement[bool]:
    """The clause that an area is a village whose number of households is known, or is not."""
    known = villages_with_households(wanted.known_by)
    is_in = Area.id.in_ if households is OnRecord.KNOWN else Area.id.not_in
    return and_(Area.level == Level.VILLAGE, is_in(known))


def households_listed(scope: Scope, wanted: AreaFilter) -> int:
    """How many households the areas of a list have together, as far as that is known."""
    listed = listed_areas(scope, wanted).with_only_columns(Area.id).order_by(None)
    return total_households(listed, wanted.known_by)


def _lies_in(wanted: AreaFilter) -> ColumnElement[bool]:
    """The clause that an area of the map lies in the place; what is on the map needs no seat."""
    place = wanted.place
    tops = wanted.tops if place.area_id is None else [place.area_id]
    if not tops:
        return true()
    inside = Area.id.in_(below(tops, place.map_on))
    if place.unallocated is None:
        return inside
    return inside & ~taken_at(Area.id, place.unallocated, place.map_on).exists()


def named_like(text: str | None, day: date) -> ColumnElement[bool]:
    """The clause that each word of a text is in an area's name, is its kind or begins its code;
    or that those in front are, and those behind name areas in which it lies."""
    words = search_words(written_out(text or ""))
    return or_(
        _has_words(words),
        *(_has_words(each.words) & lies_in_all(Area.id, each, day) for each in divided(words, day)),
    )


def _has_words(words: Sequence[str]) -> ColumnElement[bool]:
    """The clause that each word is in an area's name, is its kind or begins its code."""
    return and_(
        true(),
        *(
            or_(in_name_or_kind(word), *(begins_code(form) for form in code_forms(word)))
            for word in words
        ),
    )


def code_forms(text: str) -> set[str]:
    """A code as it was typed, and with the zero in front that spreadsheets eat."""
    return {text, with_zeros(text)} if text.replace(".", "").isdecimal() else {text}


def begins_code(text: str) -> ColumnElement[bool]:
    """The clause that an area's code begins with a text."""
    return AreaName.code.startswith(text, autoescape=True)


class Divided(NamedTuple):
    """A text that names areas at its end: the words in front, and for each name the areas of it."""

    words: Sequence[str]
    above: Sequence[Sequence[int]]


def divided(words: Sequence[str], day: date) -> list[Divided]:
    """Every way in which the last of some folded words name communes, districts or provinces:
    bó mu | hòa phú | chiêm hóa."""
    words = words[-MOST_WORDS:]
    if len(words) < 2:
        return []
    spans = {
        after_kind(" ".join(words[start:end]))
        for start in range(1, len(words))
        for end in range(start + 1, len(words) + 1)
    }
    query = (
        select(AreaName.search_key, AreaName.area_id)
        .join(AreaName.area)
        .where(AreaName.search_key.in_(spans), Area.level != Level.VILLAGE)
        .where(AreaName.valid_on(day), Area.valid_on(day))
    )
    named: dict[str, list[int]] = {}
    for key, area_id in db.session.execute(query):
        named.setdefault(key, []).append(area_id)
    return list(_divide(list(words), named)) if named else []


def _divide(words: Sequence[str], named: Mapping[str, list[int]]) -> Iterator[Divided]:
    """The ways to take names of areas off the end of some words; something is left in front that
    is not but a kind."""
    for start in range(1, len(words)):
        if KIND_WORDS.issuperset(words[:start]):
            continue
        if ids := named.get(after_kind(" ".join(words[start:]))):
            yield Divided(words[:start], [ids])
            for rest in _divide(words[:start], named):
                yield Divided(rest.words, [*rest.above, ids])


def lies_in_all(area_id: Any, parts: Divided, day: date) -> ColumnElement[bool]:
    """The clause that an area lies in one of the areas of each name."""
    return and_(*(area_id.in_(below(ids, day)) for ids in parts.above))


def in_name_or_kind(word: str) -> ColumnElement[bool]:
    """The clause that one folded word is in an area's name, or is a word of its kind."""
    in_name = AreaName.search_key.contains(word, autoescape=True)
    kinds = [kind for kind in AreaKind if word in fold(kind).split()]
    return or_(in_name, AreaName.kind.in_(kinds)) if kinds else in_name


def area_rows(areas: Sequence[Area], day: date, team_counts: Mapping[int, int]) -> list[AreaRow]:
    """What a list shows of some of its areas, given the number of their own teams."""
    placed = trails([area.id for area in areas], day)
    return [AreaRow(area, placed[area.id], team_counts.get(area.id, 0)) for area in areas]


class Option(NamedTuple):
    """An area to choose, and the district it stands in where there is one."""

    id: int
    label: Label
    district: str | None


# A scope of so few areas is chosen from village by village.
FEW = 60


@kept("areas")
def areas_to_choose(scope: Scope, day: date) -> tuple[Option, ...]:
    """The districts and communes of the scope on a day; of a small scope the villages as well.

    In Vietnamese order, each district before what stands in it, communes before villages. Who may
    see everything chooses among those of all that became today's province: the gazetteer holds
    another.
    """
    if not scope.everything and not scope.areas:
        return ()
    levels = [Level.DISTRICT, Level.COMMUNE]
    if not scope.everything and len(scope.areas) <= FEW:
        levels.append(Level.VILLAGE)
    found = db.session.execute(_to_choose(scope, day, levels))
    return tuple(Option(row.id, label_of(row), _district_of(row)) for row in found)


def _district_of(row: Any) -> str | None:
    """The full name of the district that an area to choose stands in, or is."""
    return full_name_of(row.district_kind, row.district_name) if row.district_name else None


def _to_choose(scope: Scope, day: date, levels: Sequence[Level]) -> Select[Any]:
    """The areas of some levels in the scope on a day, each with its name and its district's.

    These are plain columns: every list offers them.
    """
    districts = select(Area.id).where(Area.level == Level.DISTRICT, Area.valid_on(day))
    stands_in = and_(
        Above.descendant_id == Area.id, Above.valid_on(day), Above.ancestor_id.in_(districts)
    )
    is_called = and_(CalledDistrict.area_id == Above.ancestor_id, CalledDistrict.valid_on(day))
    rank = case({level: level.rank for level in levels}, value=Area.level)
    return (
        select(
            Area.id,
            AreaName.kind,
            AreaName.name,
            AreaName.code,
            AreaName.sort_key,
            CalledDistrict.kind.label("district_kind"),
            CalledDistrict.name.label("district_name"),
        )
        .join(AreaName.area)
        .outerjoin(Above, stands_in)
        .outerjoin(CalledDistrict, is_called)
        .where(Area.level.in_(levels), Area.valid_on(day), AreaName.valid_on(day))
        .where(_may_be_chosen(scope, day))
        .order_by(
            func.coalesce(CalledDistrict.sort_key, ""), rank, AreaName.sort_key, AreaName.code
        )
    )


def _may_be_chosen(scope: Scope, day: date) -> ColumnElement[bool]:
    """The clause that an area lies in the scope; where that is all, in what became today's
    province."""
    provinces = provinces_of_today(day) if scope.everything else []
    if not provinces:
        return scope.clause(Area)
    inside = AreaPath.descendant_id == Area.id
    tops = AreaPath.ancestor_id.in_([province.id for province in provinces])
    return exists().where(inside, tops, AreaPath.valid_on(day))
