"""When a digital model can be registered, corrected or ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tcns.areas.models import Area
from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.initiatives.models import Initiative
from tcns.initiatives.vocabulary import InitiativeKind, Stage
from tcns.vietnamese import fold


@dataclass(frozen=True)
class InitiativeText:
    """What is said of a digital model."""

    area: Area
    kind: InitiativeKind
    name: str
    stage: Stage
    started_on: date


def text_violations(
    text: InitiativeText, besides: Initiative | None = None
) -> Iterator[RuleViolation]:
    """Why a digital model cannot be so: a day to come, one without the area, one on file."""
    yield from day_violations(text.area, text.started_on, "started_on")
    query = select(Initiative).where(
        Initiative.area_id == text.area.id,
        Initiative.kind == text.kind,
        Initiative.search_key == fold(text.name),
        Initiative.valid_on(text.started_on),
    )
    if any(found is not besides for found in db.session.scalars(query)):
        yield RuleViolation(_("This area has that digital model already."), "name")


def day_violations(area: Area, day: date, field: str) -> Iterator[RuleViolation]:
    """Why nothing can be of an area on a day: it is to come, or the area was not there."""
    if day > today():
        yield RuleViolation(_("The day lies in the future."), field)
    elif not area.is_valid_on(day):
        name = area.names[-1].full_name
        message = _("%(area)s did not exist on %(day)s.", area=name, day=format_day(day))
        yield RuleViolation(message, field)


def end_violations(initiative: Initiative, last_day: date) -> Iterator[RuleViolation]:
    """Why a digital model cannot end after a day."""
    if last_day > today():
        yield RuleViolation(_("The day lies in the future."), "last_day")
    elif last_day < initiative.valid_from:
        since = format_day(initiative.valid_from)
        yield RuleViolation(_("It started only on %(day)s.", day=since), "last_day")
