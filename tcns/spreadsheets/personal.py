"""Personal data on its way out: who may take it along, and how many rows a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response, current_app, make_response, render_template
from sqlalchemy import Integer, cast, func, select

from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.vocabulary import Event
from tcns.clock import ZONE, now, today
from tcns.database import db
from tcns.database.locking import lock
from tcns.i18n import join_words
from tcns.permissions.guards import my_scope
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.writing import Column

# The fields of an export on record; by them is counted what left the system.
ROWS, PERSONAL_COLUMNS = "rows", "personal_columns"


@dataclass
class LimitReachedError(Exception):
    """So many rows of personal data were taken out today that the wanted ones are too many."""

    taken: int
    wanted: int
    limit: int


def columns_to_export(columns: Sequence[Column]) -> list[Column]:
    """The columns that the visitor may take along."""
    may_all = bool(my_scope(Permission.PERSON_EXPORT))
    return [column for column in columns if may_all or not column.is_personal]


def personal_titles(columns: Sequence[Column]) -> str:
    """What the personal columns of a file are called."""
    return join_words([str(column.title) for column in columns if column.is_personal])


def expect_within_limit(wanted: int, by: Any) -> None:
    """Raise LimitReachedError where a user would take out more rows than a day allows.

    Of several files at once each waits for the one before.
    """
    lock(by)
    limit, taken = current_app.config["TCNS"].personal_rows_a_day, _taken_today(by)
    if taken + wanted > limit:
        raise LimitReachedError(taken, wanted, limit)


def _taken_today(user: Any) -> int:
    """How many rows of personal data a user took out of the system since midnight."""
    is_personal = AuditEvent.values.any(AuditValue.field == PERSONAL_COLUMNS)
    query = (
        select(func.sum(cast(AuditValue.new, Integer)))
        .join(AuditValue.event)
        .where(AuditEvent.event == Event.LIST_EXPORTED, AuditEvent.actor_id == user.id)
        .where(AuditEvent.at >= _midnight(), is_personal, AuditValue.field == ROWS)
    )
    return db.session.scalar(query) or 0


def _midnight() -> datetime:
    """When the day began in Vietnam."""
    return datetime.combine(today(), time.min, ZONE)


def limit_page(reached: LimitReachedError) -> Response:
    """That no more can be taken out today, and when it can be again."""
    again = _midnight() + timedelta(days=1)
    page = render_template("errors/export_limit.html", reached=reached, again=again)
    answer = make_response(page, 429)
    answer.retry_after = (again - now()).seconds
    return answer
