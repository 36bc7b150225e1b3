"""What a report says, computed from records: nobody types a figure.

A report's own figures are those of coverage for the same days on the same map. The province's
additive ones are those of the reports its communes have sent, and those of the records for the
communes that have not; what may not be added is counted anew.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tcns.areas import queries as areas
from tcns.areas.places import trails
from tcns.areas.vocabulary import Level
from tcns.coverage.catalogue import all_measures
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, CoverageRow, Question, coverage
from tcns.coverage.questions import compared_question
from tcns.coverage.vocabulary import Comparing, Group
from tcns.database.kept import kept
from tcns.documents.heads import in_vietnamese
from tcns.errors import RuleViolation
from tcns.i18n import format_day, format_number, format_percent
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod, Period, PeriodKind
from tcns.permissions.scope import EVERYTHING, Scope
from tcns.plans.queries import standings, targets_in_force
from tcns.reports.figures import Copy, Difference, Figure, Goal, Part, Words
from tcns.reports.queries import (
    Subject,
    everything_below,
    reports_for,
    sent_copies,
)
from tcns.reports.vocabulary import (
    COLUMNS,
    MEASURES,
    OF_AREAS,
    OF_THE_PROVINCE,
    STANDING,
    Heading,
    Reporter,
)

Headed = list[tuple[Heading, Measure]]


class Days(NamedTuple):
    """The day whose teams count, and that of the map: those of now, or of a copy that was sent."""

    on: date
    map_on: date


@in_vietnamese
def copy_of(subject: Subject, words: Words, days: Days | None = None) -> Copy:
    """What the report of a subject says; on the days of another copy, or on its own."""
    used = days or Days(subject.last_day, subject.map_on)
    asked = _asked(subject.reporter)
    scope, question = _question(subject, used, tuple(measure for _heading, measure in asked))
    now = coverage(scope, question)
    before, year = _before(scope, question), _since_new_year(scope, question, subject.period)
    reported = _reported(subject, now)
    is_sum = subject.reporter is Reporter.PROVINCE
    return Copy(
        name=subject.name if subject.team else now.total.name,
        reporter=subject.reporter.value,
        period=subject.period.name,
        first=question.period.first.isoformat(),
        last=question.period.last.isoformat(),
        on=used.on.isoformat(),
        map_on=used.map_on.isoformat(),
        figures=tuple(
            _figure(heading, measure, (now, before, year), reported if is_sum else {})
            for heading, measure in asked
        ),
        parts=() if subject.team else tuple(_parts(subject, now, reported, used.map_on)),
        goals=tuple(_goals(subject, used.on)),
        differences=tuple(_differences(now, reported, [measure for _h, measure in asked])),
        words=words,
    )


def _asked(reporter: Reporter) -> Headed:
    """The measures that a report tells, each under its heading."""
    left_out = {Reporter.TEAM: OF_AREAS, Reporter.COMMUNE: OF_THE_PROVINCE}.get(reporter, ())
    heading_of = {key: heading for heading, keys in MEASURES.items() for key in keys}
    found = []
    for measure in all_measures():
        heading = Heading.RESULTS if measure.group is Group.RESULTS else heading_of.get(measure.key)
        if heading and measure.key not in left_out and not measure.ratio:
            found.append((heading, measure))
    order = list(Heading)
    return sorted(found, key=lambda one: order.index(one[0]))


def _question(
    subject: Subject, days: Days, measures: tuple[Measure, ...]
) -> tuple[Scope, Question]:
    """What coverage is asked, and within which scope: of a team its own sessions alone."""
    under, scope, by = subject.area, EVERYTHING, Level.VILLAGE
    if subject.team:
        placed = areas.allocation_of(subject.team.area_id, days.map_on) or subject.area
        under = areas.area_at(Level.COMMUNE, placed, days.map_on)
        scope = Scope(teams=frozenset([subject.team.id]))
    elif subject.reporter is Reporter.PROVINCE:
        by = Level.COMMUNE
    period = subject.period.days
    return scope, Question(under, by, days.on, period, days.map_on, measures)


def _before(scope: Scope, question: Question) -> Coverage | None:
    """The same of the period before, where the calendar has one."""
    try:
        return coverage(scope, compared_question(question, Comparing.PREVIOUS))
    except RuleViolation:
        return None


def _since_new_year(scope: Scope, question: Question, period: NamedPeriod) -> Coverage:
    """The same from the first day of the reporting year on."""
    first = NamedPeriod(PeriodKind.YEAR, period.year).days.first
    days = Period(first, question.period.last)
    happens = tuple(one for one in question.measures if one.key not in STANDING)
    asked = Question(question.under, question.by, question.on, days, question.map_on, happens)
    return coverage(scope, asked)


def _reported(subject: Subject, now: Coverage) -> dict[int | None, tuple[str, Copy]]:
    """What the parts of an area have reported, by the id of the area whose row holds the same.

    Of an area with two teams the row holds both: none of them reports for it.
    """
    below = everything_below(subject)
    kind = Reporter.TEAM if subject.reporter is Reporter.COMMUNE else Reporter.COMMUNE
    copies = sent_copies(reports_for(EVERYTHING, subject.period, kind)) if below else {}
    row_ids = {row.area_id for row in now.rows}
    counts: dict[int | None, int] = {}
    for one in below:
        place = one.area.id if one.area.id in row_ids else None
        counts[place] = counts.get(place, 0) + 1
    found: dict[int | None, tuple[str, Copy]] = {}
    for one in below:
        place = one.area.id if one.area.id in row_ids else None
        copy = copies.get(one.team.id if one.team else one.area.id)
        if copy and counts[place] == 1:
            found[place] = (copy.name, copy)
    return found


def _figure(
    heading: Heading,
    measure: Measure,
    answers: tuple[Coverage, Coverage | None, Coverage],
    reported: Mapping[int | None, tuple[str, Copy]],
) -> Figure:
    """One figure; what is additive takes the reports of the parts in place of their records."""
    now, before, year = answers
    key = measure.key
    counted = now.total.figures[key]
    value = counted
    if measure.additive:
        for row in _rows(now):
            copy = reported.get(row.area_id)
            if copy and key in copy[1].by_key:
                value += copy[1].value(key) - row.figures[key]
    return Figure(
        key=key,
        label=str(measure.label),
        unit=str(measure.unit or ""),
        rule=str(measure.rule),
        heading=heading.value,
        value=value,
        counted=counted,
        before=before.total.figures[key] if before else 0,
        year=year.total.figures.get(key) if key not in STANDING else None,
    )


def _rows(answer: Coverage) -> Iterable[CoverageRow]:
    """The rows of the parts, and of what none of them takes."""
    yield from ([answer.unallocated] if answer.unallocated else [])
    yield from answer.rows


def _parts(
    subject: Subject, now: Coverage, reported: Mapping[int | None, tuple[str, Copy]], map_on: date
) -> Iterable[Part]:
    """The parts of an area; of the province each commune stands under its district."""
    is_sum = subject.reporter is Reporter.PROVINCE
    ids = [row.area_id for row in now.rows if row.area_id]
    above = trails(ids, map_on) if is_sum else {}
    for row in _rows(now):
        district = above.get(row.area_id or 0, {}).get(Level.DISTRICT)
        copy = reported.get(row.area_id)
        told = {key: row.figures[key] for key in COLUMNS if key in row.figures}
        if copy and is_sum:
            told |= {key: copy[1].value(key) for key in told if key in copy[1].by_key}
        group = district.label.full_name if district else ""
        yield Part(row.area_id, row.name, group, told, is_reported=copy is not None)


def _differences(
    now: Coverage,
    reported: Mapping[int | None, tuple[str, Copy]],
    measures: Iterable[Measure],
) -> Iterable[Difference]:
    """Where what a part has reported differs from its records of now."""
    for row in _rows(now):
        name, copy = reported.get(row.area_id, ("", None))
        for measure in measures:
            figure = copy.by_key.get(measure.key) if copy else None
            if figure and measure.additive and figure.value != row.figures[measure.key]:
                counted = row.figures[measure.key]
                yield Difference(name, str(measure.label), figure.value, counted)


def _goals(subject: Subject, day: date) -> list[Goal]:
    """The targets of plans that bind the area of a report, and how they stand."""
    if subject.team and subject.area.step is not Level.VILLAGE:
        return []
    return [
        goal for area_id, goal in _all_goals(subject.area.step, day) if area_id == subject.area.id
    ]


@kept("areas", "teams", "activities", "indicators")
def _all_goals(level: Level, day: date) -> tuple[tuple[int | None, Goal], ...]:
    """The targets of all areas of a level: those of one cost as much as those of all."""
    targets = targets_in_force(EVERYTHING, [level], day)
    found = []
    for standing in standings(EVERYTHING, targets, day):
        if standing.measure is None:
            continue
        is_share = standing.target.is_share
        for one in standing.areas:
            value = float(one.judged.value) if one.judged.value is not None else None
            reached = format_percent(value) if is_share else format_number(value)
            amount = float(standing.target.amount)
            wanted = format_percent(amount / 100) if is_share else format_number(amount)
            goal = Goal(
                label=str(standing.measure.label),
                wanted=_("at most %(amount)s", amount=wanted) if standing.is_most else wanted,
                reached=reached,
                gap=one.judged.gap,
                due=format_day(standing.target.due_on),
            )
            found.append((one.row.area_id, goal))
    return tuple(found)
