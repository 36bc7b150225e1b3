"""Letting others wait who would change the same record."""

from typing import Any

from sqlalchemy import inspect, select

from tcns.database import db
from tcns.errors import Gone, expect_version


def lock(record: Any, version: int | None = None) -> None:
    """Let others wait who would change the same record, and read it again as they left it.

    Raises Gone where they took it back, and Stale where it is no more the version that was looked
    at. Others may go on referring to it: an event on record names its area, and must not wait for
    somebody who waits for it. On SQLite the write transaction has locked everything.
    """
    model, (record_id,) = type(record), inspect(record).identity
    query = select(model).where(model.id == record_id).with_for_update(key_share=True)
    if db.session.scalar(query.execution_options(populate_existing=True)) is None:
        raise Gone
    expect_version(record, version)
