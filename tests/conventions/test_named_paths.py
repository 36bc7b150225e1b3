"""What texts name exists: modules, files and make targets in documents, docstrings and settings."""

import ast
import builtins
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conventions.sources import PACKAGE, ROOT, dotted, modules, parsed, short

DOCUMENTS = (
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "setup.cfg",
    ROOT / "Makefile",
)
CODE = ("tcns", "tests", "benchmarks")
TOP_FOLDERS = "tcns|tests|templates|docs|deploy|benchmarks|migrations|translations"
# A path from the top of the project, up to the first character that no path has.
PATH = re.compile(rf"(?<![\w./-])(?:{TOP_FOLDERS})/[\w./*-]+")
DOTTED = re.compile(r"(?<![\w./@\"-])(?:tcns|tests|benchmarks)(?:\.\w+)+")
FILE_ENDINGS = (".sqlite3", ".service", ".timer", ".example")
RAISED = re.compile(r"\b[Rr]aises? ([A-Z]\w+)")
TARGET = re.compile(r"`make ([a-z]+)")
PLACEHOLDER = re.compile(r"<[^>]+>")


def paths_in(text: str) -> Iterator[str]:
    """The paths of the project that a text names; what stands in <…> may be anything."""
    yield from (found.rstrip("./") for found in PATH.findall(PLACEHOLDER.sub("*", text)))


def is_path(path: str) -> bool:
    """Whether there is such a file or folder; `*` stands for any name."""
    return any(ROOT.glob(path))


@cache
def known_modules() -> frozenset[str]:
    """Every module and package by its dotted name."""
    return frozenset(dotted(path) for folder in CODE for path in modules(ROOT / folder))


def is_name(name: str) -> bool:
    """Whether a dotted name is a module, or something that a module defines."""
    if name in known_modules():
        return True
    module, _, attribute = name.rpartition(".")
    if module not in known_modules():
        return is_name(module) if "." in module else False
    path = ROOT.joinpath(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return re.search(rf"\b{attribute}\b", source.read_text("utf-8")) is not None


def missing_in(text: str) -> list[str]:
    """What a text names that is not there."""
    names = [name for name in DOTTED.findall(text) if not name.endswith(FILE_ENDINGS)]
    return [
        *(path for path in paths_in(text) if not is_path(path)),
        *(name for name in names if not is_name(name)),
    ]


def said_in(document: Path) -> str:
    """The text of a document; of settings the comments, since tools read the rest."""
    text = document.read_text("utf-8")
    return text if document.suffix == ".md" else comments(text)


def comments(source: str) -> str:
    """The comments of a source text."""
    return "\n".join(re.findall(r"#.*$", source, re.MULTILINE))


def docstrings(path: Path) -> str:
    """All docstrings of a module, and its comments."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    said = [ast.get_docstring(n) or "" for n in ast.walk(parsed(path)) if isinstance(n, kinds)]
    return "\n".join([*said, comments(path.read_text("utf-8"))])


def test_documents_and_settings_name_only_what_is_there() -> None:
    found = {short(path): missing_in(said_in(path)) for path in DOCUMENTS}
    assert {name: missing for name, missing in found.items() if missing} == {}


@pytest.mark.parametrize("folder", CODE)
def test_docstrings_and_comments_name_only_what_is_there(folder: str) -> None:
    found = {short(path): missing_in(docstrings(path)) for path in modules(ROOT / folder)}
    assert {name: missing for name, missing in found.items() if missing} == {}


@cache
def known_classes() -> frozenset[str]:
    """The classes of the package, those its modules import, and those of Python itself."""
    names = set(vars(builtins))
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                names |= {alias.name for alias in node.names}
    return frozenset(names)


def unknown_errors(text: str) -> set[str]:
    """What a text says is raised, and is no class."""
    return set(RAISED.findall(text)) - known_classes()


def test_docstrings_name_only_errors_that_exist() -> None:
    found = {short(path): unknown_errors(docstrings(path)) for path in modules()}
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_an_error_that_is_none_is_seen() -> None:
    assert unknown_errors("Raises NoSuchError, or ValueError; it raises RuleViolation.") == {
        "NoSuchError"
    }


def test_documents_name_only_what_make_can_make() -> None:
    made = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    found = {short(path): set(TARGET.findall(path.read_text("utf-8"))) - made for path in DOCUMENTS}
    assert {name: missing for name, missing in found.items() if missing} == {}


@pytest.mark.parametrize(
    "text",
    [
        "see tcns/rules.py",
        "`templates/teams/nothing.html`",
        "in tests/nowhere/, as",
        "tcns/<domain>/nothing_there.py:",
        "tcns.teams.stretches does it",
        "tcns.errors.NoSuchError",
    ],
)
def test_a_name_of_nothing_is_seen(text: str) -> None:
    assert missing_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "see tcns/errors.py.",
        "tcns/<subject>/queries.py: what",
        "tcns.errors.RuleViolation",
        "translations/*/LC_MESSAGES/messages.po",
        "instance/tcns.sqlite3 and /etc/tcns/settings.env",
        str(PACKAGE.name) + ".teams",
    ],
)
def test_a_name_of_something_is_let_pass(text: str) -> None:
    assert missing_in(text) == []
