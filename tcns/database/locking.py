"""Locking a record against changes by others."""

from typing import Any

from sqlalchemy import inspect, select

from tcns.database import db
from tcns.errors import Gone, expect_version


def lock(record: Any, version: int | None = None) -> None:
    """Lock a record and re-read it: whoever else would change it waits.

    Raises Gone where it was deleted meanwhile, and Stale where it is no longer the version that was
    looked at. Others may still refer to it: an event on record names its area, and must not wait
    for somebody who waits for it. On SQLite the write transaction has locked everything.
    """
    model, (record_id,) = type(record), inspect(record).identity
    query = select(model).where(model.id == record_id).with_for_update(key_share=True)
    if db.session.scalar(query.execution_options(populate_existing=True)) is None:
        raise Gone
    expect_version(record, version)
