"""What the cockpit shows of one question: each chart is made, and asked for, when it is needed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from flask import url_for

from tcns.areas.boundaries.queries import boundaries_of, points_of
from tcns.areas.places import Step, Trail, usual_map
from tcns.areas.vocabulary import Level
from tcns.charts.drawing import Chart
from tcns.charts.key_figures import KeyFigure
from tcns.charts.lines import LineChart
from tcns.charts.maps import AreaMap
from tcns.charts.multiples import Multiples
from tcns.charts.projection import Outline
from tcns.charts.ranking import Ranking
from tcns.charts.targets import TargetList, Task
from tcns.cockpit import courses, pictures, tasks
from tcns.cockpit.month_queries import Months, months_of, teams_in
from tcns.cockpit.pictures import Land
from tcns.cockpit.rules import last_day
from tcns.cockpit.tasks import JudgedTarget
from tcns.cockpit.vocabulary import SESSIONS, SILENT_DAYS, SILENT_TEAMS, TEAMS
from tcns.coverage import links, queries
from tcns.coverage.catalogue import measures_named
from tcns.coverage.comparison_queries import Comparison, compare
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, CoverageRow, Question
from tcns.coverage.views import placed
from tcns.coverage.vocabulary import Comparing
from tcns.errors import RuleViolation
from tcns.periods import NamedPeriod, Period
from tcns.permissions.guards import my_scope
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission

# So many areas are shown side by side; more would be no picture.
MOST_MULTIPLES = 23


def reader() -> Scope:
    """Where the visitor may read figures."""
    return my_scope(Permission.COVERAGE_READ)


def by_lowest(question: Question) -> Question:
    """The same question by commune, where it is asked by district."""
    return replace(question, by=Level.COMMUNE) if question.by is Level.DISTRICT else question


def _named(district: Step | None) -> tuple[str, str]:
    """A district by its name and its code; of none both are empty."""
    return (district.label.name, district.label.code) if district else ("", "")


class Board:
    """The charts of an answer."""

    def __init__(self, answer: Coverage) -> None:
        self.answer, self.question = answer, answer.question
        self.code = answer.total.code

    @cached_property
    def before(self) -> Comparison | None:
        """The figures of the period before; None where the calendar has none."""
        try:
            return compare(reader(), self.answer, Comparing.PREVIOUS)
        except RuleViolation:
            return None

    @cached_property
    def lowest(self) -> Coverage:
        """The same figures by commune, where the page shows districts."""
        question = by_lowest(self.question)
        return self.answer if question is self.question else queries.coverage(reader(), question)

    @cached_property
    def above(self) -> dict[int, Trail]:
        """The lowest areas with those above them."""
        return placed(self.lowest.rows, self.lowest.question)

    @cached_property
    def lands(self) -> dict[int, Land]:
        """Where the lowest areas lie."""
        points = points_of([row.area_id for row in self.lowest.rows if row.area_id])
        return {
            area_id: Land(
                points.get(area_id),
                self._outlines.get(area_id, ()),
                *_named(trail.get(Level.DISTRICT)),
            )
            for area_id, trail in self.above.items()
        }

    @cached_property
    def borders(self) -> pictures.Borders:
        """The borders of the districts that the lowest areas lie in, as far as they are known."""
        return tuple(self._outlines[one] for one in self._districts if one in self._outlines)

    @cached_property
    def _districts(self) -> tuple[int, ...]:
        """The districts that the lowest areas lie in."""
        found = (trail.get(Level.DISTRICT) for trail in self.above.values())
        return tuple(dict.fromkeys(district.id for district in found if district))

    @cached_property
    def _outlines(self) -> dict[int, tuple[Outline, ...]]:
        """The boundaries of the lowest areas and of their districts, as far as they are known."""
        return boundaries_of([*self.above, *self._districts], self.question.map_on)

    @cached_property
    def lowest_months(self) -> Months:
        """The months of the lowest areas."""
        return months_of(reader(), self.lowest.question)

    @cached_property
    def months(self) -> Months:
        """The months of the areas of the answer: added up of the lowest ones, unless there is
        something that none of these takes, but perhaps one of those above them."""
        found = self.lowest_months
        if self.lowest is self.answer:
            return found
        if None in found.sessions:
            return months_of(reader(), self.question)
        districts = {area_id: trail[self.question.by].id for area_id, trail in self.above.items()}
        return found.added_up(self.question, districts)

    @cached_property
    def lately(self) -> Coverage:
        """The lowest areas in the last thirty days, for silence."""
        last = self.question.on
        period = Period(last - timedelta(days=SILENT_DAYS - 1), last)
        keys = (SESSIONS, TEAMS, SILENT_TEAMS)
        asked = replace(self.lowest.question, period=period, measures=measures_named(keys))
        return queries.coverage(reader(), asked)

    def key_figures(self) -> list[KeyFigure]:
        """The figures of the area shown."""
        list_url = links.list_urls(self.question, self.code)
        return pictures.key_figures(self.answer, self.before, list_url)

    @cached_property
    def ranking(self) -> Ranking:
        """The areas below, worst first."""
        list_url = links.list_urls(self.question, self.code)
        return pictures.ranking(self.answer, self.before, list_url, self.area_url)

    @cached_property
    def map(self) -> AreaMap:
        """The lowest areas on the map."""
        list_url = links.list_urls(self.lowest.question, self.code)
        return pictures.area_map(self.lowest, self.lands, self.borders, list_url)

    @cached_property
    def trend(self) -> LineChart:
        """The sessions of 24 months."""
        return courses.trend(self.months, self.answer.total, self._month_url)

    @cached_property
    def multiples(self) -> Multiples | None:
        """The areas side by side; None where they are too many, or none."""
        if not 0 < len(self.answer.rows) <= MOST_MULTIPLES:
            return None
        return courses.multiples(self.answer, self.months, self.area_url)

    @cached_property
    def silence(self) -> courses.Silence:
        """The lowest areas by the last twelve months."""
        urls = courses.GridUrls(self.area_url, self._month_url, self._silent_month_url)
        teams = teams_in(reader(), self.lowest_months)
        return courses.silence(self.lowest, self.lowest_months, teams, self.lands, urls)

    @cached_property
    def tasks(self) -> list[Task]:
        """What is to be done."""
        return tasks.tasks(reader(), self.lately, self.silent_url)

    @cached_property
    def targets(self) -> TargetList:
        """How the area stands against the targets of plans."""
        return tasks.targets(self._judged)

    @property
    def target_measures(self) -> tuple[Measure, ...]:
        """What these targets measure."""
        return tuple(dict.fromkeys(measure for measure, _standing, _area in self._judged))

    @cached_property
    def _judged(self) -> list[JudgedTarget]:
        return tasks.judged_targets(reader(), self.answer)

    @cached_property
    def silent_rows(self) -> list[tuple[CoverageRow, NamedPeriod | None]]:
        """The lowest areas without a session in the period, and the last month in which each had
        one; the longest silent first."""
        silent = [row for row in self.lowest.rows if pictures.is_silent(row)]
        found = [(row, self.lowest_months.last_with_sessions(row.area_id)) for row in silent]
        return sorted(found, key=lambda one: one[1].days.first if one[1] else date.min)

    def chart(self, name: str) -> Chart | None:
        """The chart that is taken along under a name; None where the page has none of it."""
        makers: dict[str, Callable[[], Chart | None]] = {
            "ranking": lambda: self.ranking,
            "map": lambda: self.map,
            "trend": lambda: self.trend,
            "multiples": lambda: self.multiples,
            "targets": lambda: self.targets,
            "silence": lambda: self.silence.whole,
            "silent-columns": lambda: self.silence.columns,
        }
        return makers[name]() if name in makers else None

    def area_url(self, row: CoverageRow) -> str:
        """The cockpit of an area, or a village's own page."""
        if row.area_id and self.lowest.question.by is Level.VILLAGE:
            return links.drill_url(self.lowest.question, row, {})
        return self.cockpit_url(row.code)

    def cockpit_url(self, code: str) -> str:
        """The cockpit of another area, of the same days: put together once but for the area."""
        page, days = self._cockpit
        return f"{page}?under={quote_plus(code)}{days}"

    @cached_property
    def _cockpit(self) -> tuple[str, str]:
        """The cockpit's page, and the days of the question as what follows in its address."""
        page, mark, days = url_for("cockpit.show_cockpit", **days_of(self.question)).partition("?")
        return page, mark and f"&{days}"

    def _month_url(self, row: CoverageRow, month: NamedPeriod) -> str:
        """The sessions of an area in a month."""
        return self._month_lists[month](row, self._sessions)

    @cached_property
    def _sessions(self) -> Measure:
        """The measure that months show."""
        return pictures.measure_named(SESSIONS)

    @cached_property
    def _month_lists(self) -> dict[NamedPeriod, pictures.ListUrl]:
        """The lists of each month."""
        return {
            month: links.list_urls(replace(self.question, period=month.days), self.code)
            for month in self.months.shown
        }

    def _silent_month_url(self, month: NamedPeriod) -> str:
        """The list of the areas that were silent in a month."""
        asked = replace(self.lowest.question, on=last_day(month), period=month.days)
        return silent_url(asked, self.code)

    @cached_property
    def silent_url(self) -> str:
        """The list of the areas that were silent in the last thirty days."""
        return silent_url(self.lately.question, self.code)


def days_of(question: Question) -> dict[str, Any]:
    """The day, the period and the map of a question, as the address of the cockpit says them."""
    is_usual = question.map_on == usual_map(question.on)
    return links.days_in_address(question) | ({} if is_usual else {"map_on": question.map_on})


def silent_url(question: Question, code: str) -> str:
    """The list of the areas without a session in the period of a question."""
    days: dict[str, Any] = {"from": question.period.first, "to": question.period.last}
    return url_for(
        "cockpit.list_silent",
        under=code,
        by=question.by.value,
        on=question.on,
        map_on=question.map_on,
        **days,
    )
