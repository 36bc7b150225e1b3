"""flask imports …"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import click
from flask.cli import AppGroup

from tcns.accounts.models import User
from tcns.accounts.queries import find_user
from tcns.command_line import clear_lines
from tcns.database import writing
from tcns.errors import RuleViolation
from tcns.imports.applying import Checked, Decided, carry_out, check, ledger_of
from tcns.imports.headings import find_layout
from tcns.imports.kinds.catalogue import KINDS, kind_of
from tcns.imports.operations import choices_of
from tcns.imports.rows.fields import FileKind
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Likeness
from tcns.spreadsheets.reading import read_sheets

group = AppGroup("imports", help="Spreadsheets on their way in.")

FILE = click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
KIND = click.option(
    "--kind", "word", type=click.Choice([kind.value for kind in KINDS]), required=True
)
AS_USER = click.option("--as", "user_name", required=True, help="Whose file it is: a user name.")
LAYOUT = click.option("--format", "layout", type=click.Choice(["json", "table"]), default="table")


class Wish(NamedTuple):
    """A file that somebody would take in."""

    kind: FileKind
    user: User
    checked: Checked


@group.command("check")
@FILE
@KIND
@AS_USER
@LAYOUT
def check_file(path: Path, word: str, user_name: str, layout: str) -> None:
    """Say what taking FILE in would do; nothing is written."""
    with clear_lines():
        wish = read_wish(path, word, user_name)
        click.echo((as_json if layout == "json" else as_table)(wish).encode())


@group.command("apply")
@FILE
@KIND
@AS_USER
@LAYOUT
@click.option("--good-rows", is_flag=True, help="Take the good rows in where others are wrong.")
@click.option(
    "--alike",
    type=click.Choice([word.value for word in Likeness]),
    default=Likeness.LEAVE_OUT.value,
    help="What to do with rows about somebody who may be on file already.",
)
def apply_file(
    path: Path, word: str, user_name: str, layout: str, *, good_rows: bool, alike: str
) -> None:
    """Take FILE in, all rows or none; with --good-rows those that are not wrong."""
    with clear_lines():
        wish = read_wish(path, word, user_name)
        plan = ledger_of(wish.checked.findings, Decided(good_rows, Likeness(alike)))
        plan.prepare(by=wish.user)
        with writing():
            if not carry_out(wish.kind, None, plan, wish.checked, by=wish.user):
                raise RuleViolation("The register changed meanwhile; run this again.")
        click.echo((as_json if layout == "json" else as_table)(wish).encode())


def read_wish(path: Path, word: str, user_name: str) -> Wish:
    """Read and check a file for a user."""
    user, kind = find_user(user_name), kind_of(word)
    if user is None:
        raise RuleViolation(f"There is no account {user_name}.")
    if not user.scope_for(kind.permission):
        raise RuleViolation(f"{user_name} may not write {word} anywhere.")
    sheets = read_sheets(path.read_bytes(), path.name)
    layout = find_layout(kind, sheets, choices_of(kind, user))
    return Wish(kind, user, check(kind, layout.rows, layout.matching, by=user))


def as_json(wish: Wish) -> str:
    """The counts and the errors as one JSON object."""
    answer = {"counts": wish.checked.counts, "errors": errors_of(wish)}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def as_table(wish: Wish) -> str:
    """The counts in one line, then a line for each error."""
    counts = wish.checked.counts
    lines = [" ".join(f"{name:>9}" for name in counts)]
    lines.append(" ".join(f"{count:>9}" for count in counts.values()))
    errors = errors_of(wish)
    if errors:
        lines += ["", f"{'row':>5} {'column':18} {'kind':10} message"]
    lines += [
        f"{each['row']:>5} {each['column']:18} {each['kind']:10} {each['message']}"
        for each in errors
    ]
    return "\n".join(lines)


def errors_of(wish: Wish) -> list[dict[str, Any]]:
    """Every problem of the rows, numbered as Excel shows them."""
    labels = {field.name: str(field.label) for field in wish.kind.fields}
    return [row for finding in wish.checked.findings for row in _errors(finding, labels)]


def _errors(finding: Finding, labels: dict[str, str]) -> list[dict[str, Any]]:
    """The problems of one row."""
    return [
        {
            "row": finding.number,
            "column": labels.get(problem.column, ""),
            "kind": problem.kind.value,
            "message": problem.message,
        }
        for problem in finding.problems
    ]
