"""A query that reads records takes the scope it reads in, or a record the guard has loaded."""

import importlib
import inspect
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Team
from tests.conventions.sources import dotted, layer_of, modules, subject_of

# Who needs neither, and why. `module.*` stands for every function of the module.
UNSCOPED = {
    "audit.recorded": "tells of records by their ids, which were read in a scope",
    "areas.*": "the tree itself is public knowledge; what lies in it is asked by scope",
    "activities.fill_in": "rows of a page that were read in a scope",
    "activities.indicators_on": "the catalogue of what is counted is the same for everybody",
    "indicators.indicator_ids_on": "the catalogue of what is counted is the same for everybody",
    "phone.indicators_named": "the catalogue of what is counted is the same for everybody",
    "phone.session_sent_as": "found by its phone's own key; whose it is the operation asks",
    "jobs.*": "one's own alone, by the id of who started them; a worker does everybody's",
    "notices.*": "one's own alone, by the id of whom they are for",
    "documents.content_of": "templates belong to the installation",
    "documents.template_by_id": "templates belong to the installation",
    "documents.templates": "templates belong to the installation",
    "documents.used_template": "every document is written into the one template",
    "reports.*": "of a subject that the guard has loaded: a team or an area, and a period",
    "health.*": "asks about the database, not about a record",
    "accounts.find_user": "who signs in has no scope yet; and a name is taken everywhere",
    "accounts.suggest_user_name": "a user name is free or taken in the whole deployment",
}


def query_functions() -> list[tuple[str, Callable[..., Any]]]:
    """Every public function of every queries.py or …_queries.py, as `domain.function`."""
    found: list[tuple[str, Callable[..., Any]]] = []
    for path in modules():
        if layer_of(path) == "queries":
            module = importlib.import_module(dotted(path))
            found += [(f"{subject_of(path)}.{name}", each) for name, each in public(module)]
    return found


def public(module: ModuleType) -> list[tuple[str, Callable[..., Any]]]:
    """The functions a module offers to others, with their names."""
    return [
        (name, function)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


def is_scoped(function: Callable[..., Any]) -> bool:
    """Whether the first argument is a scope, a loaded record or several of them."""
    parameters = list(inspect.signature(function).parameters)
    if not parameters:
        return False
    wanted = get_type_hints(function).get(parameters[0])
    return wanted is Scope or any(is_record(one) for one in (wanted, *get_args(wanted)))


def is_record(wanted: Any) -> bool:
    """Whether a type is one of our tables."""
    return inspect.isclass(wanted) and issubclass(wanted, db.Model)


def is_excepted(name: str) -> bool:
    return name in UNSCOPED or f"{name.partition('.')[0]}.*" in UNSCOPED


@pytest.mark.parametrize(("name", "function"), query_functions())
def test_a_query_takes_the_scope_or_a_record_first(name: str, function: Callable[..., Any]) -> None:
    assert is_scoped(function) or is_excepted(name), (
        f"{name} reads without saying for whom: take `scope` first, or a loaded record; "
        "where neither makes sense, say why in UNSCOPED"
    )


def test_every_exception_is_needed() -> None:
    functions = dict(query_functions())
    for name in UNSCOPED:
        domain, _, function = name.partition(".")
        named = [
            f
            for n, f in functions.items()
            if n == name or (function == "*" and n.startswith(f"{domain}."))
        ]
        assert named, f"{name} is no query"
        assert not all(is_scoped(f) for f in named), f"{name} needs no exception"


def teams_of(scope: Scope) -> None:
    """A query as it should be."""


def names_of(teams: Sequence[Team]) -> None:
    """A query about records that somebody else has loaded."""


def all_teams(name: str) -> None:
    """A query that reads whatever there is."""


def test_the_walk_sees_whether_a_query_is_scoped() -> None:
    assert is_scoped(teams_of)
    assert is_scoped(names_of)
    assert not is_scoped(all_teams)
