"""Putting an event on record."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.vocabulary import Event
from tcns.database import db, now

Change = tuple[Any, Any]


def record(
    event: Event,
    *,
    by: Any,
    on: Any = None,
    area_id: int | None = None,
    changes: Mapping[str, Change] | None = None,
) -> AuditEvent:
    """Record that `by` (a user, or None for nobody signed in) did `event` to the record `on`.

    `changes` maps a field to (old, new); fields whose value stayed the same are left out. The
    record must have its id already.
    """
    kept = {
        field: (_text(old), _text(new))
        for field, (old, new) in (changes or {}).items()
        if old != new
    }
    entry = AuditEvent(
        event=event,
        actor_id=by.id if by else None,
        object_type=on.__tablename__ if on is not None else "site",
        object_id=on.id if on is not None else None,
        area_id=area_id,
        at=now(),
        digest=_digest(kept),
        values=[AuditValue(field=field, old=old, new=new) for field, (old, new) in kept.items()],
    )
    db.session.add(entry)
    return entry


def _text(value: Any) -> str | None:
    """A value as it is kept: text, or nothing."""
    return None if value is None else str(value)


def _digest(values: Mapping[str, tuple[str | None, str | None]]) -> str:
    """A salted digest of the values: proves them later, tells nothing by itself."""
    salt = secrets.token_hex(8)
    return f"{salt}${hashlib.sha256(f'{salt}{sorted(values.items())}'.encode()).hexdigest()}"
