"""How villages come through the reforms of 2024 and 2025: the same village under a new commune.

A village goes where its commune went. Of a commune that was split, the villages are apportioned
by a fixed rule, for how they really went is not known here: they alternate, by number, over the
successors in the order of their codes, the first village to the first successor.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from tcns.areas.gazetteer_operations import lines
from tcns.areas.models import AreaName, AreaPlacement
from tcns.areas.vocabulary import AreaKind
from tcns.demo.filling import Filling
from tcns.demo.places import BEGINNING, Village
from tcns.vietnamese import fold, sort_key


class Stay(NamedTuple):
    """A village under a commune (by gazetteer key) from a day to the day before another."""

    commune: str
    starts: date
    ends: date | None


class Naming(NamedTuple):
    """What a village is called from a day on."""

    starts: date
    kind: AreaKind
    name: str


def follow_reforms(filling: Filling, villages: Sequence[Village], ids: dict[str, int]) -> None:
    """Place and name the villages on every map; `ids` are the communes' by gazetteer key."""
    courses = [Course(village) for village in villages]
    for day in sorted({stay.starts for course in courses for stay in course.stays[1:]}):
        rename_on(day, [course for course in courses if course.commune_from(day)])
    for course in courses:
        course.add_rows(filling, ids)


class Course:
    """Where one village stands and what it is called, from the beginning on."""

    def __init__(self, village: Village) -> None:
        self.village = village
        self.stays = list(stays_of(village))
        self.namings = [Naming(BEGINNING, village.kind, village.name)]

    def commune_from(self, day: date) -> str | None:
        """The commune under which the village begins to stand on `day`, by its key."""
        return next((stay.commune for stay in self.stays if stay.starts == day), None)

    def wished(self, day: date) -> tuple[str | None, AreaKind, str]:
        """The new commune, and what the village would be called there if no other were."""
        commune = self.commune_from(day)
        return commune, kind_under(_kinds()[commune], self.namings[-1].kind), self.namings[-1].name

    def rename(self, naming: Naming) -> None:
        """Call the village so from that day on, unless it is called so already."""
        if self.namings[-1][1:] != naming[1:]:
            self.namings.append(naming)

    def add_rows(self, filling: Filling, ids: dict[str, int]) -> None:
        """Collect the village's placements and names."""
        area_id = self.village.area_id
        for commune, starts, ends in self.stays:
            filling.link(
                AreaPlacement,
                area_id=area_id,
                parent_id=ids[commune],
                valid_from=starts,
                valid_to=ends,
            )
        following = [naming.starts for naming in self.namings[1:]]
        for (starts, kind, name), ends in zip(self.namings, [*following, None], strict=True):
            filling.link(
                AreaName,
                area_id=area_id,
                kind=kind,
                name=name,
                code=self.village.code,
                search_key=fold(name),
                sort_key=sort_key(name),
                valid_from=starts,
                valid_to=ends,
            )


def stays_of(village: Village) -> Iterator[Stay]:
    """Where the village stands: its commune, then that one's successor, until today."""
    key: str | None = village.commune.key
    while key:
        yield Stay(key, *_lives()[key])
        successors = _successors(key)
        key = successors[(village.number - 1) % len(successors)] if successors else None


def rename_on(day: date, courses: list[Course]) -> None:
    """Name the villages that came under a new commune on `day`.

    Where two of it would be called the same, both add the name of their old commune.
    """
    alike = Counter(course.wished(day) for course in courses)
    for course in courses:
        wish = course.wished(day)
        old_commune = f" {course.village.commune.name}" if alike[wish] > 1 else ""
        course.rename(Naming(day, wish[1], wish[2] + old_commune))


def kind_under(commune_kind: str, kind: AreaKind) -> AreaKind:
    """What a village is called under a commune of a kind: in towns, always tổ dân phố."""
    if commune_kind == AreaKind.XA:
        return AreaKind.THON if kind == AreaKind.TO_DAN_PHO else kind
    return AreaKind.TO_DAN_PHO


@cache
def _kinds() -> dict[str | None, str]:
    """The kind of each area of the gazetteer, by its key; none changed while it existed."""
    return {line["area"]: line["kind"] for line in lines("names")}


@cache
def _lives() -> dict[str, tuple[date, date | None]]:
    """From when to when each area of the gazetteer exists, by its key."""
    return {line["key"]: (line["valid_from"], line["valid_to"]) for line in lines("areas")}


@cache
def _successors(key: str) -> list[str]:
    """The keys of the areas that followed one, in the order of their codes."""
    return sorted(line["successor"] for line in lines("successions") if line["predecessor"] == key)
