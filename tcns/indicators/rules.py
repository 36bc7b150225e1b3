"""When an indicator can be added or ended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.indicators.models import Indicator
from tcns.indicators.vocabulary import Direction, Stage, Unit
from tcns.vietnamese import fold

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


@dataclass(frozen=True)
class IndicatorNames:
    """What an indicator is called, where it stands, and which way is better."""

    name_vi: str
    name_en: str
    topic: str
    direction: Direction


@dataclass(frozen=True)
class NewIndicator:
    """An indicator to be added; without a code it gets one of its name."""

    names: IndicatorNames
    unit: Unit
    stage: Stage
    first_day: date
    last_day: date | None = None
    code: str | None = None


def new_violations(wanted: NewIndicator) -> Iterator[RuleViolation]:
    """Why an indicator cannot be added so."""
    if wanted.code and not CODE.fullmatch(wanted.code):
        message = _("Write small letters without marks, figures and _, beginning with a letter.")
        yield RuleViolation(message, "code")
    elif wanted.code and is_taken(wanted.code):
        yield RuleViolation(_("Another indicator has this code."), "code")
    if wanted.last_day and wanted.last_day < wanted.first_day:
        yield RuleViolation(_("The last day lies before the first day."), "last_day")
    yield from name_violations(wanted.names)


def name_violations(
    names: IndicatorNames, besides: Indicator | None = None
) -> Iterator[RuleViolation]:
    """Whether another indicator that lasts is called so already."""
    lasting = select(Indicator).where(Indicator.valid_on(today()))
    for other in db.session.scalars(lasting):
        if other is not besides and fold(other.name_vi) == fold(names.name_vi):
            yield RuleViolation(_("Another indicator has this name."), "name_vi")


def end_violations(indicator: Indicator, last_day: date) -> Iterator[RuleViolation]:
    """Why an indicator cannot be counted up to a day and no longer: sessions that were held
    already keep what they counted."""
    earliest = max(today(), indicator.valid_from)
    if last_day < earliest:
        message = _("It is counted up to %(day)s at least.", day=format_day(earliest))
        yield RuleViolation(message, "last_day")


def is_taken(code: str) -> bool:
    """Whether an indicator has a code."""
    return db.session.scalar(select(Indicator.id).where(Indicator.code == code)) is not None
