"""Who is, or was, in the teams of a scope: read at once, found by name."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import func, select

from tcns.activities.models import Activity, Attendance
from tcns.clock import today
from tcns.database import db
from tcns.imports.kinds.members.repeated_rows import described_by
from tcns.imports.rows.phone_cells import national_phone
from tcns.imports.rows.results import Finding
from tcns.periods import Period
from tcns.permissions.scope import Scope
from tcns.teams.identity import may_be_elsewhere, may_be_in_team, name_key
from tcns.teams.members.person_queries import keeping_commune
from tcns.teams.members.rules import ONE_DAY
from tcns.teams.models import Membership, Person, Team
from tcns.teams.ownership import HandOver, keeping_part


class Held(NamedTuple):
    """A membership on file, and the person who holds it; `spelt` is the name whichever way it is
    spelt."""

    id: int
    version: int
    team_id: int
    role: str
    body: str | None
    valid_from: date
    valid_to: date | None
    end_reason: str | None
    person_id: int
    person_version: int
    full_name: str
    phone: str | None
    birth_year: int | None
    sex: str | None
    spelt: str

    @property
    def last_day(self) -> date | None:
        """The last day, inclusive; None while it lasts."""
        return self.valid_to - ONE_DAY if self.valid_to else None

    def lasts(self) -> bool:
        """Whether the membership has not ended yet."""
        return self.valid_to is None or self.valid_to > today()


class Rosters:
    """All memberships of a scope."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.of_team: defaultdict[int, list[Held]] = defaultdict(list)
        self._by_phone: defaultdict[str, list[Held]] = defaultdict(list)
        self._communes: dict[int | None, str] = {}
        self.phones: set[str] = set()
        self.names: set[str] = set()
        for held in self._read():
            self.of_team[held.team_id].append(held)
            self.names.add(held.spelt)
            if held.phone:
                self.phones.add(held.phone)
                self._by_phone[held.phone].append(held)

    def _read(self) -> list[Held]:
        """Every membership with its person, the earliest first."""
        columns = (
            *(Membership.id, Membership.version, Membership.team_id, Membership.role),
            *(Membership.body, Membership.valid_from, Membership.valid_to),
            Membership.end_reason,
            *(Person.id, Person.version, Person.full_name, Person.phone, Person.birth_year),
            Person.sex,
        )
        query = select(*columns).join(Person, Person.id == Membership.person_id)
        query = query.where(self._scope.clause(Membership))
        found = db.session.execute(query.order_by(Membership.valid_from, Membership.id))
        return [Held._make([*row, name_key(row.full_name)]) for row in found]

    def accept_known(self, finding: Finding) -> None:
        """Let a name and a phone stand that are on file, whatever rules they broke since."""
        name, phone = finding.cells.get("name", ""), finding.cells.get("phone", "")
        if name_key(name) in self.names:
            finding.accept("name", name)
        if national_phone(phone) in self.phones:
            finding.accept("phone", national_phone(phone))

    def of_name(self, team_id: int, finding: Finding) -> list[Held]:
        """Those of a team who bear the row's name; of several persons those that fit best."""
        name = name_key(finding.value("name"))
        found = [held for held in self.of_team[team_id] if held.spelt == name]
        for attribute in ("phone", "birth_year"):
            value = finding.value(attribute)
            fitting = [held for held in found if value and getattr(held, attribute) == value]
            if len({held.person_id for held in found}) > 1 and fitting:
                found = fitting
        return found

    def like(self, team_id: int, finding: Finding) -> Held | None:
        """Somebody of a team whom the row may mean, though the name is written otherwise."""
        described = described_by(finding)
        alike = (held for held in self.of_team[team_id] if may_be_in_team(described, held))
        return next(alike, None)

    def elsewhere(self, finding: Finding) -> Held | None:
        """Somebody of another team whom the row may mean."""
        described = described_by(finding)
        found = self._by_phone.get(described.phone or "", ())
        return next((held for held in reversed(found) if may_be_elsewhere(described, held)), None)

    def keeping_area(self, person_id: int) -> int | None:
        """The area where a person is kept: what happens to them is on record there."""
        keeping = self._keeping(person_id)
        return keeping.area_id if keeping else None

    def keeping_commune(self, person_id: int) -> str:
        """The name of the commune that keeps a person's data; read once for each area."""
        area_id = self.keeping_area(person_id)
        if area_id not in self._communes:
            self._communes[area_id] = keeping_commune(db.session.get_one(Person, person_id))
        return self._communes[area_id]

    def is_kept_here(self, person_id: int) -> bool:
        """Whether a person's data are kept in a team of the scope; others may not change them."""
        keeping = self._keeping(person_id)
        return self._scope.everything or (keeping is not None and keeping.team_id in self.of_team)

    def _keeping(self, person_id: int) -> Any:
        """The membership whose commune keeps a person's data, wherever it lies."""
        parts = self._everywhere[person_id]
        handed = HandOver(parts[0].handed_to_id, parts[0].handed_over_on) if parts else None
        return keeping_part(parts, today(), handed if handed and handed.team_id else None)

    @cached_property
    def _everywhere(self) -> dict[int, list[Any]]:
        """The memberships of every person, in or out of the scope, the earliest first."""
        columns = (
            *(Membership.id, Membership.person_id, Membership.team_id, Team.area_id),
            *(Membership.valid_from, Membership.valid_to),
            *(Person.handed_to_id, Person.handed_over_on),
        )
        query = select(*columns).join(Membership.team).join(Membership.person)
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for row in db.session.execute(query.order_by(Membership.valid_from, Membership.id)):
            found[row.person_id].append(row)
        return found

    @cached_property
    def helped(self) -> dict[int, Period]:
        """The first and last day on which each membership helped at a session."""
        query = (
            select(Attendance.membership_id, func.min(Activity.held_on), func.max(Activity.held_on))
            .join(Activity, Activity.id == Attendance.activity_id)
            .group_by(Attendance.membership_id)
        )
        return {row[0]: Period(row[1], row[2]) for row in db.session.execute(query)}


def best_membership(held: Sequence[Held], since: date | None) -> Held:
    """Of one person's memberships in a team the one a row is about: that of its first day, else
    the present one, else the last."""
    begun = [each for each in held if each.valid_from == since]
    lasting = [each for each in held if each.lasts()]
    return (begun or lasting or list(held))[-1]


def is_somebody_else(held: Held, finding: Finding) -> bool:
    """Whether phone and year of birth both contradict that a row means this person."""
    phone, year = finding.value("phone"), finding.value("birth_year")
    other_phone = bool(phone and held.phone) and phone != held.phone
    other_year = bool(year and held.birth_year) and year != held.birth_year
    return other_phone and other_year
