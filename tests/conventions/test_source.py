"""What no file of the project may hold, and what no layer may know."""

import ast
import re

import pytest

from tests.conventions.sources import layer_of, modules, parsed, short, source_files

# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "type: ignore without a code": re.compile("# type: " + r"ignore(?!\[)"),
    "noqa without a code": re.compile("# no" + r"qa(?!: [A-Z])"),
    "something left to do": re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    "a path of somebody's machine": re.compile(r"/(wo" + r"rk|home/\w+|ro" + r"ot|tmp)/\w"),
    "a private registry": re.compile(r"index-url[ =]+\S*//"),
}
# What each file of a domain must not import: views hold no SQL, operations know no Flask, …
FORBIDDEN_IMPORTS = {
    "views": ("sqlalchemy",),
    "forms": ("sqlalchemy",),
    "models": ("flask", "flask_login", "wtforms"),
    "queries": ("flask", "flask_login", "wtforms"),
    "operations": ("flask", "flask_login", "wtforms"),
}


def faults_in(text: str) -> list[str]:
    """What a text holds that it may not, with the line."""
    return [
        f"{what}: {line.strip()[:100]}"
        for line in text.splitlines()
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]


def test_no_file_holds_what_must_not_be_there() -> None:
    found = {short(path): faults_in(path.read_text("utf-8")) for path in source_files()}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # type: " + "ignore",
        "x = 1  # no" + "qa",
        "# TO" + "DO later",
        'open("/wo' + 'rk/x")',
        'open("/ho' + 'me/ann/x")',
    ],
)
def test_a_forbidden_line_is_seen(line: str) -> None:
    assert faults_in(line)


def imported(tree: ast.AST) -> set[str]:
    """The top packages a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_a_layer_imports_only_what_it_may_know() -> None:
    knows_too_much = {
        short(path): imported(parsed(path)) & set(FORBIDDEN_IMPORTS.get(layer_of(path), ()))
        for path in modules()
    }
    assert {name: known for name, known in knows_too_much.items() if known} == {}


def calls(tree: ast.AST) -> set[str]:
    """Every method called on something, as `name.method` where the name is plain."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_only_the_write_transaction_commits() -> None:
    """The entry point commits once, last; else two operations could not be one transaction."""
    commits = [short(path) for path in modules() if "db.session.commit" in calls(parsed(path))]
    assert commits == ["tcns/database/__init__.py"]


def test_a_view_does_not_touch_the_session() -> None:
    views = [path for path in modules() if layer_of(path) == "views"]
    touching = [
        short(path)
        for path in views
        if any(call.startswith("db.session") for call in calls(parsed(path)))
    ]
    assert touching == []


def test_what_locks_rows_looks_again_afterwards() -> None:
    """What others changed until then would else stay as it was read before."""
    locking = [path for path in modules() if "with_for_update" in path.read_text("utf-8")]
    assert [short(path) for path in locking if "lock_rows" not in calls(parsed(path))] == []


def test_the_day_is_asked_of_one_clock() -> None:
    """date.today() is the server's day; today() is the day in Vietnam."""
    asked = [short(path) for path in modules() if "date.today" in calls(parsed(path))]
    assert asked == []
