"""Whatever is put on record has a word on pages."""

import ast
from pathlib import Path

import pytest

from tcns.audit.words import FIELDS, RECORDS
from tcns.database import db
from tests.conventions.sources import modules, parsed, short

# What `record` is given: a field and a pair, what it was and what it became.
PAIR = 2


def records(path: Path) -> bool:
    """Whether a module puts anything on record."""
    return "record(Event." in path.read_text("utf-8")


def fields_in(tree: ast.AST) -> set[str]:
    """The fields of the changes that a module writes down: text leading to a pair."""
    return {
        str(key.value)
        for found in ast.walk(tree)
        if isinstance(found, ast.Dict)
        for key, value in zip(found.keys, found.values, strict=True)
        if isinstance(key, ast.Constant)
        and isinstance(value, ast.Tuple)
        and len(value.elts) == PAIR
    }


@pytest.mark.parametrize("path", [path for path in modules() if records(path)], ids=short)
def test_every_field_that_is_put_on_record_has_a_word(path: Path) -> None:
    assert fields_in(parsed(path)) - set(FIELDS) == set()


def test_the_walk_sees_the_fields_of_changes() -> None:
    assert fields_in(ast.parse('changes = {"name": (old, new), "rows": (None, 3)}')) == {
        "name",
        "rows",
    }


def test_every_word_is_of_a_table_there_is() -> None:
    assert set(RECORDS) - {"site"} <= set(db.metadata.tables)
