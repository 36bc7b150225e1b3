"""Names say what is inside; every domain has the same few file names."""

import ast
from pathlib import Path

import pytest

from tests.conventions.sources import PACKAGE, modules, parsed, short

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


def test_a_domain_is_flat_but_for_views_split_by_subject() -> None:
    nested = [
        short(path)
        for path in modules()
        if len(path.relative_to(PACKAGE).parts) > 2 and path.parent.name not in ("views", "v1")
    ]
    assert nested == []


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
