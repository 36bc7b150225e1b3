"""The open figures for programs: as JSON, as CSV, and the dictionary of their keys."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from tcns.coverage.measure import Measure
from tcns.i18n import LANGUAGES, speaking
from tcns.open_figures.queries import OpenCoverage, OpenRow
from tcns.open_figures.rules import LEAST, counts_people
from tcns.open_figures.vocabulary import UNITS
from tcns.spreadsheets.csv_writing import guarded


def as_json(answer: OpenCoverage) -> dict[str, Any]:
    """The answer as nested values; a hidden figure is null."""
    days = answer.period.days
    return {
        "by": answer.by.value,
        "period": {"name": answer.period.name, "first": f"{days.first}", "last": f"{days.last}"},
        "on": f"{answer.on}",
        "map_on": f"{answer.map_on}",
        "hidden_below": LEAST,
        "rows": [_row_as_json(answer, row) for row in answer.rows],
        "total": _row_as_json(answer, answer.total),
    }


def _row_as_json(answer: OpenCoverage, row: OpenRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "district": row.district,
        "figures": dict(zip(answer.keys, row.figures, strict=True)),
    }


def as_csv(answer: OpenCoverage) -> str:
    """The answer as CSV with keys for titles; a hidden figure is an empty cell, the total the row
    whose level is that of the whole."""
    text, days = io.StringIO(newline=""), answer.period.days
    table = csv.writer(text)
    table.writerow(["level", "code", "name", "district", "period", "first", "last", *answer.keys])
    named = answer.period.name, days.first, days.last
    for row in (*answer.rows, answer.total):
        level = "total" if row is answer.total else answer.by.value
        words = [guarded(word) for word in (row.code, row.name, row.district)]
        table.writerow([level, *words, *named, *row.figures])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue()


def dictionary(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """What each key means, in both languages."""
    return [
        {
            "key": measure.key,
            **_in_languages("label", measure.label),
            **_in_languages("unit", measure.unit or UNITS[measure.key]),
            **_in_languages("rule", measure.rule),
            "additive": measure.additive,
            "hidden_below": LEAST if counts_people(measure) else None,
        }
        for measure in measures
    ]


def _in_languages(name: str, words: Any) -> dict[str, str]:
    """Some words in each language, named by it."""
    found = {}
    for code in LANGUAGES:
        with speaking(code):
            found[f"{name}_{code}"] = str(words)
    return found
