"""What is on file of sessions, and what the rows of a file of them would do to it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import select

from tcns.activities.content import COUNTS, ActivityText, Counts, counts_of, digest_of
from tcns.activities.entry.list_queries import OnFile, SessionsOnFile
from tcns.activities.entry.rules import broken_by_known, doubts_in, not_counted_on, unfit_day
from tcns.activities.models import Activity
from tcns.activities.vocabulary import ActivityKind, Status
from tcns.areas.models import Area, AreaHouseholds, AreaName
from tcns.closings.models import Closing
from tcns.database import db
from tcns.i18n import choose_message, format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.kinds.sessions.rosters import Helper, Rosters
from tcns.imports.kinds.sessions.teams_that_day import TeamsThatDay
from tcns.imports.kinds.sessions.writes import logging
from tcns.imports.rows.area_matching import PlaceNames
from tcns.imports.rows.fields import Models
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Mark, Outcome, ProblemKind
from tcns.indicators.models import Indicator
from tcns.permissions.scope import Scope
from tcns.teams.models import Membership, Person, Team

# Before the code of an indicator in the name of its column; what is asked of figures in doubt.
AMOUNT, DOUBTED = "amount_", "is_confirmed"
CHOSEN = {"kind": _l("Kind of session"), "form": _l("Form")}
Key = tuple[int, Any, str, Counts]


class Told(NamedTuple):
    """A row that can be judged: its team, its session, those who helped."""

    finding: Finding
    team: Team
    text: ActivityText
    helpers: Sequence[Helper]

    @property
    def key(self) -> Key:
        """What two rows about the same session have in common."""
        return self.team.id, self.text.held_on, self.text.kind.value, counts_of(self.text)


class SessionRegister:
    """The teams of a scope, their members and sessions."""

    reads: ClassVar[Models] = (
        *(Area, AreaName, AreaHouseholds, Team, Membership, Person),
        *(Indicator, Closing, Activity),
    )

    def __init__(self, scope: Scope) -> None:
        self.places = PlaceNames(scope)
        self.teams = TeamsThatDay(scope, self.places)
        self.indicators = {one.code: one for one in db.session.scalars(select(Indicator))}

    def match(self, findings: Sequence[Finding]) -> None:
        """Settle every open row: find its team, look for the session on file, then judge it."""
        found = [(finding, self._team_of(finding)) for finding in findings]
        open_rows = [(finding, team) for finding, team in found if team]
        teams = {team.id: team for _finding, team in open_rows}
        rosters = Rosters(teams.values())
        rows = [told for row in open_rows if (told := self._told(*row, rosters))]
        days = {told.text.held_on for told in rows}
        on_file = SessionsOnFile(list(teams.values()), days)
        rest = self._without_same(rows, on_file)
        self._judge(rest, on_file)

    def _team_of(self, finding: Finding) -> Team | None:
        """The team of an open row, with what else can be said of the row already."""
        if finding.outcome is not None or finding.waits:
            return None
        team = self.teams.find(finding)
        day = finding.value("held_on")
        finding.understood = {
            "team": team.name if team else None,
            "area": self._area_of(team) if team else None,
            "held_on": day.isoformat() if day else None,
        }
        return team if day else None

    def _area_of(self, team: Team) -> str:
        """Where a team is at home, from its commune down; nothing of an area off the map."""
        return self.places.path_of(team.area_id) if self.places.at(team.area_id) else ""

    def _told(self, finding: Finding, team: Team, rosters: Rosters) -> Told | None:
        """What a row tells, once all of it is understood; None while something is not."""
        day = finding.value("held_on")
        for broken in unfit_day(team, day):
            finding.note("held_on", ProblemKind.DAY, broken.message)
        if finding.is_wrong:  # who helped would only repeat that the day is wrong
            return None
        helpers = rosters.helpers(finding, team, day)
        chosen = {name: self._chosen(finding, name) for name in CHOSEN}
        amounts = self._amounts(finding)
        counts = {name: finding.value(name) for name in COUNTS}
        finding.understood |= {
            **{name: word.value for name, word in chosen.items() if word},
            "topics": [topic.value for topic in finding.value("topics") or ()],
            "counts": {name: count for name, count in counts.items() if count is not None},
            "helpers": [helper.full_name for helper in helpers],
            "amounts": {code: amount for code, (_id, amount) in amounts.items()},
            "hours": str(finding.value("hours")) if finding.value("hours") else None,
            "venue": finding.value("venue"),
            "note": finding.value("note"),
        }
        if not finding.is_open:
            return None
        text = ActivityText(
            held_on=day,
            hours=finding.value("hours"),
            venue=finding.value("venue"),
            note=finding.value("note"),
            topics=finding.value("topics") or (),
            helpers=[helper.id for helper in helpers],
            amounts=dict(amounts.values()),
            **chosen,
            **counts,
        )
        return Told(finding, team, text, helpers)

    def _chosen(self, finding: Finding, name: str) -> Any:
        """The kind or form of a session: of its cell, else as it was answered for the file."""
        value = finding.value(name)
        if value is None and not finding.cells.get(name):
            answered = finding.fallback(name)
            value = answered.value if answered else None
        if value is None and finding.is_open:
            finding.note(name, ProblemKind.MISSING, choose_message(CHOSEN[name]))
        return value

    def _amounts(self, finding: Finding) -> dict[str, tuple[int, int]]:
        """The id and amount of each indicator that a row tells, by code; what was not counted
        that day is noted."""
        amounts, day = dict[str, tuple[int, int]](), finding.value("held_on")
        for code, indicator in self.indicators.items():
            amount = finding.value(AMOUNT + code)
            if amount is not None:
                amounts[code] = indicator.id, amount
            if amount is not None and not indicator.is_valid_on(day):
                finding.note(AMOUNT + code, ProblemKind.DAY, not_counted_on(day))
        return amounts

    def _without_same(self, rows: Sequence[Told], on_file: SessionsOnFile) -> list[Told]:
        """The rows about sessions that are not on file, each of which is that of one row."""
        left: defaultdict[Key, list[OnFile]] = defaultdict(list)
        for team, day in {(told.team.id, told.text.held_on): told for told in rows}:
            for each in on_file.of_day(team, day):
                left[each.team_id, each.held_on, each.kind, each.counts].append(each)
        rest = []
        for told in rows:
            same = left[told.key].pop(0) if left[told.key] else None
            if same is None:
                rest.append(told)
                continue
            told.finding.settle(Outcome.SAME, same.id)
            if not same.is_counted:
                status = str(Status(same.status).label)
                message = _("On file, but not counted: %(status)s.", status=status)
                told.finding.mark("held_on", Mark.REWRITTEN, message)
        return rest

    def _judge(self, rows: Sequence[Told], on_file: SessionsOnFile) -> None:
        """Judge the rows about sessions that are not on file, in the order of the file."""
        before: dict[tuple[int, Any], list[Told]] = defaultdict(list)
        for told in rows:
            earlier = before[told.team.id, told.text.held_on]
            self._judge_one(told, on_file, earlier)
            earlier.append(told)

    def _judge_one(self, told: Told, on_file: SessionsOnFile, earlier: Sequence[Told]) -> None:
        """A new session; one that breaks a rule, is in doubt, or is like another one."""
        finding, team, text = told.finding, told.team, told.text
        repeated = [each for each in earlier if digest_of(each.text) == digest_of(text)]
        if repeated:
            message = _("The same as row %(number)s.", number=repeated[0].finding.number)
            finding.note("", ProblemKind.REPEATED, message)
            return
        known = on_file.known(team, text)
        for broken in broken_by_known(team, text, known):
            kind = ProblemKind.DAY if broken.field == "held_on" else ProblemKind.CONFLICT
            finding.note(broken.field or "held_on", kind, broken.message)
        for doubt in doubts_in(text, known.households, known.usual):
            finding.note("", ProblemKind.DOUBT, doubt)
            finding.fallback(DOUBTED)
        if finding.is_open:
            self._settle(told, on_file, earlier)

    def _settle(self, told: Told, on_file: SessionsOnFile, earlier: Sequence[Told]) -> None:
        """A session that can be logged: new, or possibly one there is."""
        finding, team, text = told.finding, told.team, told.text
        above = on_file.months.above(team.area_id, text.held_on)
        finding.write = logging(team, text, above)
        twins = [one for one in on_file.of_day(team.id, text.held_on) if one.is_counted]
        twins += [OnFile.as_if(each.team, each.text) for each in earlier]
        alike = next((one for one in twins if one.is_like(text)), None)
        if alike is None:
            finding.settle(Outcome.NEW)
            return
        kind = str(ActivityKind(alike.kind).label)
        day = format_day(alike.held_on)
        message = (
            _("On file already? %(who)s", who=f"{day}, {kind}")
            if alike.id
            else _("Like a session of a row above: %(kind)s, %(day)s.", kind=kind, day=day)
        )
        finding.note("", ProblemKind.LIKENESS, message)
        finding.outcome_if_same = Outcome.SAME
        finding.settle(Outcome.DUPLICATE, alike.id or None)
