"""The accounts of the demonstration: seven to sign in with, and those that entered the sessions.

The others have no password, as every new account: nobody can sign in with them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import NamedTuple

from tcns.accounts.models import RoleAssignment, User
from tcns.areas.gazetteer_operations import lines_on
from tcns.demo.filling import Filling
from tcns.demo.members import Crew, Member, leader_of
from tcns.demo.people import People
from tcns.demo.person_names import invent_name
from tcns.demo.places import DEMO_COMMUNE, DEMO_VILLAGE, MAP_DAY, Commune
from tcns.permissions.vocabulary import Role
from tcns.teams.vocabulary import MemberRole
from tcns.vietnamese import fold, name_sort_key

OPENED_ON = date(2022, 4, 1)
LEADER_ACCOUNT_SHARE = 0.35
LEADER, MEMBER = f"totruong.{DEMO_COMMUNE}", f"thanhvien.{DEMO_COMMUNE}"


class Office(NamedTuple):
    """An account of an office: who holds it, with which role, over the area with which code."""

    user_name: str
    full_name: str
    role: Role
    area_code: str


OFFICES = (
    Office("tinh", "Nguyễn Thị Thu Hà", Role.PROVINCE_ADMINISTRATOR, "08"),
    Office("xemxet", "Trần Quang Vinh", Role.PROVINCE_REVIEWER, "08"),
    Office("kiemtra", "Lê Minh Đức", Role.AUDITOR, "08"),
    Office("huyen.chiemhoa", "Ma Văn Tiến", Role.DISTRICT_REVIEWER, "073"),
)
USER_NAMES = (*(office.user_name for office in OFFICES), f"xa.{DEMO_COMMUNE}", LEADER, MEMBER)


class Accounts:
    """Opens accounts; `hashes` are the password hashes by user name, `ids` areas by their key."""

    def __init__(
        self, filling: Filling, people: People, ids: Mapping[str, int], hashes: Mapping[str, str]
    ) -> None:
        self.officials: dict[str, int] = {}
        self.persons: dict[int, int] = {}
        self._filling, self._people, self._hashes = filling, people, hashes
        self.area_ids = {line["code"]: ids[line["area"]] for line in lines_on("names", MAP_DAY)}
        self._given_names: Counter[str] = Counter()

    def open_offices(self) -> None:
        """The accounts of the province and of the district."""
        for office in OFFICES:
            self._open_office(office)

    def open_communes(self, communes: Sequence[Commune], rng: Random) -> None:
        """An official's account for each commune."""
        for commune in communes:
            name = invent_name(commune.district, is_woman=rng.random() < 0.5, rng=rng)
            office = Office(f"xa.{commune.code}", name, Role.COMMUNE_OFFICIAL, commune.code)
            self.officials[commune.code] = self._open_office(office)

    def open_leaders(self, crews: Sequence[Crew], day: date, rng: Random) -> None:
        """Accounts for some of the leaders of `day`, and for the two members to sign in as."""
        for crew in crews:
            leader = leader_of(crew.members_on(day))
            if crew.founding.code == DEMO_VILLAGE:
                self._open_member(crew, LEADER, leader or crew.members[0])
                members = (m for m in crew.members if m.role is MemberRole.MEMBER)
                self._open_member(crew, MEMBER, next(members))
            elif leader and rng.random() < LEADER_ACCOUNT_SHARE:
                self._open_member(crew, self._user_name(leader), leader)

    def _open_office(self, office: Office) -> int:
        """An account with a role over an area; its id."""
        area_id = self.area_ids[office.area_code]
        user_id = self._open(office.user_name, office.full_name, area_id)
        self._filling.link(
            RoleAssignment,
            user_id=user_id,
            role=office.role,
            area_id=area_id,
            granted_by_id=None,
            valid_from=OPENED_ON,
            valid_to=None,
        )
        return user_id

    def _open_member(self, crew: Crew, user_name: str, member: Member) -> None:
        """An account for somebody in a team, at home in the commune; one a person."""
        if member.person_id in self.persons:
            return
        name, area_id = self._people.names[member.person_id], crew.founding.commune.area_id
        user_id = self._open(user_name, name, area_id)
        self.persons[member.person_id] = user_id
        self._people.give_account(member.person_id, user_id)

    def _open(self, user_name: str, full_name: str, area_id: int) -> int:
        """An account; its id."""
        return self._filling.add(
            User,
            user_name=user_name,
            full_name=full_name,
            search_key=fold(full_name),
            sort_key=name_sort_key(full_name),
            home_area_id=area_id,
            password_hash=self._hashes.get(user_name),
            code_hash=None,
            code_expires_at=None,
            disabled_at=None,
            created_at=datetime(OPENED_ON.year, OPENED_ON.month, OPENED_ON.day, 1, tzinfo=UTC),
        )

    def _user_name(self, member: Member) -> str:
        """Given name and number."""
        given = fold(self._people.names[member.person_id].split()[-1])
        self._given_names[given] += 1
        return f"{given}{self._given_names[given]}"
