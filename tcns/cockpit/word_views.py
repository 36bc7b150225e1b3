"""What each picture of the overview says of itself: what it measures, where its figures come from,
as of when, and by which rules. A picture that is passed on without the page says it as well."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import url_for

from tcns.areas.places import usual_map
from tcns.charts.drawing import Chart
from tcns.clock import today
from tcns.cockpit.board import Board
from tcns.cockpit.month_queries import YEAR
from tcns.cockpit.rules import last_day
from tcns.cockpit.vocabulary import ACTIVE, SESSIONS, TEAMS
from tcns.coverage.catalogue import measures_named
from tcns.coverage.measure import Measure
from tcns.i18n import format_day, lower_first, ngettext
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.periods import NamedPeriod, Period, name_of

NOTES = {
    "ranking": _l("Share of teams that held a session, worst first"),
    "map": _l("Teams that held a session, on the map"),
    "trend": _l("Sessions by reporting month"),
    "multiples": _l(
        "Sessions per 100 teams of today, by reporting month; the thin line is the whole."
        " Worst first."
    ),
    "targets": _l("Targets of plans in force"),
    "silence": _l("Sessions by reporting month; areas most often silent first"),
    "silent-columns": _l("Areas that had a team and no session, by reporting month"),
}
# The measures whose rules make the figures; those of targets are their own.
MEASURED = {
    "ranking": (ACTIVE, TEAMS),
    "map": (ACTIVE, TEAMS),
    "trend": (SESSIONS,),
    "multiples": (SESSIONS, TEAMS),
    "silence": (SESSIONS, TEAMS),
    "silent-columns": (SESSIONS, TEAMS),
}


def note_of(board: Board, name: str) -> str:
    """What a picture measures."""
    note = str(NOTES[name])
    return f"{note} · {board.lowest.question.by.label}" if name == "map" else note


def source_of(board: Board, name: str, *, is_alone: bool = False) -> str:
    """Which records a picture counts, and of which days; the map where it is not the usual one, and
    on what stands alone always."""
    question, records = board.question, RECORDS[name](board)
    if is_alone or question.map_on != usual_map(question.on):
        records = [*records, _("boundaries of %(day)s", day=format_day(question.map_on))]
    return _(
        "Source: %(records)s; computed directly from these records.", records="; ".join(records)
    )


def lines_of(board: Board, name: str, chart: Chart) -> list[str]:
    """What stands on top of the file of a picture's figures."""
    rules = [
        _("%(measure)s: %(rule)s", measure=measure.label, rule=measure.rule)
        for measure in _measures_of(board, name)
    ]
    return [
        chart.title,
        f"{board.answer.total.name}. {note_of(board, name)}",
        source_of(board, name, is_alone=True),
        *rules,
        _("Page: %(address)s", address=_lasting_url(board)),
    ]


def _measures_of(board: Board, name: str) -> tuple[Measure, ...]:
    """The measures that a picture shows."""
    return board.target_measures if name == "targets" else measures_named(MEASURED[name])


def _lasting_url(board: Board) -> str:
    """The page with every day said, so that it shows the same when another month has begun."""
    question = board.question
    days = {"from": question.period.first, "to": question.period.last, "map_on": question.map_on}
    values: dict[str, Any] = {
        "under": board.code,
        "by": question.by.value,
        "on": question.on,
        **days,
    }
    return url_for("cockpit.show_cockpit", _external=True, **values)


def _ranked(board: Board) -> list[str]:
    """The records of the ranking, which shows the period before as well."""
    found = _of_the_period(board)
    if board.before:
        before = board.before.question.period
        days = {"first": format_day(before.first), "last": format_day(before.last)}
        found.append(_("the period before: %(first)s–%(last)s", **days))
    return found


def _of_the_period(board: Board) -> list[str]:
    """Teams on the day, and sessions of the period."""
    return [_teams_on(board.question.on), _sessions_of(board.question.period)]


def _of_months(board: Board) -> list[str]:
    """Sessions of all months shown, each beside that of the year before."""
    before = [_("the same months of the year before")] if board.months.shown else []
    return [_sessions_of_months(board.months.shown), *before]


def _per_team(board: Board) -> list[str]:
    """Sessions of the months that are over, for the teams of the day."""
    return [_teams_on(board.question.on), _sessions_of_months(board.months.ended)]


def _of_silence(board: Board) -> list[str]:
    """Sessions of the year, of the areas that had teams then."""
    teams = _("teams on file on the last day of each month")
    return [teams, _sessions_of_months(board.lowest_months.shown[-YEAR:])]


def _of_targets(board: Board) -> list[str]:
    """Plans, and what their targets count."""
    day = format_day(min(board.question.on, today()))
    return [_("plans in force, and what their targets count, on %(day)s", day=day)]


def _teams_on(day: date) -> str:
    return _("teams on file on %(day)s", day=format_day(day))


def _sessions_of(period: Period) -> str:
    """The sessions of a period; of one that still runs those up to today."""
    last = max(min(period.last, today()), period.first)
    days = {"first": format_day(period.first), "last": format_day(last)}
    named = name_of(period)
    if named is None:
        return _("sessions approved or waiting for approval, %(first)s–%(last)s", **days)
    return _(
        "sessions approved or waiting for approval of %(period)s (%(first)s–%(last)s)",
        period=lower_first(named.label),
        **days,
    )


def _sessions_of_months(months: Sequence[NamedPeriod]) -> str:
    if not months:
        return _("sessions approved or waiting for approval, by reporting month")
    return ngettext(
        "sessions approved or waiting for approval of %(num)s reporting month (%(first)s–%(last)s)",
        "sessions approved or waiting for approval of %(num)s reporting months"
        " (%(first)s–%(last)s)",
        len(months),
        first=format_day(months[0].days.first),
        last=format_day(last_day(months[-1])),
    )


RECORDS: dict[str, Callable[[Board], list[str]]] = {
    "ranking": _ranked,
    "map": _of_the_period,
    "trend": _of_months,
    "multiples": _per_team,
    "targets": _of_targets,
    "silence": _of_silence,
    "silent-columns": _of_silence,
}
