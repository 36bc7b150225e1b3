"""What the tests of entering sessions share: texts to log, and rows as they stand."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from tcns.activities.content import ActivityText
from tcns.activities.models import Activity
from tcns.activities.vocabulary import ActivityForm, ActivityKind
from tcns.audit.models import AuditEvent
from tcns.database import db
from tests.page import Visitor

Visit = Callable[..., Visitor]
DAY = date(2025, 6, 20)
LOG = "/activities/log"


def text(**differs: Any) -> ActivityText:
    """A sound session of ten people and four households."""
    facts: dict[str, Any] = {
        "kind": ActivityKind.GUIDANCE,
        "form": ActivityForm.IN_PERSON,
        "held_on": DAY,
        "participant_count": 10,
        "household_count": 4,
        **differs,
    }
    return ActivityText(**facts)


def edit_url(activity_id: int) -> str:
    """The page that corrects a session."""
    return f"/activities/{activity_id}/edit"


def count_of(app: Flask, model: type[Any] = Activity) -> int:
    """How many rows there are."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def row_of(app: Flask, activity_id: int) -> dict[str, Any]:
    """The columns of a session."""
    with app.app_context():
        row = db.session.get_one(Activity, activity_id)
        return {column.name: getattr(row, column.name) for column in Activity.__table__.columns}


def newest(app: Flask) -> int:
    """The id of the session entered last."""
    with app.app_context():
        return db.session.scalar(select(func.max(Activity.id))) or 0


def events_on(app: Flask, activity_id: int) -> list[str]:
    """What was put on record of a session, the first one first."""
    query = (
        select(AuditEvent.event)
        .where(AuditEvent.object_type == "activity", AuditEvent.object_id == activity_id)
        .order_by(AuditEvent.id)
    )
    with app.app_context():
        return list(db.session.scalars(query))
