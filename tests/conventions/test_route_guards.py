"""Every view says who may enter; a view that says nothing is closed."""

from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.database import db
from tcns.permissions.guards import public, requires, signed_in
from tcns.permissions.vocabulary import Permission
from tests.conventions.routes import bare_app, is_static
from tests.databases import make_app
from tests.page import Visitor
from tests.world import sign_in_key

# Every view that is open to anybody. A new line here needs a reason in the review.
PUBLIC = {
    "accounts.activate",
    "accounts.sign_in",
    "accounts.sign_out",  # even where the database cannot say who is signed in
    "health.show_life",  # a balancer and a monitor sign in nowhere
    "health.show_readiness",
    "home.switch_language",
    # Figures without personal data, where the province switches them on.
    "open_figures.send_coverage_csv",
    "open_figures.send_coverage_json",
    "open_figures.send_dictionary",
    "open_figures.show_coverage",
    "open_figures.show_dictionary",
    "open_figures.show_figure",
    "open_figures.show_open_figures",
    "phone.show_manifest",  # what every page names; nobody's data
    "phone.show_phone",  # the shell of the notebook, kept on phones: nobody's data
    "phone.show_worker",
}
GUARDS = ("required_permission", "needs_sign_in", "is_public")


def views(app: Flask) -> dict[str, Any]:
    return {name: view for name, view in app.view_functions.items() if not is_static(name)}


def guards_of(view: Any) -> list[str]:
    """The guards a view carries; a guard that is switched off is none."""
    return [guard for guard in GUARDS if getattr(view, guard, False)]


def unguarded(app: Flask) -> list[str]:
    return [name for name, view in views(app).items() if not guards_of(view)]


def test_every_view_carries_a_guard() -> None:
    assert unguarded(bare_app()) == []


def test_no_view_carries_two_guards() -> None:
    assert [name for name, view in views(bare_app()).items() if len(guards_of(view)) > 1] == []


def test_only_the_listed_views_are_public() -> None:
    found = {name for name, view in views(bare_app()).items() if getattr(view, "is_public", False)}
    assert found == PUBLIC


def test_a_view_with_a_record_loads_it_by_the_guard() -> None:
    """A view that takes an id but loads it itself could forget to ask whose it is."""
    app = bare_app()
    with_parameters = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.arguments and not is_static(rule.endpoint)
    }
    bare = [
        name
        for name in sorted(with_parameters)
        if getattr(app.view_functions[name], "guarded_record", None) is None
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("guard", "is_guarded"),
    [
        (None, False),
        (public, True),
        (signed_in, True),
        (requires(Permission.TEAM_READ), True),
    ],
)
def test_the_walk_sees_whether_a_view_is_guarded(guard: Any, is_guarded: bool) -> None:
    def view() -> str:
        return "open"

    app = make_app("sqlite://")
    app.add_url_rule("/dummy", "dummy", guard(view) if guard else view)
    assert ("dummy" in unguarded(app)) is not is_guarded


def test_a_view_without_a_guard_is_refused_even_to_the_signed_in(app: Flask) -> None:
    own = make_app(app.config["SQLALCHEMY_DATABASE_URI"])
    own.add_url_rule("/dummy", "dummy", lambda: "open")
    for persona in (None, sign_in_key("administrator")):
        Visitor(own, persona).get("/dummy", HTTPStatus.FORBIDDEN)
    with own.app_context():
        db.engine.dispose()
