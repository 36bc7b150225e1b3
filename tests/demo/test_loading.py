"""`flask demo load`: into an empty database only, once, with accounts one can sign in with."""

import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Row, select

import tcns.demo.commands
from tcns.accounts.credentials.passwords import matches
from tcns.accounts.models import User
from tcns.areas.deployment_operations import deploy
from tcns.database import db
from tcns.demo.accounts import USER_NAMES
from tcns.demo.sheet import ACCOUNTS
from tests.databases import ENGINES, fingerprint
from tests.demo.loaded import PASSWORD, World, rows

# What differs from one loading to the next: salted hashes, and when it was loaded.
NOT_COMPARED = {"audit_event", "audit_value", "data_version"}
ROLES = {
    "tinh": ("province_administrator", "08"),
    "xemxet": ("province_reviewer", "08"),
    "huyen.chiemhoa": ("district_reviewer", "073"),
    "xa.02335": ("commune_official", "02335"),
    "kiemtra": ("auditor", "08"),
}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Load next to nothing, so that the command itself is tested; the instance directory."""

    def load(_day: date, *, team_name: str, hashes: dict[str, str]) -> None:
        assert hashes.keys() == set(USER_NAMES)
        assert team_name == "Tổ công nghệ số cộng đồng"
        deploy("08", by=None, is_demonstration=True)

    monkeypatch.setattr(tcns.demo.commands, "load_world", load)
    monkeypatch.setenv("TCNS_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("TCNS_DEMO_PASSWORD", raising=False)
    return tmp_path / "instance"


def load(app: Flask) -> Any:
    """What `flask demo load` did."""
    return app.test_cli_runner().invoke(args=["demo", "load"])


def password_on(sheet: str) -> str:
    """The password that a sheet gives."""
    (line,) = [line for line in sheet.splitlines() if "password: " in line]
    return line.partition("password: ")[2]


def test_the_same_day_gives_the_same_world_on_both_engines() -> None:
    one, other = ENGINES
    for table in db.metadata.tables.keys() - NOT_COMPARED - {"user"}:
        assert rows(one, table) == rows(other, table), table
    assert [unsalted(row) for row in rows(one, "user")] == [
        unsalted(row) for row in rows(other, "user")
    ]


def unsalted(user: Row[Any]) -> dict[str, Any]:
    """An account without its hash, which has a salt, but with whether it has one."""
    return user._asdict() | {"password_hash": user.password_hash is not None}


def test_the_seven_accounts_hold_their_roles_and_nobody_else_can_sign_in(
    demonstration: World,
) -> None:
    users = {row.id: row for row in demonstration.user}
    named = {row.user_name for row in users.values() if row.password_hash}
    assert named == set(ACCOUNTS) == set(USER_NAMES)
    names = demonstration.names(date(2024, 8, 31))
    granted = {
        users[row.user_id].user_name: (row.role, names[row.area_id].code)
        for row in demonstration.role_assignment
    }
    assert {name: role for name, role in granted.items() if name in named} == ROLES
    assert all(matches(row.password_hash, PASSWORD) for row in users.values() if row.password_hash)


def test_the_leader_and_the_member_of_hoa_phu_are_in_one_team_for_good(
    demonstration: World,
) -> None:
    users = {row.user_name: row.id for row in demonstration.user}
    persons = {row.user_id: row.id for row in demonstration.person if row.user_id}
    village = demonstration.area_of("02335.01", date(2024, 8, 31))
    (team,) = [row.id for row in demonstration.team if row.area_id == village]
    for user_name, role in (("totruong.02335", "leader"), ("thanhvien.02335", "member")):
        person = persons[users[user_name]]
        held = [row for row in demonstration.membership if row.person_id == person]
        assert (team, role, None) in [(row.team_id, row.role, row.valid_to) for row in held]


def test_new_records_get_new_ids(demonstration_app: Flask) -> None:
    with demonstration_app.app_context():
        some = db.session.scalars(select(User)).first()
        user = User(user_name="moi", full_name="Người Mới", home_area_id=some.home_area_id)
        db.session.add(user)
        db.session.flush()
        assert user.id > some.id
        db.session.rollback()


def test_the_sheet_is_printed_and_kept_for_its_owner_alone(empty_app: Flask, quick: Path) -> None:
    answer = load(empty_app)
    assert answer.exit_code == 0
    sheet = quick / "demo-accounts.txt"
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert sheet.read_text("utf-8") == answer.stdout
    assert all(f"  {name} " in answer.stdout for name in USER_NAMES)
    assert len(password_on(answer.stdout)) >= 15


def test_the_password_that_is_set_is_taken_and_not_told(
    empty_app: Flask, quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    monkeypatch.setattr(tcns.demo.commands, "hash_password", hashed.append)
    monkeypatch.setenv("TCNS_DEMO_PASSWORD", PASSWORD)
    assert password_on(load(empty_app).stdout) == "as set in TCNS_DEMO_PASSWORD"
    assert hashed == [PASSWORD] * 7
    assert PASSWORD not in (quick / "demo-accounts.txt").read_text("utf-8")


def test_loading_again_says_so_and_changes_nothing(empty_app: Flask, quick: Path) -> None:
    load(empty_app)
    before, sheet = fingerprint(empty_app), (quick / "demo-accounts.txt").read_text("utf-8")
    again = load(empty_app)
    assert again.exit_code == 0
    assert again.stdout == "The demonstration world is loaded already; there is nothing to do.\n"
    assert fingerprint(empty_app) == before
    assert (quick / "demo-accounts.txt").read_text("utf-8") == sheet


@pytest.mark.usefixtures("quick")
def test_a_database_that_is_not_empty_is_left_alone(app: Flask) -> None:
    with app.app_context():
        db.session.execute(db.metadata.tables["deployment"].update().values(is_demonstration=False))
        db.session.commit()
    before = fingerprint(app)
    answer = load(app)
    assert answer.exit_code == 1
    assert answer.stderr.splitlines() == [
        "Error: The database is not empty; the demonstration world goes into an empty one only."
    ]
    assert fingerprint(app) == before


def test_when_the_sheet_cannot_be_kept_nothing_is_loaded(empty_app: Flask, quick: Path) -> None:
    quick.write_text("a file where the directory should be")
    before = fingerprint(empty_app)
    answer = load(empty_app)
    assert answer.exit_code == 1
    assert "cannot be written" in answer.stderr
    assert fingerprint(empty_app) == before
