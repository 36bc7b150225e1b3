"""What is to be done in an area, and how it stands against the targets of plans."""

from dataclasses import replace
from datetime import date, timedelta

from flask import url_for

from tcns.activities.queries import count_waiting
from tcns.areas.places import Place, usual_map
from tcns.charts.targets import Progress, Target, TargetList, Task, Urgency
from tcns.checks.counting import Found
from tcns.checks.for_visitor import found_at_once, url_of
from tcns.clock import today
from tcns.cockpit.pictures import is_silent, measure_named
from tcns.cockpit.vocabulary import PENDING, SILENT_DAYS, SILENT_TEAMS, WAITING_DAYS
from tcns.coverage import links
from tcns.coverage.measure import Measure
from tcns.coverage.queries import Coverage, Question
from tcns.i18n import gettext as _
from tcns.i18n import lower_first, ngettext
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.plans.queries import AreaStanding, TargetStanding, goal_of, standings, targets_in_force

# Sessions of longer ago are no work of today.
YEAR = timedelta(days=365)
FIRST_OF_ALL = "villages-without-team"
# A target with what it measures, and how the area shown stands against it.
JudgedTarget = tuple[Measure, TargetStanding, AreaStanding]


def tasks(scope: Scope, lately: Coverage, silent_url: str) -> list[Task]:
    """The work of an area: what is late, most urgent first; only what there is some of."""
    total, code = lately.total, lately.total.code
    silent = sum(map(is_silent, lately.rows))
    teams, pending = measure_named(SILENT_TEAMS), measure_named(PENDING)
    waiting = replace(lately.question, period=_waiting_days(lately.question.on))
    found = [
        Task(
            silent,
            ngettext(
                "area without a session for %(days)s days or more",
                "areas without a session for %(days)s days or more",
                silent,
                days=SILENT_DAYS,
            ),
            silent_url,
            urgency=Urgency.NOW,
        ),
        Task(
            total.figures[SILENT_TEAMS],
            _("teams without a session for %(days)s days or more", days=SILENT_DAYS),
            links.list_urls(lately.question, code)(total, teams),
            urgency=Urgency.SOON,
        ),
        Task(
            _count_waiting(scope, waiting),
            _("sessions waiting for approval, held more than %(days)s days ago", days=WAITING_DAYS),
            links.list_urls(waiting, code)(total, pending),
            urgency=Urgency.SOON,
        ),
        *(_of_check(one, code) for one in _checks(lately.question, lately)),
    ]
    order = list(Urgency)
    return sorted((t for t in found if t.count), key=lambda task: order.index(task.urgency))


def _waiting_days(on: date) -> Period:
    """The days of the year past whose sessions wait for approval for too long."""
    last = on - timedelta(days=WAITING_DAYS + 1)
    return Period(last - YEAR, last)


def _count_waiting(scope: Scope, question: Question) -> int:
    """How many sessions wait for approval in the period of a question."""
    if question.under is None:
        return 0
    return count_waiting(scope, Place(question.map_on, question.under.id), question.period)


def _checks(question: Question, answer: Coverage) -> list[Found]:
    """What checks find: they tell of today alone, on today's map."""
    day = usual_map(today())
    if question.on != today() or question.map_on != day or answer.total.area_id is None:
        return []
    return found_at_once(Place(day, answer.total.area_id))


def _of_check(found: Found, code: str) -> Task:
    urgency = Urgency.NOW if found.check.key == FIRST_OF_ALL else Urgency.SOME_DAY
    label = lower_first(str(found.check.label))
    return Task(found.total, label, url_of(found.check, code), urgency=urgency)


def judged_targets(scope: Scope, answer: Coverage) -> list[JudgedTarget]:
    """The targets in force for the area shown that have a figure there, with their measures."""
    under, day = answer.question.under, min(answer.question.on, today())
    found = targets_in_force(scope, [under.step], day) if under else []
    return [
        (standing.measure, standing, area)
        for standing in standings(scope, found, day)
        for area in standing.areas
        if standing.measure and area.row.area_id == answer.total.area_id
        if area.judged.value is not None
    ]


def targets(judged: list[JudgedTarget]) -> TargetList:
    """Some targets with their bars."""
    drawn = [_drawn(*one) for one in judged]
    return TargetList("targets", _title(drawn), tuple(drawn))


def _drawn(measure: Measure, standing: TargetStanding, area: AreaStanding) -> Target:
    """A target in whole numbers of what its figure counts."""
    target = standing.target
    now = standing.portion_of(area)
    goal = goal_of(target, measure)
    return Target(
        str(measure.label),
        now.part,
        goal.count_of(now.whole),
        str(measure.unit or ""),
        float(area.judged.pace * now.whole) if area.judged.pace is not None else None,
        url_for("plans.show_target", target_id=target.id),
        is_most=goal.is_most,
    )


def _title(found: list[Target]) -> str:
    """How many targets are behind their pace."""
    late = sum(target.progress is Progress.LATE for target in found)
    if not late:
        return _("Targets of plans")
    return ngettext("%(num)s target behind its pace", "%(num)s targets behind their pace", late)
