"""What changes digital models: registered, corrected, ended, removed."""

from datetime import date, timedelta
from typing import Any

from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation, raise_violations
from tcns.i18n import gettext as _
from tcns.initiatives.models import Initiative
from tcns.initiatives.rules import InitiativeText, end_violations, text_violations


def register_initiative(text: InitiativeText, *, by: Any) -> Initiative:
    """Put a digital model of an area on file."""
    lock(text.area)
    raise_violations(list(text_violations(text)))
    initiative = Initiative(**_values(text))
    db.session.add(initiative)
    db.session.flush()
    changes = {name: (None, value) for name, value in _values(text).items()}
    _record(Event.INITIATIVE_REGISTERED, initiative, changes, by=by)
    return initiative


def correct_initiative(
    initiative: Initiative, text: InitiativeText, *, by: Any, version: int | None = None
) -> None:
    """Correct what is said of a digital model."""
    lock(initiative, version)
    raise_violations([*text_violations(text, besides=initiative), *_order(initiative, text)])
    changes = {name: (getattr(initiative, name), value) for name, value in _values(text).items()}
    for name, value in _values(text).items():
        setattr(initiative, name, value)
    _record(Event.INITIATIVE_CORRECTED, initiative, changes, by=by)


def end_initiative(
    initiative: Initiative, last_day: date, *, by: Any, version: int | None = None
) -> None:
    """End a digital model after its last day; one that ended gets another last day."""
    lock(initiative, version)
    raise_violations(list(end_violations(initiative, last_day)))
    changes = {"valid_to": (initiative.last_day, last_day)}
    initiative.valid_to = last_day + timedelta(days=1)
    _record(Event.INITIATIVE_ENDED, initiative, changes, by=by)


def withdraw_initiative(initiative: Initiative, *, by: Any, version: int | None = None) -> None:
    """Remove a digital model that was entered by mistake."""
    lock(initiative, version)
    changes = {name: (getattr(initiative, name), None) for name in ("name", "kind", "valid_from")}
    _record(Event.INITIATIVE_WITHDRAWN, initiative, changes, by=by)
    db.session.delete(initiative)


def _order(initiative: Initiative, text: InitiativeText) -> list[RuleViolation]:
    """A start after the end on file."""
    if initiative.valid_to is None or text.started_on < initiative.valid_to:
        return []
    return [RuleViolation(_("The first day lies after the last day."), "started_on")]


def _values(text: InitiativeText) -> dict[str, Any]:
    """The columns of what is said."""
    return {
        "area_id": text.area.id,
        "kind": text.kind.value,
        "name": text.name,
        "stage": text.stage.value,
        "valid_from": text.started_on,
    }


def _record(
    event: Event, initiative: Initiative, changes: dict[str, tuple[Any, Any]], *, by: Any
) -> None:
    """Tell the trail, where the digital model is."""
    told = {name: change for name, change in changes.items() if name != "area_id"}
    record(event, by=by, on=initiative, area_id=initiative.area_id, changes=told)
