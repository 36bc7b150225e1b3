"""What becomes of notices: given, withdrawn, read, forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from tcns.clock import now
from tcns.database import db
from tcns.notices.models import Notice
from tcns.notices.vocabulary import NoticeKind

KEPT = timedelta(days=90)


def notify(
    user_ids: Iterable[int], kind: NoticeKind, subject_id: int, facts: dict[str, Any], *, by: Any
) -> None:
    """Tell each of some users once what happened to a record; not whoever did it.

    `by` is None where nobody did it, as when work has finished.
    """
    own = by.id if by else None
    moment = now()
    db.session.add_all(
        Notice(
            user_id=user_id,
            kind=kind.value,
            subject_id=subject_id,
            facts=facts,
            created_at=moment,
        )
        for user_id in sorted(set(user_ids) - {own})
    )


def withdraw_notices(kind: NoticeKind, subject_id: int, *, since: datetime) -> None:
    """Take back what was told of a record since a moment: it is not so any more."""
    db.session.execute(
        delete(Notice).where(
            Notice.kind == kind, Notice.subject_id == subject_id, Notice.created_at >= since
        )
    )


def read_notice(notice: Notice) -> None:
    """Note that a notice was read, and when first."""
    notice.read_at = notice.read_at or now()


def read_all_notices(*, by: Any) -> None:
    """Note that a user has read every notice of theirs."""
    _read(Notice.user_id == by.id)


def read_notices_about(kinds: Iterable[NoticeKind], subject_id: int, *, user_id: int) -> None:
    """Note that a user has seen a record that notices of some kinds tell of."""
    _read(
        Notice.user_id == user_id,
        Notice.subject_id == subject_id,
        Notice.kind.in_([kind.value for kind in kinds]),
    )


def _read(*conditions: Any) -> None:
    """Note the unread ones that meet some conditions as read now."""
    unread = update(Notice).where(Notice.read_at.is_(None), *conditions)
    db.session.execute(unread.values(read_at=now()))


def forget_notices(before: datetime, kinds: Iterable[NoticeKind]) -> None:
    """Forget the notices of some kinds that were given before a moment, read or not."""
    names = [kind.value for kind in kinds]
    db.session.execute(delete(Notice).where(Notice.created_at < before, Notice.kind.in_(names)))
