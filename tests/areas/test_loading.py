"""`flask areas`: the gazetteer goes into the tables, the tree comes out, the map day is set."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tcns.areas.models import Area, AreaName, AreaPlacement, Deployment
from tcns.areas.queries import map_day
from tcns.areas.tree_operations import rebuild_tree
from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.database import db
from tests.databases import empty_database, fingerprint, make_app

HEADER = "code,name,kind,level,parent_code"


def run(app: Flask, *words: str) -> Any:
    """What `flask areas …` did."""
    return app.test_cli_runner().invoke(args=["areas", *words])


def refused(answer: Any) -> str:
    """The one line with which a command refused."""
    assert answer.exit_code == 1
    assert answer.stdout == ""
    (line,) = answer.stderr.splitlines()
    return str(line)


def tree(app: Flask, day: str, *words: str) -> list[list[str]]:
    """The lines of `flask areas export` without the header, each split."""
    answer = run(app, "export", "--on", day, "--format", "csv", *words)
    assert answer.exit_code == 0
    header, *lines = answer.stdout_bytes.decode("utf-8").splitlines()
    assert header == HEADER
    return [line.split(",") for line in lines]


def load(app: Flask) -> None:
    assert run(app, "load", "--province", "08").exit_code == 0


# The numbers of districts and communes on a day.
TREES = {
    "2021-07-01": (7, 138),
    "2024-08-31": (7, 138),
    "2024-09-01": (7, 137),
    "2025-06-30": (7, 137),
    "2025-07-01": (0, 124),
    "2026-11-22": (0, 124),
}


def test_the_exported_tree_is_that_of_the_province_on_the_day(empty_app: Flask) -> None:
    load(empty_app)
    for day, (districts, communes) in TREES.items():
        lines = tree(empty_app, day)
        levels = [line[3] for line in lines]
        assert (levels.count("district"), levels.count("commune")) == (districts, communes)
        assert levels.count("province") == 1
        assert len(lines) == 1 + districts + communes
        assert lines == sorted(lines)


def test_lines_name_kind_and_parent_with_codes_as_text(empty_app: Flask) -> None:
    load(empty_app)
    before, after = tree(empty_app, "2024-08-31"), tree(empty_app, "2025-07-01")
    assert ["08", "Tuyên Quang", "tỉnh", "province", ""] in before
    assert ["073", "Chiêm Hóa", "huyện", "district", "08"] in before
    assert ["02335", "Hòa Phú", "xã", "commune", "073"] in before
    assert ["02215", "Ỷ La", "phường", "commune", "070"] in before
    assert ["02215", "Minh Xuân", "phường", "commune", "08"] in after
    assert not any(line[0] == "02" for line in before)


def test_a_day_before_anything_existed_exports_the_header_alone(empty_app: Flask) -> None:
    load(empty_app)
    assert tree(empty_app, "2021-06-30") == []
    assert tree(empty_app, "0001-01-01") == []


def add_village(app: Flask, commune: str, code: str, name: str) -> None:
    """A thôn in the commune that bears a code on the first day."""
    with app.app_context():
        parent = db.session.scalar(select(AreaName.area_id).where(AreaName.code == commune))
        since = {"valid_from": date(2021, 7, 1), "valid_to": None}
        village = Area(level="village", **since)
        village.names = [AreaName(kind="thôn", name=name, code=code, **since)]
        db.session.add(village)
        db.session.flush()
        db.session.add(AreaPlacement(area_id=village.id, parent_id=parent, **since))
        rebuild_tree()
        db.session.commit()


def test_villages_are_printed_only_when_asked_for(empty_app: Flask) -> None:
    load(empty_app)
    add_village(empty_app, "02305", "02305.01", "Nà Lừa")
    assert len(tree(empty_app, "2024-08-31")) == 146
    lines = tree(empty_app, "2024-08-31", "--level", "village")
    assert len(lines) == 147
    assert ["02305.01", "Nà Lừa", "thôn", "village", "02305"] in lines
    assert len(tree(empty_app, "2024-08-31", "--level", "district")) == 8


def test_loaded_names_are_found_and_sorted_as_those_that_are_typed(empty_app: Flask) -> None:
    load(empty_app)
    with empty_app.app_context():
        for name in db.session.scalars(select(AreaName)):
            typed = AreaName(name=name.name)
            assert (name.search_key, name.sort_key) == (typed.search_key, typed.sort_key)
        assert db.session.scalar(select(AreaName.code).where(AreaName.search_key == "hoa phu"))


def test_loading_twice_says_so_and_changes_nothing(empty_app: Flask) -> None:
    load(empty_app)
    before = fingerprint(empty_app)
    again = run(empty_app, "load", "--province", "08")
    assert again.exit_code == 0
    assert "nothing to do" in again.stdout
    assert fingerprint(empty_app) == before


def test_a_loaded_installation_follows_the_calendar_and_is_no_demonstration(
    empty_app: Flask,
) -> None:
    load(empty_app)
    with empty_app.app_context():
        deployment = db.session.get_one(Deployment, 1)
        assert (deployment.province_code, deployment.map_on) == ("08", None)
        assert not deployment.is_demonstration
        assert map_day() == today()


@pytest.mark.parametrize("code", ["02", "99", "8", ""])
def test_a_province_the_gazetteer_does_not_hold_is_refused(empty_app: Flask, code: str) -> None:
    line = refused(run(empty_app, "load", "--province", code))
    assert f"no province {code} today; it holds: 08 (Tuyên Quang)" in line
    with empty_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Area)) == 0


def test_an_installation_serves_one_province(empty_app: Flask) -> None:
    with empty_app.app_context():
        db.session.add(Deployment(id=1, province_code="10", map_on=None))
        db.session.commit()
    line = refused(run(empty_app, "load", "--province", "08"))
    assert line == "Error: This installation serves province 10 already."


def test_exporting_before_loading_says_what_to_run(empty_app: Flask) -> None:
    line = refused(run(empty_app, "export", "--on", "2024-08-31"))
    assert line == "Error: No areas are loaded; run: flask areas load --province 08"


@pytest.mark.parametrize(
    "day", ["31/08/2024", "2024-02-30", "20240831", "2024-W26-7", "2024-8-3", "hôm nay", ""]
)
def test_what_is_not_a_day_is_refused_in_one_line(empty_app: Flask, day: str) -> None:
    for words in (["export", "--on", day], ["set-map-day", day]):
        assert "is not a day; write it YYYY-MM-DD" in refused(run(empty_app, *words))


def test_the_map_day_is_set_and_set_back_to_every_today(empty_app: Flask) -> None:
    load(empty_app)
    assert run(empty_app, "set-map-day", "2024-08-31").exit_code == 0
    with empty_app.app_context():
        assert map_day() == date(2024, 8, 31)
    assert run(empty_app, "set-map-day", "today").exit_code == 0
    with empty_app.app_context():
        assert map_day() == today()
        changes = db.session.scalars(
            select(AuditValue).join(AuditValue.event).where(AuditEvent.event == Event.MAP_DAY_SET)
        )
        assert [(value.old, value.new) for value in changes] == [
            (None, "2024-08-31"),
            ("2024-08-31", None),
        ]


def test_a_map_day_needs_areas_on_that_day(empty_app: Flask) -> None:
    assert refused(run(empty_app, "set-map-day", "2024-08-31")) == "Error: No areas are loaded yet."
    load(empty_app)
    line = refused(run(empty_app, "set-map-day", "2021-06-30"))
    assert line == "Error: No areas are known on that day."


def test_a_database_without_tables_is_told_to_be_upgraded(engine: str) -> None:
    app = make_app(empty_database(engine, "without-tables"))
    for words in (["load", "--province", "08"], ["export", "--on", "2024-08-31"]):
        assert refused(run(app, *words)) == (
            "Error: The database has no tables yet; run: make prepare"
        )
    with app.app_context():
        db.engine.dispose()
