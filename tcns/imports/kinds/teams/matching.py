"""What is on file of teams, and what the rows of a file of teams would do to it."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import ClassVar

from sqlalchemy import func, select

from tcns.activities.models import Activity
from tcns.areas.models import Area, AreaName
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.i18n import format_day, site_name
from tcns.i18n import gettext as _
from tcns.imports.kinds.teams.decision_cells import split_decision
from tcns.imports.kinds.teams.writes import (
    KnownDecisions,
    correcting,
    establishing,
    in_words,
)
from tcns.imports.rows.area_matching import PlaceNames
from tcns.imports.rows.fields import Models
from tcns.imports.rows.places_on_map import Spot
from tcns.imports.rows.results import Finding
from tcns.imports.rows.teams_on_file import TeamsOnFile, lasts, named_like
from tcns.imports.vocabulary import Outcome, ProblemKind
from tcns.permissions.scope import Scope
from tcns.teams.models import EstablishingDecision, Membership, Team
from tcns.teams.operations import team_correction
from tcns.teams.rules import area_missing
from tcns.vietnamese import spelling

NEEDED_OF_DECISIONS = ("number", "issued_on", "issuer")


class TeamRegister:
    """The areas, teams and decisions of a scope."""

    reads: ClassVar[Models] = (Area, AreaName, Team, EstablishingDecision)

    def __init__(self, scope: Scope) -> None:
        self.places = PlaceNames(scope)
        self.teams = TeamsOnFile(scope, self.places)
        self.decisions = KnownDecisions(scope)
        self._scope = scope
        self._seen: dict[tuple[int, str], Finding] = {}
        self._new: dict[int, Finding] = {}

    def match(self, findings: Sequence[Finding]) -> None:
        """Settle every open row: find its area, then the team in it."""
        for finding in findings:
            if self.teams.is_known(finding.cells.get("team", "")):
                finding.accept("team", finding.cells["team"])
            split_decision(finding)
            spot = self.places.find(finding, whole=True) if finding.is_open else None
            if spot and spot.area.step not in (Level.COMMUNE, Level.VILLAGE):
                message = _("Teams are those of communes and villages.")
                finding.note("code", ProblemKind.UNKNOWN, message)
            elif spot and self._is_first(finding, spot):
                self._compare(finding, spot)

    def _is_first(self, finding: Finding, spot: Spot) -> bool:
        """Whether no row before is about the same team."""
        key = spot.area.id, spelling(finding.value("team") or "")
        first = self._seen.setdefault(key, finding)
        if first is not finding:
            message = _("The same as row %(number)s.", number=first.number)
            finding.note("team", ProblemKind.REPEATED, message)
        return first is finding

    def _compare(self, finding: Finding, spot: Spot) -> None:
        """A team on file, by its name or because it is the only one; else a new one."""
        teams, name = self.teams.of_area[spot.area.id], finding.value("team")
        named = named_like(teams, name) if name else []
        lasting = [team for team in teams if lasts(team, finding.value("since") or date.min)]
        present = [team for team in lasting if team.valid_to is None] or lasting
        is_second = bool(finding.value("second_reason"))
        found = named or ([] if is_second else present)
        if len(found) > 1:
            message = _("The area has several teams: give the name of one.")
            finding.note("team", ProblemKind.UNKNOWN, message)
        elif found:
            self._change(finding, found[0])
        else:
            self._establish(finding, spot, has_team=bool(present))

    def _establish(self, finding: Finding, spot: Spot, *, has_team: bool) -> None:
        """A new team, by a decision."""
        self._ask_issuer(finding, spot)
        for column in NEEDED_OF_DECISIONS:
            if finding.value(column) is None and column not in finding.offered:
                finding.note(column, ProblemKind.MISSING, _("A new team needs its decision."))
        first_day = finding.value("since") or finding.value("issued_on")
        earlier = self._new.get(spot.area.id)
        if (has_team or earlier) and not finding.value("second_reason"):
            message = _(
                "%(area)s has a team already. Say why it needs a second one.",
                area=spot.name.full_name,
            )
            finding.note("second_reason", ProblemKind.CONFLICT, message)
        for broken in area_missing(spot.area, first_day) if first_day else ():
            finding.note("since", ProblemKind.DAY, broken.message)
        if not finding.is_wrong and not finding.waits:
            self._new[spot.area.id] = finding
            name = finding.value("team") or f"{site_name()} {spot.name.full_name}"
            commune = self.places.commune_of(spot)
            finding.write = establishing(finding, name, spot, commune, self.decisions)
            self._understand(finding, name, spot.area.id, first_day)
            finding.settle(Outcome.NEW)

    def _ask_issuer(self, finding: Finding, spot: Spot) -> None:
        """Take the issuer that was answered for a file without such a column."""
        if finding.value("issuer") is None and (answered := finding.fallback("issuer")):
            commune = self.places.commune_of(spot).name.full_name
            finding.values["issuer"] = answered.value or f"UBND {commune[:1].lower()}{commune[1:]}"

    def _understand(
        self, finding: Finding, name: str, area_id: int, first_day: date | None
    ) -> None:
        """Say what will be stored of a team and its decision."""
        issued_on = finding.value("issued_on")
        spot = self.places.spots[area_id]
        finding.understood = {
            "name": name,
            "area": self.places.path_of(area_id),
            "level": spot.area.level,
            "decision": finding.value("number"),
            "issued_on": issued_on.isoformat() if issued_on else None,
            "issuer": finding.value("issuer"),
            "valid_from": first_day.isoformat() if first_day else None,
        }

    def _change(self, finding: Finding, team: Team) -> None:
        """Compare with what is on file: an empty cell leaves it as it is."""
        name, since = finding.value("team"), finding.value("since")
        is_renamed = name and spelling(name) != spelling(team.name)
        first_day = since or team.valid_from
        written = team_correction(team, name if is_renamed else team.name, first_day)
        changes = written.differing
        if "valid_from" in changes:
            self._check_first_day(finding, team, first_day)
        until = finding.value("until")
        if until and until != team.last_day:
            message = _("A file dissolves no team: dissolve it on its page, by a decision.")
            finding.note("until", ProblemKind.CONFLICT, message)
        if not finding.is_wrong:
            finding.changes = in_words(changes)
            self._understand(finding, name or team.name, team.area_id, since or team.valid_from)
            finding.settle(Outcome.CHANGED if changes else Outcome.SAME, team.id)
            finding.write = correcting(team, written)

    def _check_first_day(self, finding: Finding, team: Team, since: date) -> None:
        """Note what must lie within the days of a team, and does not."""
        for broken in area_missing(team.area, since):
            finding.note("since", ProblemKind.DAY, broken.message)
        if team.valid_to and since >= team.valid_to:
            message = _("The first day must lie before the last day.")
            finding.note("since", ProblemKind.DAY, message)
        joined, held = self._joined.get(team.id), self._held.get(team.id)
        if joined and joined < since:
            message = _("A member joined on %(day)s already.", day=format_day(joined))
            finding.note("since", ProblemKind.DAY, message)
        if held and held < since:
            message = _("The team held a session on %(day)s already.", day=format_day(held))
            finding.note("since", ProblemKind.DAY, message)
        self._check_others(finding, team, since)

    def _check_others(self, finding: Finding, team: Team, since: date) -> None:
        """Note another team of the area that existed on a day before this one did."""
        others = [each for each in self.teams.of_area[team.area_id] if each.id != team.id]
        before = [each for each in others if each.valid_from < team.valid_from]
        clashing = [each for each in before if lasts(each, since)]
        if clashing and since < team.valid_from and not team.second_reason:
            name = clashing[-1].name
            message = _("The area had another team on that day: %(name)s.", name=name)
            finding.note("since", ProblemKind.DAY, message)

    @cached_property
    def _joined(self) -> dict[int, date]:
        """The day on which the first member of each team joined."""
        query = select(Membership.team_id, func.min(Membership.valid_from))
        query = query.where(self._scope.clause(Membership)).group_by(Membership.team_id)
        return dict(db.session.execute(query).tuples().all())

    @cached_property
    def _held(self) -> dict[int, date]:
        """The day of the first session of each team."""
        query = select(Activity.team_id, func.min(Activity.held_on)).group_by(Activity.team_id)
        return dict(db.session.execute(query).tuples().all())
