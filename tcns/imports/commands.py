"""flask imports …"""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import click
from flask import current_app
from flask.cli import AppGroup

from tcns.accounts.models import User
from tcns.accounts.queries import find_user
from tcns.clock import now
from tcns.command_line import clear_lines
from tcns.database import writing
from tcns.errors import RuleViolation
from tcns.files.store import file_store
from tcns.imports.applying import Checked, Decided, carry_out, check, plan_of
from tcns.imports.kinds.catalogue import KINDS, kind_of
from tcns.imports.operations import choices_of, delete_orphans, let_files_go, let_rows_go
from tcns.imports.rows.fields import FileKind
from tcns.imports.rows.questions import Answers, Question
from tcns.imports.rows.results import Finding
from tcns.imports.sheets import file_to_check
from tcns.imports.vocabulary import Likeness
from tcns.spreadsheets.reading import read_sheets

group = AppGroup("imports", help="Spreadsheets on their way in.")
# A file on its way may have no record yet.
ORPHANS_KEPT = timedelta(days=1)

FILE = click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
KIND = click.option(
    "--kind", "word", type=click.Choice([kind.value for kind in KINDS]), required=True
)
AS_USER = click.option("--as", "user_name", required=True, help="Whose file it is: a user name.")
LAYOUT = click.option("--format", "layout", type=click.Choice(["json", "table"]), default="table")


class Wish(NamedTuple):
    """A file that somebody would import."""

    kind: FileKind
    user: User
    checked: Checked


ROWS = click.option("--rows", "with_rows", is_flag=True, help="Print what each row was read as.")
ANSWERS = click.option(
    "--answer",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="Answer a question of the file by its key; may be given several times.",
)


@group.command("purge")
def purge() -> None:
    """Delete uploaded files that were imported or left, and what was kept of their rows.

    The files go TCNS_UPLOAD_DAYS after somebody last went on with them, their rows
    TCNS_IMPORT_DAYS after that. It may be run at any time, and again.
    """
    settings = current_app.config["TCNS"]
    with clear_lines():
        with writing():
            keys = let_files_go(now() - timedelta(days=settings.upload_days))
            rows = let_rows_go(now() - timedelta(days=settings.import_days))
        for key in keys:
            file_store().delete(key)
        orphans = delete_orphans(now() - ORPHANS_KEPT)
    click.echo(f"Deleted {len(keys)} uploaded files, {rows} rows of them, {orphans} stray files.")


@group.command("check")
@FILE
@KIND
@AS_USER
@LAYOUT
@ROWS
@ANSWERS
def check_file(
    path: Path, word: str, user_name: str, layout: str, *, with_rows: bool, given: tuple[str, ...]
) -> None:
    """Say what importing FILE would do; nothing is written."""
    with clear_lines():
        wish = read_wish(path, word, user_name, answers_of(given))
        click.echo(in_layout(wish, layout, with_rows=with_rows).encode())


@group.command("apply")
@FILE
@KIND
@AS_USER
@LAYOUT
@ROWS
@ANSWERS
@click.option("--good-rows", is_flag=True, help="Import the good rows where others are wrong.")
@click.option(
    "--alike",
    type=click.Choice([word.value for word in Likeness]),
    default=Likeness.LEAVE_OUT.value,
    help="What to do with rows that may be on file already.",
)
def apply_file(
    path: Path,
    word: str,
    user_name: str,
    layout: str,
    *,
    with_rows: bool,
    given: tuple[str, ...],
    good_rows: bool,
    alike: str,
) -> None:
    """Import FILE, all rows or none; with --good-rows those that are not wrong."""
    with clear_lines():
        wish = read_wish(path, word, user_name, answers_of(given))
        plan = plan_of(wish.checked, Decided(good_rows, Likeness(alike)))
        plan.prepare(by=wish.user)
        with writing():
            if not carry_out(wish.kind, None, plan, wish.checked, by=wish.user):
                raise RuleViolation("The register changed meanwhile; run this again.")
        click.echo(in_layout(wish, layout, with_rows=with_rows).encode())


def answers_of(given: Sequence[str]) -> dict[str, str]:
    """The answers of a command line; ends the command for what is none."""
    answers = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals or not key.strip():
            raise click.UsageError(f"Write an answer as KEY=VALUE, not {one!r}.")
        answers[key.strip()] = value.strip()
    return answers


def read_wish(path: Path, word: str, user_name: str, answers: Answers) -> Wish:
    """Read and check a file for a user; raises RuleViolation for answers nothing was asked."""
    user, kind = find_user(user_name), kind_of(word)
    if user is None:
        raise RuleViolation(f"There is no account {user_name}.")
    if not user.scope_for(kind.permission):
        raise RuleViolation(f"{user_name} may not write {word} anywhere.")
    sheets = read_sheets(path.read_bytes(), path.name)
    file = file_to_check(kind, sheets, choices_of(kind, user), answers)
    checked = check(file, by=user)
    asked = {question.key for question in checked.questions}
    for key in answers:
        if key not in asked:
            raise RuleViolation(f"Nothing was asked under {key}.")
    unfit = [q.key for q in checked.questions if q.key in answers and q in checked.unanswered]
    if unfit:
        raise RuleViolation(f"This is no answer to {unfit[0]}.")
    return Wish(kind, user, checked)


def in_layout(wish: Wish, layout: str, *, with_rows: bool) -> str:
    """What was found, in one of the layouts."""
    return as_json(wish, with_rows=with_rows) if layout == "json" else as_table(wish)


def as_json(wish: Wish, *, with_rows: bool) -> str:
    """The counts, the questions and the errors as one JSON object; with the rows if wanted."""
    answer: dict[str, Any] = {
        "counts": wish.checked.counts,
        "questions": [as_question(question, wish) for question in wish.checked.questions],
        "errors": errors_of(wish),
    }
    if with_rows:
        answer["rows"] = [as_row(finding) for finding in wish.checked.findings]
    return json.dumps(answer, ensure_ascii=False, indent=2)


def as_question(question: Question, wish: Wish) -> dict[str, Any]:
    """A question with its key, its answers, the likely one, and the one that was given."""
    return {
        "key": question.key,
        "text": question.text,
        "options": {option.value: option.label for option in question.options},
        "likely": question.likely,
        "takes_day": question.takes_day,
        "takes_text": question.takes_text,
        "rows": list(question.rows),
        "answer": wish.checked.answers.get(question.key),
    }


def as_row(finding: Finding) -> dict[str, Any]:
    """A row: what becomes of it, what was understood, and where that is not literally the cell."""
    return {
        "row": finding.number,
        "verdict": finding.outcome,
        "understood": finding.understood,
        "waits": finding.waits,
        "notes": [note._asdict() for note in finding.notes],
    }


def as_table(wish: Wish) -> str:
    """The counts in one line, then a line for each open question and each error."""
    counts = wish.checked.counts
    lines = [" ".join(f"{name:>9}" for name in counts)]
    lines.append(" ".join(f"{count:>9}" for count in counts.values()))
    for question in wish.checked.unanswered:
        values = " | ".join(option.value for option in question.options)
        lines += ["", f"{question.text}", f"  --answer {question.key}={values}"]
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
