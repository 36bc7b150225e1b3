"""Questions about notices: one's own alone, for nobody else sees them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select

from tcns.database import db
from tcns.notices.models import Notice
from tcns.notices.vocabulary import NoticeKind


def own_notice(user_id: int, notice_id: int) -> Notice | None:
    """The notice of this id, if it is the user's."""
    query = select(Notice).where(Notice.id == notice_id, Notice.user_id == user_id)
    return db.session.scalar(query)


def own_notices(user_id: int) -> Select[Any]:
    """The notices of a user, the newest first."""
    query = select(Notice).where(Notice.user_id == user_id)
    return query.order_by(Notice.created_at.desc(), Notice.id.desc())


def unread_notices_of(user_id: Any) -> ScalarSelect[int]:
    """How many notices a user has not read, to be asked along."""
    query = select(func.count(Notice.id)).where(Notice.user_id == user_id)
    return query.where(Notice.read_at.is_(None)).scalar_subquery()


def told_since(kind: NoticeKind, subject_id: int, since: datetime) -> set[int]:
    """The users who were told something of a record since a moment."""
    query = select(Notice.user_id).where(Notice.kind == kind, Notice.subject_id == subject_id)
    return set(db.session.scalars(query.where(Notice.created_at >= since)))
