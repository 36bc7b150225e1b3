"""From a figure to what stands behind it: the list with exactly that many rows."""

from typing import Any

from flask import url_for

from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.coverage.measures import Measure, Source
from tcns.coverage.queries import CoverageRow, Question
from tcns.periods import reporting_month

LISTS = {
    "areas": "areas.list_areas",
    "teams": "teams.list_teams",
    "memberships": "teams.list_memberships",
    "persons": "teams.list_persons",
    "activities": "activities.list_activities",
}


def list_url(question: Question, row: CoverageRow, measure: Measure, under: str) -> str:
    """The list behind one figure; `under` is the code of the area the page shows."""
    values: dict[str, Any] = {
        "under": row.code or under,
        "on": question.on,
        "map_on": question.map_on,
        **measure.filters,
    }
    if measure.source in (Source.ACTIVITIES, Source.TEAMS):
        values |= {"from": question.period.first, "to": question.period.last}
    if row.area_id is None:
        values["unallocated"] = question.by.value
    return url_for(LISTS[measure.listing], **values)


def page_url(question: Question, **changes: Any) -> str:
    """The coverage page with the same question but for some changes.

    What follows from the rest is left out: it follows from another day when that is chosen there.
    """
    usual = reporting_month(question.on)
    values: dict[str, Any] = {
        "by": question.by.value,
        "on": None if question.on == today() else question.on,
        "from": None if question.period == usual else question.period.first,
        "to": None if question.period == usual else question.period.last,
        "map_on": None if question.map_on == usual_map(question.on) else question.map_on,
        **changes,
    }
    return url_for("coverage.show_coverage", **values)


def drill_url(question: Question, row: CoverageRow) -> str:
    """One step down: the areas below a row, or a village's own page."""
    if question.by == Level.VILLAGE:
        return url_for("areas.show_area", code=row.code, on=question.on, map_on=question.map_on)
    return page_url(question, under=row.code, by=None)
