"""Names say what is inside: a folder is a subject, the modules in it are its layers."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.conventions.rooms import LAYERS, NAMED_BY_SUBJECT, WITHOUT_LAYERS
from tests.conventions.sources import PACKAGE, dotted, layer_of, modules, parsed, short

# A name that fits everything says nothing, and becomes a drawer.
EMPTY_WORDS = {
    "base",
    "common",
    "data",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "info",
    "lib",
    "manager",
    "misc",
    "process",
    "service",
    "services",
    "shared",
    "util",
    "utils",
}
LARGEST_MODULE = 300
LARGEST_ROOM = 21


def empty_words(path: Path) -> set[str]:
    """The words of a module's or package's own name that say nothing."""
    name = path.parent.name if path.name == "__init__.py" else path.stem
    return set(name.split("_")) & EMPTY_WORDS


def test_every_module_has_a_name_that_says_something() -> None:
    assert [short(path) for path in modules() if empty_words(path)] == []


def test_every_module_stays_small_enough_to_be_read() -> None:
    lengths = {short(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    too_long = {name: count for name, count in lengths.items() if count > LARGEST_MODULE}
    assert too_long == {}, f"split a module of more than {LARGEST_MODULE} lines by subject"


def named_by_layer(path: Path) -> bool:
    """Whether the module's name, or the last word of it, is a layer."""
    return layer_of(path) in LAYERS


def in_rooms() -> list[Path]:
    """The modules of subjects, without the packages' own files."""
    return [path for path in modules() if path.parent != PACKAGE and path.name != "__init__.py"]


def test_a_module_is_named_by_its_layer_or_listed_with_a_reason() -> None:
    strangers = {
        dotted(path).removeprefix("tcns.") for path in in_rooms() if not named_by_layer(path)
    }
    free = {name for name in strangers if name.partition(".")[0] in WITHOUT_LAYERS}
    assert strangers - free == set(NAMED_BY_SUBJECT), (
        "name it models, vocabulary, rules, forms, fields, operations, queries, views, jobs, "
        "commands or spreadsheet, or end its name so; else say in NAMED_BY_SUBJECT what it is"
    )


def test_every_reason_is_one() -> None:
    assert [n for n, (_layer, why) in NAMED_BY_SUBJECT.items() if len(why.split()) < 4] == []


def test_a_room_holds_no_more_modules_than_one_takes_in() -> None:
    held = Counter(short(path.parent) for path in in_rooms())
    assert {room: count for room, count in held.items() if count > LARGEST_ROOM} == {}


@pytest.mark.parametrize(
    ("name", "is_named"), [("forms", True), ("merge_forms", True), ("merge", False)]
)
def test_the_layer_of_a_name_is_seen(name: str, is_named: bool) -> None:
    assert named_by_layer(PACKAGE / "teams" / f"{name}.py") is is_named


def test_every_package_says_what_is_inside() -> None:
    silent = [short(path) for path in modules() if not ast.get_docstring(parsed(path))]
    assert silent == []


def test_the_map_of_the_package_names_every_domain() -> None:
    drawn = ast.get_docstring(parsed(PACKAGE / "__init__.py")) or ""
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {package for package in packages if f"    {package} " not in drawn + " "} == set()


@pytest.mark.parametrize("name", ["areas/utils.py", "web/form_helpers.py", "data/__init__.py"])
def test_an_empty_name_is_seen(name: str) -> None:
    assert empty_words(PACKAGE / name)
