"""From what a page or a command was given to a full question: defaults, and what is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.coverage.catalogue import USUAL, measures_named
from tcns.coverage.queries import Question
from tcns.coverage.vocabulary import Comparing
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.periods import (
    YEARS,
    NamedPeriod,
    Period,
    compared_day,
    compared_period,
    reporting_month,
)
from tcns.permissions.scope import Scope


@dataclass(frozen=True)
class Wish:
    """What was given, any part of it left out: the words of the address and of the command."""

    by: Level | None = None
    on: date | None = None
    first: date | None = None
    last: date | None = None
    map_on: date | None = None
    under: str | None = None
    period: NamedPeriod | None = None
    measures: Sequence[str] = ()


def ask(scope: Scope, wish: Wish) -> Question:
    """The full question; raises RuleViolation naming the field that cannot be.

    `on` is today unless given, or the last day of a period that was named and is over; the period
    is the reporting month that holds `on`. Of days still to come nothing is known: such a day is
    refused. The map is that of `on`, or the deployment's if that is earlier; by district it is that
    of the last day on which districts existed. Of a level that a chosen map does not have it is the
    next one below. Without `under` it is the one area the scope covers, else its province.
    Without `measures` they are the usual ones.
    """
    on = _day(wish)
    period = _period(wish, on)
    map_on = wish.map_on or min(on, areas.map_day())
    under = _under(scope, wish, map_on)
    by = wish.by or _level_below(under, map_on)
    if not wish.map_on and _misses_districts(by, under, map_on):
        last_day = areas.last_day_with(by, map_on)
        if last_day and last_day != map_on:
            map_on, under = last_day, _under(scope, wish, last_day)
    if under and under.step.rank >= by.rank:
        raise RuleViolation(_("Choose a level below the area shown."), "by")
    by = _level_on_map(by, under, map_on)
    measures = measures_named(wish.measures) if wish.measures else USUAL
    return Question(under=under, by=by, on=on, period=period, map_on=map_on, measures=measures)


def _day(wish: Wish) -> date:
    """The day whose teams and members count; raises RuleViolation for one still to come."""
    if wish.on and wish.on > today():
        raise RuleViolation(_("The day lies in the future."), "on")
    return wish.on or min(today(), wish.period.days.last if wish.period else today())


def _period(wish: Wish, on: date) -> Period:
    """The period asked for; an end that was not given is that of the reporting month.

    Raises RuleViolation for one that has not begun.
    """
    if wish.period and (wish.first or wish.last):
        message = _("Choose a period by its name or by its days, not by both.")
        raise RuleViolation(message, "period")
    usual = wish.period.days if wish.period else reporting_month(on)
    period = usual.between(wish.first, wish.last)
    if period.first > period.last:
        raise RuleViolation(_("The first day of the period lies after its last day."), "first")
    if period.first > today():
        begins = _("The period begins on %(day)s only.", day=format_day(period.first))
        raise RuleViolation(begins, "period" if wish.period else "first")
    return period


def _misses_districts(by: Level, under: Area | None, map_on: date) -> bool:
    """Whether districts are asked for that the map does not have there."""
    levels = areas.levels_below(under.id, map_on) if under else ()
    return by is Level.DISTRICT and by not in levels


def _level_on_map(by: Level, under: Area | None, map_on: date) -> Level:
    """The level asked for, or where the map has none of it the next that it has."""
    levels = areas.levels_below(under.id, map_on) if under else ()
    return next((level for level in levels if level.rank >= by.rank), by)


def _level_below(under: Area | None, map_on: date) -> Level:
    """The next level below the area shown that exists on the map."""
    levels = areas.levels_below(under.id, map_on) if under else [Level.COMMUNE]
    return levels[0] if levels else Level.VILLAGE


def _under(scope: Scope, wish: Wish, map_on: date) -> Area | None:
    """The area asked about; raises RuleViolation unless it is one the scope reaches."""
    if not wish.under:
        return _usual_area(scope, map_on)
    area = areas.area_by_code(wish.under, map_on)
    if area is None or not areas.reaches(scope, area.id, map_on):
        message = _(
            "There is no area %(code)s on %(day)s.", code=wish.under, day=format_day(map_on)
        )
        raise RuleViolation(message, "under")
    return area


def _usual_area(scope: Scope, map_on: date) -> Area | None:
    """The one area that a scope covers at the top, else the province that its areas stand in."""
    tops = [] if scope.everything else areas.tops_of(scope, map_on)
    if len(tops) == 1:
        return tops[0]
    return areas.area_at(Level.PROVINCE, tops[0], map_on) if tops else areas.province(map_on)


def compared_question(question: Question, comparing: Comparing) -> Question:
    """The same question of the period before, or of the same one a year before, on the same map.

    Raises RuleViolation where the calendar has nothing before.
    """
    if question.period.first.year - 2 not in YEARS or question.period.last.year not in YEARS:
        raise RuleViolation(_("There is no period before to compare with."), "compare")
    years = 1 if comparing is Comparing.YEAR else 0
    period = compared_period(question.period, today(), years=years)
    return replace(question, on=compared_day(question.on, question.period, period), period=period)
