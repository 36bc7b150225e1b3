"""From a figure to what stands behind it: the list with exactly that many rows."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from flask import url_for

from tcns.areas.history_queries import became
from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.areas.queries import labels
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.coverage.catalogue import USUAL
from tcns.coverage.measure import Measure
from tcns.coverage.queries import CoverageRow, Question
from tcns.coverage.statement import OF_SESSIONS
from tcns.coverage.vocabulary import Comparing, Source
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod, PeriodKind, name_of, period_holding, reporting_month

# Lists that show what happened in a period.
IN_PERIOD = (*OF_SESSIONS, Source.TEAMS)
# Lists of what was last known by the later of two days.
KNOWN_BY_THEN = (Source.HOUSEHOLDS, Source.STATISTICS)
LISTS = {
    "areas": "areas.list_areas",
    "statistics": "areas.list_statistics",
    "initiatives": "initiatives.list_initiatives",
    "teams": "teams.list_teams",
    "memberships": "teams.list_memberships",
    "persons": "teams.list_persons",
    "activities": "activities.list_activities",
}


quoted = lru_cache(maxsize=4096)(quote_plus)  # the same codes stand in many addresses


class PageLink(NamedTuple):
    """What the page may show instead, and the page that shows it."""

    label: str
    url: str
    is_shown: bool


def list_urls(question: Question, under: str) -> Callable[[CoverageRow, Measure], str]:
    """Of a row and a measure, the list behind that figure; `under` is the code of the area the page
    shows.

    Of one measure they differ in the area alone: what comes before it is put together once.
    """

    beginnings: dict[tuple[str, bool], str] = {}

    def list_url(row: CoverageRow, measure: Measure) -> str:
        which = measure.key, row.area_id is None
        if which not in beginnings:
            beginnings[which] = _list_url(question, measure, is_unallocated=which[1])
        return f"{beginnings[which]}&under={quoted(row.code or under)}"

    return list_url


def _list_url(question: Question, measure: Measure, *, is_unallocated: bool) -> str:
    """The list behind a measure's figures but for the area."""
    on = question.known_by if measure.source in KNOWN_BY_THEN else question.on
    values: dict[str, Any] = {"on": on, "map_on": question.map_on, **measure.filters}
    if measure.source in IN_PERIOD:
        values |= {"from": question.period.first, "to": question.period.last}
    if is_unallocated:
        values["unallocated"] = question.by.value
    return url_for(LISTS[measure.listing], **values)


def page_url(question: Question, **changes: Any) -> str:
    """The coverage page with the same question but for some changes.

    What follows from the rest is left out: it follows from another day when that is chosen there.
    """
    values: dict[str, Any] = {
        "by": question.by.value,
        **days_in_address(question),
        "map_on": None if question.map_on == usual_map(question.on) else question.map_on,
        "measure": None if question.measures == USUAL else [m.key for m in question.measures],
        **changes,
    }
    return url_for("coverage.show_coverage", **values)


def days_in_address(question: Question) -> dict[str, Any]:
    """The day and the period of a question, as its address says them: the period by its name where
    it has one."""
    usual_day = {} if question.on == today() else {"on": question.on}
    if question.period == reporting_month(question.on):
        return usual_day
    named = name_of(question.period)
    if named is None:
        return {**usual_day, "from": question.period.first, "to": question.period.last}
    is_last_day = question.on == min(question.period.last, today())
    return {"period": named.name} | ({} if is_last_day else {"on": question.on})


def steps_in_time(question: Question, under: str, kept: Mapping[str, Any]) -> tuple[PageLink, ...]:
    """The period of a question, where it has a name, between the one before and the one after it;
    one that has not begun is left out. `under` is the code of the area shown, `kept` what else the
    address says of the page."""
    named = name_of(question.period)
    if named is None:
        return ()
    around = [named.step(-1), named, named.step(1)]
    return tuple(
        PageLink(
            one.label, _period_url(question, one, {**kept, "under": under}), is_shown=one == named
        )
        for one in around
        if one.days.first <= today()
    )


def kinds_of_period(question: Question, under: str, kept: Mapping[str, Any]) -> list[PageLink]:
    """The month, the quarter and so on that hold the day of a question."""
    named = name_of(question.period)
    return [
        PageLink(
            str(kind.label),
            _period_url(question, period_holding(kind, question.on), {**kept, "under": under}),
            is_shown=named is not None and named.kind is kind,
        )
        for kind in PeriodKind
    ]


def comparisons(question: Question, under: str, kept: Mapping[str, Any]) -> list[PageLink]:
    """The figures alone, and beside each that they may be compared with."""
    return [
        PageLink(
            str(each.label) if each else _("no comparison"),
            page_url(question, **{**kept, "under": under, "compare": each}),
            is_shown=kept.get("compare") == each,
        )
        for each in (None, *Comparing)
    ]


def other_map(question: Question, shown: CoverageRow, kept: Mapping[str, Any]) -> PageLink | None:
    """The same on the map of today, or where that is shown on the usual one; of everything one may
    read where the area shown does not exist there, as the link then says: of the province it is the
    province that it has become."""
    usual = usual_map(question.on)
    day = usual if question.map_on == today() else today()
    if question.under is None or day == question.map_on:
        return None
    words = _("On the map of %(day)s", day=format_day(day))
    label = _("On today's map") if day == today() else words
    map_on = None if day == usual else day
    if question.under.is_valid_on(day):
        kept = {**kept, "under": shown.code}
    elif question.under.step is not Level.PROVINCE:
        label, under = _elsewhere(question.under, shown, day, label)
        kept = {**kept, "under": under}
    return PageLink(label, page_url(question, **{**kept, "map_on": map_on}), is_shown=False)


def _elsewhere(under: Area, shown: CoverageRow, day: date, label: str) -> tuple[str, str | None]:
    """What a link to another map says of an area that is not on it, and the code there of the one
    that it has become with all its land, named where that is called otherwise."""
    there = became(under, day)
    if there is None:
        return _(
            "%(link)s (without %(area)s, which is not on it)", link=label, area=shown.name
        ), None
    named = labels([there.id], day)[there.id]
    if named.full_name != shown.name:
        label = _("%(link)s (there: %(area)s)", link=label, area=named.full_name)
    return label, named.code


def _period_url(question: Question, period: NamedPeriod, kept: Mapping[str, Any]) -> str:
    """The coverage page of a period of the calendar."""
    others = dict.fromkeys(("on", "from", "to"))
    return page_url(question, **{**kept, **others, "period": period.name})


def changes_url(question: Question, under: str, other: Question | None) -> str:
    """The list of teams gained and lost up to the day of a question: since that of the question it
    is compared with, else since the last day before its period."""
    before = other.on if other else question.period.first - timedelta(days=1)
    days: dict[str, Any] = {"from": min(before, question.on - timedelta(days=1)), "to": question.on}
    map_on = None if question.map_on == usual_map(question.on) else question.map_on
    return url_for("coverage.list_team_changes", under=under, map_on=map_on, **days)


def drill_url(question: Question, row: CoverageRow, kept: Mapping[str, Any]) -> str:
    """One step down: the areas below a row, or a village's own page."""
    if question.by == Level.VILLAGE:
        return url_for("areas.show_area", code=row.code, on=question.on, map_on=question.map_on)
    return page_url(question, **{**kept, "under": row.code, "by": None})
