"""What changes the catalogue of indicators."""

import re
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import raise_violations
from tcns.indicators.catalogue import CATALOGUE
from tcns.indicators.models import Indicator
from tcns.indicators.rules import (
    IndicatorNames,
    NewIndicator,
    end_violations,
    is_taken,
    name_violations,
    new_violations,
)
from tcns.vietnamese import fold

LONGEST_CODE = 32


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


def add_indicator(wanted: NewIndicator, *, by: Any) -> Indicator:
    """Let sessions count something more, from its first day on."""
    raise_violations(list(new_violations(wanted)))
    last = db.session.scalar(select(func.max(Indicator.position))) or 0
    values = {
        "code": wanted.code or code_for(wanted.names.name_vi),
        **vars(wanted.names),
        "unit_vi": wanted.unit.words.vi,
        "unit_en": wanted.unit.words.en,
        "stage": wanted.stage.value,
        "valid_from": wanted.first_day,
        "valid_to": wanted.last_day + timedelta(days=1) if wanted.last_day else None,
    }
    indicator = Indicator(position=last + 1, **values)
    db.session.add(indicator)
    db.session.flush()
    changes = {name: (None, value) for name, value in values.items()}
    changes["valid_to"] = None, wanted.last_day
    record(Event.INDICATOR_ADDED, by=by, on=indicator, changes=changes)
    return indicator


def correct_indicator(
    indicator: Indicator, names: IndicatorNames, *, by: Any, version: int | None = None
) -> None:
    """Call an indicator otherwise; what it counts stays: for that there is another one."""
    lock(indicator, version)
    raise_violations(list(name_violations(names, besides=indicator)))
    changes = {name: (getattr(indicator, name), value) for name, value in vars(names).items()}
    for name, value in vars(names).items():
        setattr(indicator, name, value)
    record(Event.INDICATOR_CORRECTED, by=by, on=indicator, changes=changes)


def end_indicator(
    indicator: Indicator, last_day: date, *, by: Any, version: int | None = None
) -> None:
    """Let an indicator be counted up to a day and no longer; another day replaces it."""
    lock(indicator, version)
    raise_violations(list(end_violations(indicator, last_day)))
    changes = {"valid_to": (indicator.last_day, last_day)}
    indicator.valid_to = last_day + timedelta(days=1)
    record(Event.INDICATOR_ENDED, by=by, on=indicator, changes=changes)


def code_for(name: str) -> str:
    """A code that no indicator has, made of a name."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:LONGEST_CODE].rstrip("_")
    plain = words if words[:1].isalpha() else f"i_{words}"
    if not is_taken(plain):
        return plain
    return next(code for code in (f"{plain}_{n}" for n in count(2)) if not is_taken(code))
