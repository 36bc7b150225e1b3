"""What a report says, as plain values: computed of a draft, kept as they are of a sent one."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tcns.letters.content import Column, Head, Letter, Section, Signature, Table
from tcns.reports.vocabulary import Heading


@dataclass(frozen=True)
class Words:
    """What people wrote."""

    remarks: str = ""
    difficulties: str = ""
    proposals: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure: what it is called, its unit and its rule then; the value reported, what coverage
    counted, that of the period before, and since the year began where that can be said."""

    key: str
    label: str
    unit: str
    rule: str
    heading: str
    value: int
    counted: int
    before: int
    year: int | None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was counted in the period, the one before and since the year began."""
        return not (self.value or self.before or self.year)

    @property
    def change(self) -> int:
        """By how much it differs from the period before."""
        return self.value - self.before


@dataclass(frozen=True)
class Part:
    """A part of the area reported on: its name then, its figures, and whether they are those of a
    report that it has sent."""

    area_id: int | None
    name: str
    group: str
    figures: dict[str, int]
    is_reported: bool


@dataclass(frozen=True)
class Goal:
    """A target of a plan, and how it stands: in words, as it was said."""

    label: str
    wanted: str
    reached: str
    gap: int
    due: str


@dataclass(frozen=True)
class Difference:
    """Where a part's report says otherwise than the records do now."""

    part: str
    label: str
    reported: int
    counted: int


@dataclass(frozen=True)
class Copy:
    """All that a report says. Days are written as in addresses."""

    name: str
    reporter: str
    period: str
    first: str
    last: str
    on: str
    map_on: str
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    goals: tuple[Goal, ...]
    differences: tuple[Difference, ...]
    words: Words

    @property
    def by_key(self) -> dict[str, Figure]:
        """The figures by their keys."""
        return {figure.key: figure for figure in self.figures}

    def value(self, key: str) -> int:
        """A figure's value; nothing where the report does not tell it."""
        found = self.by_key.get(key)
        return found.value if found else 0

    def under(self, heading: Heading) -> list[Figure]:
        """The figures of one part."""
        return [figure for figure in self.figures if figure.heading == heading]

    @property
    def map_day(self) -> date:
        """The day of the map."""
        return date.fromisoformat(self.map_on)

    @property
    def day(self) -> date:
        """The day whose teams and members are counted."""
        return date.fromisoformat(self.on)

    @property
    def silent(self) -> list[str]:
        """The parts that have a team and held no session."""
        return [
            part.name
            for part in self.parts
            if part.figures.get("team_count") and not part.figures.get("activity_count")
        ]

    @property
    def not_reported(self) -> list[Part]:
        """The parts that have a team and whose report has not come."""
        return [part for part in self.parts if part.figures["team_count"] and not part.is_reported]


def as_values(copy: Copy, letter: Letter) -> dict[str, Any]:
    """A copy with its letter as values that can be kept."""
    values = {"copy": asdict(copy), "letter": letter.as_values()}
    return dict(json.loads(json.dumps(values, default=str)))


def copy_of_values(values: Mapping[str, Any]) -> Copy:
    """The copy that was kept."""
    kept = dict(values["copy"])
    return Copy(
        **kept
        | {
            "figures": tuple(Figure(**one) for one in kept["figures"]),
            "parts": tuple(Part(**one) for one in kept["parts"]),
            "goals": tuple(Goal(**one) for one in kept["goals"]),
            "differences": tuple(Difference(**one) for one in kept["differences"]),
            "words": Words(**kept["words"]),
        }
    )


def letter_of_values(values: Mapping[str, Any], number: str, day: date | None) -> Letter:
    """The letter that was kept, with the number and day that were entered since."""
    kept = values["letter"]
    head = kept["head"]
    names = ("agency", "place", "sign", "superior")
    return Letter(
        head=Head(**{name: head[name] for name in names}, number=number, day=day),
        kind=kept["kind"],
        subject=kept["subject"],
        sections=tuple(_section(one) for one in kept["sections"]),
        signatures=tuple(Signature(tuple(s["lines"]), s["name"]) for s in kept["signatures"]),
        receivers=tuple(kept["receivers"]),
        made=kept["made"],
    )


def _section(kept: Mapping[str, Any]) -> Section:
    """A section that was kept."""
    tables = tuple(
        Table(
            tuple(Column(**column) for column in table["columns"]),
            tuple(tuple(row) for row in table["rows"]),
            table["caption"],
            tuple(table["total"]),
            table["note"],
        )
        for table in kept["tables"]
    )
    return Section(kept["heading"], kept["level"], tuple(kept["paragraphs"]), tables)
