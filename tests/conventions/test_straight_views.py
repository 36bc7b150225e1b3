"""A view leads in a straight line from an address to an operation, which locks and asks itself."""

import ast
from collections.abc import Iterator

import pytest

from tests.conventions.sources import layer_of, modules, parsed, short

VIEWS = [path for path in modules() if layer_of(path) == "views"]
# What locks a record, and what asks whether it is still the version that a form was opened with.
OF_OPERATIONS, PREFIXES = ("lock", "locking"), ("lock_", "expect_")


def faults_in(tree: ast.Module) -> list[str]:
    """What a view does that belongs to operations, and the functions it defines within others."""
    return [*_names_of_operations(tree), *_inner_functions(tree)]


def _names_of_operations(tree: ast.Module) -> Iterator[str]:
    """Names of what locks or asks for a version, imported or used."""
    for node in ast.walk(tree):
        for name in _names_of(node):
            if name in OF_OPERATIONS or name.startswith(PREFIXES):
                yield name


def _names_of(node: ast.AST) -> list[str]:
    """The names that stand in a node itself."""
    if isinstance(node, ast.ImportFrom):
        return [*(node.module or "").split("."), *(alias.name for alias in node.names)]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def _inner_functions(tree: ast.Module) -> Iterator[str]:
    """The functions that are defined within another function."""
    for outer in ast.walk(tree):
        if isinstance(outer, ast.FunctionDef):
            for inner in ast.walk(outer):
                if isinstance(inner, ast.FunctionDef) and inner is not outer:
                    yield f"{outer.name}.{inner.name}"


def test_a_view_locks_nothing_asks_for_no_version_and_holds_no_function_within_another() -> None:
    found = {short(path): faults_in(parsed(path)) for path in VIEWS}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "line",
    [
        "from tcns.database.locking import lock",
        "from tcns.teams.locking import lock_teams",
        "from tcns.errors import expect_version",
        "operations.lock_pair(pair)",
        "form.expect_current()",
        "def view():\n    def operate(): pass",
    ],
)
def test_a_forbidden_line_is_seen(line: str) -> None:
    assert faults_in(ast.parse(line))
