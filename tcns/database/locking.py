"""Locking rows against changes by others."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, inspect, select

from tcns.database import db
from tcns.database.unchanged import look_again
from tcns.errors import Gone, expect_version


def lock(record: Any, version: int | None = None) -> None:
    """Lock a record and re-read it: whoever else would change it waits.

    Raises Gone where it was deleted meanwhile, and Stale where it is no longer the version that was
    looked at. Others may still refer to it: an event on record names its area, and must not wait
    for somebody who waits for it. On SQLite the write transaction has locked everything.
    """
    model, (record_id,) = type(record), inspect(record).identity
    query = select(model).where(model.id == record_id).with_for_update(key_share=True)
    if not lock_rows(query.execution_options(populate_existing=True)):
        raise Gone
    expect_version(record, version)


def lock_rows(query: Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """The first column of the rows that a locking question locks; what others changed while they
    were waited for is forgotten (`tcns.database.unchanged`)."""
    found = db.session.scalars(query, values or {}).all()
    look_again()
    return found
