"""`make dev` shows faults and queries, to nobody but the machine it runs on."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tcns.config import Settings
from tcns.database import db
from tcns.site import development
from tests.conventions.sources import PACKAGE, modules
from tests.databases import SECRET_KEY, counted
from tests.page import Visitor
from tests.world import sign_in_key

FIGURES = re.compile(rb"(\d+) queries in \d+\.\d ms")
DAYS = "/static/days.js"


@pytest.fixture
def visitor(app: Flask) -> Iterator[Visitor]:
    """The official of Hòa An in front of what `make dev` serves, over https like all tests."""
    shown = development.development_app(app.config["TCNS"])
    shown.config["PREFERRED_URL_SCHEME"] = "https"
    yield Visitor(shown, sign_in_key("own"))
    with shown.app_context():
        db.engine.dispose()


@pytest.fixture
def trial(tmp_path: Path) -> Settings:
    """The settings of a trial on this machine."""
    url = f"sqlite:///{tmp_path / 'tcns.sqlite3'}"
    return Settings(database_url=url, secret_key=SECRET_KEY, plain_http=True)


def figures_on(body: bytes) -> list[int]:
    return [int(number) for number in FIGURES.findall(body)]


def test_the_foot_of_a_page_says_how_many_queries_it_asked(visitor: Visitor) -> None:
    for url in ("/", "/teams"):
        with counted(visitor.app) as statements:
            page = visitor.get(url)
        assert figures_on(page.body) == [len(statements)]
        assert len(statements) > 1


@pytest.mark.one_engine
def test_every_component_is_shown_on_one_sound_page(visitor: Visitor) -> None:
    page = visitor.get("/style")
    assert page.body.count(b"<svg") > 60
    assert visitor.send("GET", "/style/line.png").body.startswith(b"\x89PNG")
    assert visitor.send("GET", "/style/line.svg").content_type.startswith("image/svg+xml")
    visitor.get("/style/nothing.png", HTTPStatus.NOT_FOUND)


@pytest.mark.one_engine
def test_the_page_of_components_is_shown_to_nobody_else(visit: Callable[..., Visitor]) -> None:
    for persona in ("anonymous", "administrator"):
        visit(persona).get("/style", HTTPStatus.NOT_FOUND)


@pytest.mark.one_engine
def test_what_is_no_page_stays_as_it_is(visitor: Visitor) -> None:
    page = visitor.send("GET", DAYS)
    assert page.body == (PACKAGE / "static" / "days.js").read_bytes()


@pytest.mark.one_engine
def test_a_fault_is_left_to_the_debugger(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    views = visitor.app.view_functions

    @wraps(views["teams.list_teams"])
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(views, "teams.list_teams", fail)
    with pytest.raises(ZeroDivisionError):
        visitor.send("GET", "/teams")


def test_the_debugger_listens_on_loopback_whatever_the_settings_say(
    trial: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr(
        development, "run_simple", lambda host, *_given, **chosen: served.update(chosen, host=host)
    )
    monkeypatch.setattr(development, "settings_from", lambda: trial)
    monkeypatch.setenv("TCNS_ADDRESS", "0.0.0.0")
    development.serve_development()
    assert served["host"] == "127.0.0.1"
    assert served["use_debugger"]
    assert served["use_reloader"]


@pytest.mark.parametrize("reach", [{"hosts": ("tocns.example.gov.vn",)}, {"proxies": 1}])
def test_an_installation_that_others_reach_is_not_served_with_a_debugger(
    trial: Settings, reach: dict[str, Any]
) -> None:
    with pytest.raises(SystemExit, match="TCNS_INSTANCE"):
        development.check_trial(replace(trial, **reach))


@pytest.mark.one_engine
def test_production_knows_nothing_of_it(app: Flask) -> None:
    page = Visitor(app, sign_in_key("own")).get("/teams")
    assert figures_on(page.body) == []
    importing = [path.name for path in modules() if "site.development import" in path.read_text()]
    assert importing == []
