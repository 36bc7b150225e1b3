"""A query that reads records takes the scope it reads in, or a record the guard has loaded."""

import importlib
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

import pytest

from tcns.database import db
from tcns.permissions.scope import Scope
from tests.conventions.sources import PACKAGE

# Who needs neither, and why. `module.*` stands for every function of the module.
UNSCOPED = {
    "areas.*": "the tree itself is public knowledge; what lies in it is asked by scope",
}


def query_functions() -> list[tuple[str, Callable[..., Any]]]:
    """Every public function of every queries.py, as `domain.function`."""
    found = []
    for path in sorted(PACKAGE.rglob("queries.py")):
        module = importlib.import_module(f"tcns.{path.parent.name}.queries")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found.append((f"{path.parent.name}.{name}", function))
    return found


def is_scoped(function: Callable[..., Any]) -> bool:
    """Whether the first argument is a scope or a loaded record."""
    parameters = list(inspect.signature(function).parameters)
    if not parameters:
        return False
    wanted = get_type_hints(function).get(parameters[0])
    is_record = inspect.isclass(wanted) and issubclass(wanted, db.Model)
    return wanted is Scope or is_record


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
        named = [f for n, f in functions.items() if n == name or (function == "*" and n.startswith(f"{domain}."))]
        assert named, f"{name} is no query"
        assert not all(is_scoped(f) for f in named), f"{name} needs no exception"


def teams_of(scope: Scope) -> None:
    """A query as it should be."""


def all_teams(name: str) -> None:
    """A query that reads whatever there is."""


def test_the_walk_sees_whether_a_query_is_scoped() -> None:
    assert is_scoped(teams_of)
    assert not is_scoped(all_teams)
