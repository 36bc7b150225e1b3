"""What commands share: days as arguments, and every refusal as one clear line."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click
from flask_babel import force_locale
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from tcns.database import db
from tcns.database.faults import Fault, fault_of
from tcns.errors import RuleViolation
from tcns.periods import NamedPeriod, not_a_period, period_named


class Day(click.ParamType[date | None]):
    """A day written YYYY-MM-DD; with `or_today`, the word "today" stands for None."""

    name = "day"

    def __init__(self, *, or_today: bool = False) -> None:
        self.or_today = or_today

    def convert(self, value: Any, param: object, ctx: object) -> date | None:
        """The day, or one line that says how to write one."""
        if isinstance(value, date) or (self.or_today and value == "today"):
            return value if isinstance(value, date) else None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        # Python reads further ISO forms (20240630, 2024-W26-7); one form is enough.
        if day is None or day.isoformat() != value:
            raise click.ClickException(f"{value!r} is not a day; write it YYYY-MM-DD: 2024-06-30")
        return day


class PeriodName(click.ParamType[NamedPeriod]):
    """A period of the reporting calendar by its name."""

    name = "period"

    def convert(self, value: Any, param: object, ctx: object) -> NamedPeriod:
        """The period, or one line that says how to write one."""
        found = value if isinstance(value, NamedPeriod) else period_named(value)
        if found is None:
            with force_locale("en"):
                raise click.ClickException(not_a_period())
        return found


logger = logging.getLogger(__name__)

# SQLite's words for a file that it cannot read; it writes no copy over one.
DAMAGED = ("file is not a database", "disk image is malformed")
IF_DAMAGED = "Move its file away and restore a backup."
IF_LOCKED = "Somebody else is writing to the database for long. Nothing was changed; try again."
DAY = Day()
PERIOD = PeriodName()
DAY_OR_TODAY = Day(or_today=True)


@contextmanager
def clear_lines() -> Iterator[None]:
    """End a command whose wish breaks a rule, or whose database is not to be used, with one line.

    Commands speak English, as their help does.
    """
    with force_locale("en"), _logged():
        try:
            require_tables()
            yield
        except RuleViolation as broken:
            raise click.ClickException(str(broken.message)) from broken
        except SQLAlchemyError as error:
            if not is_unusable(error):
                raise
            raise click.ClickException(unusable(error)) from error


@contextmanager
def _logged() -> Iterator[None]:
    """Leave a line in the log: which command, not what was typed after it, and what came of it."""
    context = click.get_current_context(silent=True)
    begun_at, outcome = time.perf_counter_ns(), "failure"
    try:
        yield
        outcome = "success"
    finally:
        fields = {
            "event.action": "command",
            "event.outcome": outcome,
            "event.duration": time.perf_counter_ns() - begun_at,
        }
        name = context.command_path if context else "unknown"
        logger.info("command: %s", name, extra={"fields": fields})


def is_unusable(error: SQLAlchemyError) -> bool:
    """Whether the database does not answer, cannot do it now or is damaged; else the fault is in
    what it was told."""
    return (
        fault_of(error) is not None
        or isinstance(error, OperationalError)
        or type(error) is DatabaseError
    )


def unusable(error: Exception) -> str:
    """What is said of a database that does not answer or is damaged, by SQLAlchemy's error or the
    driver's."""
    if isinstance(error, SQLAlchemyError) and fault_of(error) is Fault.LOCKED:
        return IF_LOCKED
    value = f"The database cannot be used: {str(getattr(error, 'orig', error)).strip()}"
    return f"{value}. {IF_DAMAGED}" if any(words in value for words in DAMAGED) else value


def require_tables() -> None:
    """Say what to do when the database was never brought up to date."""
    if not inspect(db.engine).has_table("deployment"):
        raise click.ClickException("The database has no tables yet; run: make prepare")
