"""What is on file of members, and what the rows of a file of members would do to it."""

from collections.abc import Sequence
from typing import ClassVar

from tcns.areas.models import Area, AreaName
from tcns.i18n import format_day, format_phone
from tcns.i18n import gettext as _
from tcns.imports.kinds.members import writes as deeds
from tcns.imports.kinds.members.leaders import Claim, note_second_leaders
from tcns.imports.kinds.members.memberships_on_file import (
    Held,
    Rosters,
    best_membership,
    is_somebody_else,
)
from tcns.imports.kinds.members.repeated_rows import RepeatedRows
from tcns.imports.rows.area_matching import PlaceNames
from tcns.imports.rows.fields import Models
from tcns.imports.rows.results import Finding
from tcns.imports.rows.teams_on_file import TeamsOnFile
from tcns.imports.vocabulary import Mark, Outcome, ProblemKind
from tcns.permissions.scope import Scope
from tcns.phones import mask_phone
from tcns.teams.leading import share_a_day
from tcns.teams.members.person_operations import kept_elsewhere
from tcns.teams.members.rules import MembershipSpec, days_violations
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import MemberRole

COLUMNS = {"first_day": "since", "last_day": "until"}


class MemberRegister:
    """The teams and memberships of a scope."""

    reads: ClassVar[Models] = (Area, AreaName, Team, Membership, Person)

    def __init__(self, scope: Scope) -> None:
        self.places = PlaceNames(scope)
        self.teams = TeamsOnFile(scope, self.places)
        self.rosters = Rosters(scope)
        self.repeated = RepeatedRows()
        self.claims: list[Claim] = []
        self._news: dict[int, tuple[int, deeds.Changes]] = {}

    def match(self, findings: Sequence[Finding]) -> None:
        """Settle every open row: find its team, then the person in it, then the team's leader."""
        for finding in findings:
            self.rosters.accept_known(finding)
            is_asked = finding.outcome is None and not finding.waits
            team = self.teams.find(finding) if is_asked else None
            if team and finding.is_open and self.repeated.is_first(finding, team.id):
                self._compare(finding, team)
                self._hold_back_like_row(finding, team)
            if not finding.understood and finding.outcome is not Outcome.REFUSED:
                self._understand_in_part(finding, team)
        note_second_leaders(self.claims, self.rosters)

    def _compare(self, finding: Finding, team: Team) -> None:
        """Look for the person in the team, for somebody alike, then for the same elsewhere."""
        alike = self.rosters.of_name(team.id, finding)
        if len({held.person_id for held in alike}) > 1:
            message = _("The team has several persons of that name: give phone or year of birth.")
            finding.note("name", ProblemKind.CONFLICT, message)
        elif alike and not is_somebody_else(alike[-1], finding):
            self._compare_with(finding, team, alike)
        elif alike:
            self._resemble(finding, team, alike[-1])
        elif like := self.rosters.like(team.id, finding):
            self._resemble(finding, team, like)
        elif elsewhere := self.rosters.elsewhere(finding):
            self._resemble_elsewhere(finding, team, elsewhere)
        else:
            self._add(finding, team)

    def _compare_with(self, finding: Finding, team: Team, held: Sequence[Held]) -> None:
        """Somebody who is, or was, in the team: unchanged, changed, or joining anew."""
        best, since = best_membership(held, finding.value("since")), finding.value("since")
        if best.lasts() or best.valid_from == since:
            self._change(finding, team, best, held)
        elif since and best.valid_to and since >= best.valid_to:
            self._add(finding, team, person_id=best.person_id)
        elif finding.value("until"):
            self._change(finding, team, best, held)
        else:
            message = _(
                "%(name)s has left this team. Give the first day of joining anew.",
                name=best.full_name,
            )
            finding.note("since", ProblemKind.CONFLICT, message)

    def _add(self, finding: Finding, team: Team, *, person_id: int | None = None) -> None:
        """Somebody who joins: a person on file, or a new one."""
        spec = self._part(finding, team)
        self._check_days(finding, team, spec)
        if finding.is_wrong or finding.waits:
            return
        key = None if person_id else self.repeated.key(finding, team.id)
        finding.write = deeds.joining(finding, team, spec, person_id or key)
        finding.settle(Outcome.NEW, person_id)
        self._understand(finding, team, spec)
        self._claim(finding, team, spec)

    def _understand_in_part(self, finding: Finding, team: Team | None) -> None:
        """Say what is known already of a row that is wrong or waits."""
        role, body = finding.value("role"), finding.value("body")
        since, until = finding.value("since"), finding.value("until")
        finding.understood = {
            "full_name": finding.value("name"),
            "phone": finding.value("phone"),
            "birth_year": finding.value("birth_year"),
            "sex": finding.value("sex"),
            "role": role.value if role else None,
            "body": body.value if body else None,
            "team": team.name if team else None,
            "area": self.teams.places.path_of(team.area_id) if team else None,
            "valid_from": since.isoformat() if since else None,
            "valid_to": until.isoformat() if until else None,
        }

    def _understand(
        self, finding: Finding, team: Team, spec: MembershipSpec, held: Held | None = None
    ) -> None:
        """Say what will be stored: of a cell that says nothing, what is on file."""
        says = {name: finding.value(name) for name in ("phone", "birth_year", "sex")}
        if held and self.rosters.is_kept_here(held.person_id):
            says = {n: held._asdict()[n] if value is None else value for n, value in says.items()}
        last_day = spec.last_day or (held.last_day if held else None)
        finding.understood = {
            "full_name": held.full_name if held else finding.value("name"),
            **says,
            "role": spec.role.value,
            "body": spec.body.value if spec.body else None,
            "team": team.name,
            "area": self.teams.places.path_of(team.area_id),
            "valid_from": spec.first_day.isoformat(),
            "valid_to": last_day.isoformat() if last_day else None,
        }

    def _part(self, finding: Finding, team: Team) -> MembershipSpec:
        """What a row says of somebody's part; a member since the team exists, if it is silent."""
        role = finding.value("role")
        if role is None and (answered := finding.fallback("role")):
            role = answered.value
        elif role is None and "role" not in finding.offered:
            finding.mark("role", Mark.GUESSED, _("The cell is empty: a member."))
        role, since = role or MemberRole.MEMBER, finding.value("since")
        if since is None and (answered := finding.fallback("since")):
            since = answered.value
        elif since is None and "since" not in finding.offered:
            day = format_day(team.valid_from)
            finding.mark(
                "since", Mark.GUESSED, _("Empty: since the team exists, %(day)s.", day=day)
            )
        since = since or team.valid_from
        return MembershipSpec(role, finding.value("body"), since, finding.value("until"))

    def _check_days(self, finding: Finding, team: Team, spec: MembershipSpec) -> None:
        """Note days that lie outside the team's."""
        for broken in days_violations(team, spec.first_day, spec.last_day):
            column = COLUMNS.get(broken.field or "", "since")
            finding.note(column, ProblemKind.DAY, broken.message)

    def _resemble(self, finding: Finding, team: Team, held: Held) -> None:
        """Somebody of the same team may be meant: then there is nothing to do."""
        self._add(finding, team)
        if not finding.is_wrong and not finding.waits:
            finding.write_if_same, finding.outcome_if_same = deeds.nothing, Outcome.SAME
            self._hold_back(finding, held, team.name)

    def _resemble_elsewhere(self, finding: Finding, team: Team, held: Held) -> None:
        """Somebody of another team may be meant: then it is they who join."""
        self._add(finding, team)
        if not finding.is_wrong and not finding.waits:
            spec = self._part(finding, team)
            finding.write_if_same = deeds.joining(finding, team, spec, held.person_id)
            self._hold_back(finding, held, self.teams.by_id[held.team_id].name)

    def _hold_back_like_row(self, finding: Finding, team: Team) -> None:
        """Let somebody look at a new person who is like one of a row before in the same team."""
        twin = self.repeated.like(finding, team.id)
        if twin and finding.outcome is Outcome.NEW:
            finding.write_if_same = deeds.nothing
            finding.settle(Outcome.DUPLICATE)
            message = _("Like row %(number)s: the same person?", number=twin.number)
            finding.note("name", ProblemKind.LIKENESS, message)

    def _hold_back(self, finding: Finding, held: Held, team_name: str) -> None:
        """Let somebody look at a row first: it is like a person of a team."""
        finding.settle(Outcome.DUPLICATE, held.person_id)
        is_kept_here = self.rosters.is_kept_here(held.person_id)
        phone = format_phone(held.phone) if is_kept_here else mask_phone(held.phone or "")
        words = [held.full_name, phone, team_name]
        who = ", ".join(word for word in words if word)
        finding.note("name", ProblemKind.LIKENESS, _("On file already? %(who)s", who=who))

    def _change(self, finding: Finding, team: Team, held: Held, own: Sequence[Held]) -> None:
        """Compare with what is on file: an empty cell leaves it as it is."""
        person = deeds.person_as(finding, held, self.rosters.keeping_area(held.person_id))
        membership = deeds.membership_as(finding, held, team)
        news, spec = deeds.differing(person), deeds.differing(membership)
        self._check_change(finding, held, person=news, spec=spec)
        self._check_new_days(finding, team, held, own)
        if finding.is_wrong:
            return
        finding.changes = deeds.in_words({**news, **spec})
        finding.settle(Outcome.CHANGED if news or spec else Outcome.SAME, held.person_id)
        finding.write = deeds.correcting(held, person, membership)
        self._understand(finding, team, deeds.spec_as(finding, held), held)
        self._claim(finding, team, deeds.spec_as(finding, held), held.id)

    def _check_change(
        self, finding: Finding, held: Held, *, person: deeds.Changes, spec: deeds.Changes
    ) -> None:
        """Note what a file cannot change: who is kept elsewhere, a role from a later day on."""
        if person and not self.rosters.is_kept_here(held.person_id):
            message = kept_elsewhere(self.rosters.keeping_commune(held.person_id))
            finding.note("name", ProblemKind.CONFLICT, message)
        row, news = self._news.setdefault(held.person_id, (finding.number, person))
        if person and news and person != news:
            message = _("Says otherwise than row %(number)s of the same person.", number=row)
            finding.note("name", ProblemKind.CONFLICT, message)
        since = finding.value("since")
        if "role" in spec and since is None:
            first_day = format_day(held.valid_from)
            message = _("Without a day: the role is corrected since %(day)s.", day=first_day)
            finding.mark("role", Mark.GUESSED, message)
        if "role" in spec and since and since > held.valid_from:
            message = _(
                "On file since %(day)s in another role: change the role on the team's page.",
                day=format_day(held.valid_from),
            )
            finding.note("role", ProblemKind.CONFLICT, message)

    def _check_new_days(
        self, finding: Finding, team: Team, held: Held, own: Sequence[Held]
    ) -> None:
        """Note days that cannot be: outside the team's, over another part, without a session."""
        spec = deeds.spec_as(finding, held)
        new = spec.held_in(team)
        starts, ends = new.valid_from, new.valid_to
        if (starts, ends) == (held.valid_from, held.valid_to):
            return
        self._check_days(finding, team, spec)
        if any(share_a_day(new, each) for each in own if each.id != held.id):
            message = _("%(name)s has another part in the team at that time.", name=held.full_name)
            finding.note("since", ProblemKind.DAY, message)
        helped = self.rosters.helped.get(held.id)
        if helped and (helped.first < starts or (ends and helped.last >= ends)):
            day = helped.first if helped.first < starts else helped.last
            message = _(
                "%(name)s helped at a session on %(day)s.",
                name=held.full_name,
                day=format_day(day),
            )
            finding.note("since" if day == helped.first else "until", ProblemKind.DAY, message)

    def _claim(
        self, finding: Finding, team: Team, spec: MembershipSpec, membership_id: int | None = None
    ) -> None:
        """Remember a part as it will be, for the question who leads."""
        held = spec.held_in(team)
        days = held.valid_from, held.valid_to
        claim = Claim(team.id, finding.value("name"), spec.role, *days, finding, membership_id)
        self.claims.append(claim)
