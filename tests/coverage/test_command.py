"""flask coverage show: the rows of the page, for whoever works on with them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tcns.coverage.catalogue import all_measures
from tests.databases import make_app
from tests.places import REFORM
from tests.world import World, set_map_day

KEYS = (
    "area_code area_name commune_count commune_team_count village_count village_team_count "
    "team_count membership_count person_count activity_count participant_count household_count "
    "active_team_count"
).split()


def show(app: Flask, *words: str) -> Result:
    """What the command answers."""
    return app.test_cli_runner().invoke(args=["coverage", "show", *words])


def rows(app: Flask, *words: str) -> list[dict[str, Any]]:
    """The rows it prints as JSON."""
    result = show(app, "--format", "json", *words)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.output)
    return found


def test_a_row_has_the_keys_that_others_rely_on_and_the_total_is_last(app: Flask) -> None:
    found = rows(app, "--by", "district", "--on", "2025-06-30")
    assert [list(row) for row in found] == [KEYS] * 3
    assert [row["area_code"] for row in found] == ["072", "071", "08"]


@pytest.mark.one_engine
def test_some_measures_are_printed_by_their_keys_and_all_of_them_indicators_as_well(
    app: Flask,
) -> None:
    days = ("--by", "district", "--on", "2025-06-30")
    some = rows(app, *days, "--measure", "indicator.dvc-huong-dan", "--measure", "team_count")
    assert list(some[-1])[2:] == ["team_count", "indicator.dvc-huong-dan"]
    before = ("--by", "district", "--on", "1990-01-01", "--measure", "activities_per_team")
    assert show(app, *before).output.split()[-1] == "-", "there is nothing to divide by"
    total = rows(app, *days, "--all")[-1]
    with app.app_context():
        assert list(total)[2:] == [measure.key for measure in all_measures()]
    assert total["activities_per_team"] == round(total["activity_count"] / total["team_count"], 4)


def test_what_no_area_takes_stands_before_the_total_without_a_code(
    app: Flask, world: World, make: Callable[..., Any]
) -> None:
    make(set_map_day, REFORM)
    found = rows(app, "--by", "commune", "--on", REFORM.isoformat())
    assert [row["area_code"] for row in found[-2:]] == ["", "08"]
    assert found[-2]["area_name"] == "Chưa phân bổ"
    assert found[-2]["team_count"] == 1, "the team of the commune that was split"


def test_the_table_has_the_same_rows(app: Flask) -> None:
    lines = show(app, "--by", "district", "--on", "2025-06-30").output.splitlines()
    assert lines[0].split() == KEYS
    assert [line.split()[0] for line in lines[1:]] == ["072", "071", "08"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["--on", "30/06/2024"], "is not a day; write it YYYY-MM-DD"),
        (["--on", "2024-02-30"], "is not a day; write it YYYY-MM-DD"),
        (["--under", "99999"], "There is no area 99999"),
        (["--under", "a\x00b"], "There is no area"),
        (["--measure", "nonsense", "--measure", "team_count"], "There is no measure nonsense."),
        (["--by", "district", "--under", "071"], "Choose a level below the area shown."),
        (["--on", "2099-01-01"], "The day lies in the future."),
        (["--period", "2026-Q5"], "Not a period."),
        (["--period", "2099"], "The period begins on 15/12/2098 only."),
        (["--from", "2024-02-01", "--to", "2024-01-01"], "lies after its last day"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_english_line(
    app: Flask, words: list[str], value: str
) -> None:
    result = show(app, *words)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert value in result.output
    assert len(result.output.splitlines()) == 1


def test_a_period_by_name_is_the_same_as_its_days_and_its_last_day(app: Flask) -> None:
    days = ["--from", "2023-12-15", "--to", "2024-03-14", "--on", "2024-03-14"]
    assert rows(app, "--period", "2024-Q1") == rows(app, *days)


def test_a_day_before_anything_existed_is_one_row_of_zeros(app: Flask) -> None:
    (total,) = rows(app, "--on", "1990-01-01", "--by", "district")
    assert (total.pop("area_code"), total.pop("area_name")) == ("08", "Tỉnh Sơn Thủy")
    assert set(total) == set(KEYS) - {"area_code", "area_name"}
    assert not any(total.values())


def test_a_database_without_tables_or_out_of_reach_is_said_in_one_line(tmp_path: Any) -> None:
    empty = show(make_app(f"sqlite:///{tmp_path}/empty.sqlite3"))
    assert "make prepare" in empty.output
    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(b"no database" * 1000)
    value = show(make_app(f"sqlite:///{damaged}")).output
    assert value.startswith("Error: The database cannot be used: file is not a database. Move")
    assert value.count("\n") == 1
    gone = show(make_app(f"sqlite:///{tmp_path}/nowhere/tcns.sqlite3"))
    assert gone.output == "Error: The database cannot be used: unable to open database file\n"
