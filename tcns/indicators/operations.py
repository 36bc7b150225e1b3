"""What changes the catalogue of indicators."""

from typing import Any

from sqlalchemy import select

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.indicators.catalogue import CATALOGUE
from tcns.indicators.models import Indicator


def load_indicators(*, by: Any) -> int:
    """Add the indicators of the catalogue that are not there yet; the number of those added.

    What is there, the province may have changed: it stays as it is.
    """
    known = set(db.session.scalars(select(Indicator.code)))
    added = [
        Indicator(position=position, **entry._asdict())
        for position, entry in enumerate(CATALOGUE, start=1)
        if entry.code not in known
    ]
    db.session.add_all(added)
    if added:
        codes = ", ".join(indicator.code for indicator in added)
        record(Event.INDICATORS_LOADED, by=by, changes={"codes": (None, codes)})
    return len(added)
