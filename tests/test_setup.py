"""A province starts for real: from the empty database to its first coverage page.

By the same commands an administrator types, on each engine; nothing of the demonstration.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from tcns.areas.models import Area, Deployment
from tcns.clock import today
from tcns.database import db
from tests.databases import empty_database, make_app
from tests.page import Page, Visitor

PASSWORD = "Suối chảy qua cầu gỗ 2026"


@pytest.fixture
def installation(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An installation on its first day: a database without a table, an empty instance directory."""
    monkeypatch.setenv("TCNS_INSTANCE", str(tmp_path))
    app = make_app(empty_database(engine, "installation"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def type_command(installation: Flask) -> Callable[..., Result]:
    """`type_command("db", "upgrade")` runs that flask command and fails unless it succeeds."""

    def typed(*words: str, answers: tuple[str, ...] = ()) -> Result:
        runner = installation.test_cli_runner()
        result = runner.invoke(args=list(words), input="\n".join([*answers, ""]))
        assert result.exit_code == 0, f"flask {' '.join(words)}: {result.output} {result.exception}"
        return result

    return typed


def sign_in(app: Flask, user_name: str) -> Page:
    """Be led to the sign-in page, sign in, and be led back to the first page."""
    entrance = Visitor(app).get("/", follow=True)
    return entrance.post(None, {"user_name": user_name, "password": PASSWORD})


def test_a_province_goes_from_the_empty_database_to_its_first_coverage_page(
    installation: Flask, type_command: Callable[..., Result]
) -> None:
    type_command("db", "upgrade")
    type_command("areas", "load", "--province", "08")
    create = ("accounts", "create-administrator", "--user-name", "quan.tri")
    type_command(*create, "--full-name", "Nguyễn Thị Quản", answers=(PASSWORD, PASSWORD))

    home = sign_in(installation, "quan.tri")
    assert not is_demonstration(home)
    assert "đã có tổ" not in home.text, "there is no village at all"
    assert "Chưa có thôn, tổ dân phố nào trong hệ thống." in home.text
    assert "/imports/new" in home.links.values()
    coverage = home.visitor.get("/coverage")
    assert coverage.heading.endswith("Tỉnh Tuyên Quang")
    assert " / 124 " in f"{coverage.text} "
    assert not [url for url in coverage.links.values() if "by=district" in url]

    of_today = ("--by", "commune", "--on", today().isoformat())
    figures = json.loads(type_command("coverage", "show", "--format", "json", *of_today).output)
    assert len(figures) == 124 + 1
    assert figures[-1]["commune_count"] == 124
    assert figures[-1]["team_count"] == figures[-1]["person_count"] == 0


def test_the_commands_can_be_typed_again_and_lose_nothing(
    installation: Flask, type_command: Callable[..., Result]
) -> None:
    counted = []
    for _ in range(2):
        type_command("db", "upgrade")
        type_command("areas", "load", "--province", "08")
        with installation.app_context():
            counted.append(db.session.scalar(select(func.count()).select_from(Area)) or 0)
    assert counted[0] == counted[1]
    assert counted[0] > 124


def test_a_demonstration_says_so_on_every_page(
    visit: Callable[..., Visitor], make: Callable[..., Any]
) -> None:
    """The other side of the first test: the sign it looks for is there when it should be."""
    make(declare_demonstration)
    assert is_demonstration(visit("own").get("/"))


def declare_demonstration() -> None:
    db.session.get_one(Deployment, 1).is_demonstration = True


def is_demonstration(page: Page) -> bool:
    """Whether the page bears the banner."""
    return any("demonstration" in element.get("class", "").split() for element in page.tree.iter())
