"""Reads the gazetteer's CSV files and stores them in the tables of areas.

What the files hold and where it comes from: docs/gazetteer/README.md.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import insert

from tcns.areas.models import Area, AreaName, AreaPlacement, AreaSuccession
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.vietnamese import fold, sort_key

Line = dict[str, Any]
DAYS = ("valid_from", "valid_to", "effective_on")
DEGREES = ("latitude", "longitude")


@cache
def lines(name: str) -> tuple[Line, ...]:
    """The lines of one file (areas, names, placements, successions), days and degrees read."""
    text = (files("tcns.areas") / "gazetteer" / f"{name}.csv").read_text("utf-8")
    return tuple(
        {column: _value(column, cell) for column, cell in line.items()}
        for line in csv.DictReader(text.splitlines())
    )


def _value(column: str, cell: str) -> Any:
    """A cell as the tables take it; an empty one is NULL."""
    if not cell:
        return None
    if column in DAYS:
        return date.fromisoformat(cell)
    return float(cell) if column in DEGREES else cell


def lines_on(name: str, day: date) -> Iterator[Line]:
    """The lines of one dated file that hold on `day`."""
    for line in lines(name):
        if line["valid_from"] <= day and (line["valid_to"] is None or day < line["valid_to"]):
            yield line


def provinces_on(day: date) -> dict[str, str]:
    """Codes and names of the provinces the gazetteer holds on `day`."""
    provinces = {line["key"] for line in lines("areas") if line["level"] == Level.PROVINCE}
    named = (line for line in lines_on("names", day) if line["area"] in provinces)
    return {line["code"]: line["name"] for line in named}


def store_gazetteer() -> dict[str, int]:
    """Insert areas, names, placements and successions in bulk; the areas' ids by their key.

    In bulk the models' validators do not run, so that the keys of names are made here.
    """
    rows = [_row(line, {}, {"key": None}) for line in lines("areas")]
    ordered = insert(Area).returning(Area.id, sort_by_parameter_order=True)
    keys = [line["key"] for line in lines("areas")]
    ids = dict(zip(keys, db.session.scalars(ordered, rows), strict=True))
    for model, name, references in (
        (AreaName, "names", {"area": "area_id"}),
        (AreaPlacement, "placements", {"area": "area_id", "parent": "parent_id"}),
        (
            AreaSuccession,
            "successions",
            {"predecessor": "predecessor_id", "successor": "successor_id"},
        ),
    ):
        rows = [_row(line, ids, references) for line in lines(name)]
        db.session.execute(insert(model), rows)
    return ids


def _row(line: Line, ids: dict[str, int], references: Mapping[str, str | None]) -> Line:
    """A line as a row: each reference as the id it stands for (None: left out), names keyed."""
    row = {column: value for column, value in line.items() if column not in references}
    for column, target in references.items():
        if target:
            row[target] = ids[line[column]]
    if "name" in row:
        row |= {"search_key": fold(row["name"]), "sort_key": sort_key(row["name"])}
    return row
