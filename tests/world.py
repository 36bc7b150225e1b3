"""The small country every test lives in.

Until 30/06/2025, which is the deployment's map day (MAP_DAY), as in the demonstration:

    08 tỉnh Sơn Thủy                              province
    ├── 071 huyện Thượng Lâm                      district
    │   ├── 02301 xã Hòa An                       commune       team of 3 (one is in two teams)
    │   │   ├── thôn Đồng Tâm, 120 households     village       team of 3: leader, deputy, member
    │   │   ├── bản Nà Đình, 80 households        hamlet        team of 2, and one dissolved before
    │   │   └── thôn Khuôn Trú, households unknown  quiet_village   no team
    │   ├── 02302 xã Hòa Bình                     partner       team of 1
    │   │   └── thôn Hợp Thành                    partner_village   team of 1
    │   └── 02303 xã Kim Tước                     neighbour     team of 1
    │       └── thôn Nà Kim Tước                  neighbour_village team of 2
    └── 072 huyện Hạ Lang                         other_district
        ├── 02401 thị trấn Na Sầm                 town          a xã until 31/12/2023; team of 1
        │   └── tổ dân phố 1                      town_village  team of 1
        └── 02402 xã Đức Xuân                     split         team of 1
            ├── thôn Đức Thượng                   north_village team of 1
            └── thôn Đức Hạ                       south_village team of 1
    02 tỉnh Bình Nguyên                           second_province
    └── 024 huyện Cán Tỷ                          second_district
        └── 00701 xã Lùng Vai                     far           team of 1
            └── thôn Lùng Pục                     far_village   team of 1

Since 01/07/2025 (REFORM), without districts:

    08 tỉnh Sơn Thủy                              new_province  of both old provinces
    ├── 02301 xã Hòa An                           merged        of Hòa An and Hòa Bình
    │   └── Đồng Tâm, Nà Đình, Khuôn Trú, Hợp Thành
    ├── 02303 xã Kim Tước                         neighbour     unchanged, only placed anew
    │   └── Nà Kim Tước
    ├── 02401 phường Na Sầm                       town          unchanged, upgraded
    │   └── tổ dân phố 1
    ├── 02402 xã Đức Xuân                         north         one part of the split commune
    │   └── Đức Thượng
    ├── 02403 xã Đức Hạ                           south         the other part
    │   └── Đức Hạ
    └── 00701 xã Lùng Vai                         far           unchanged, from the other province
        └── Lùng Pục

Personas, who stand for everybody else:

    administrator   province administrator of Sơn Thủy
    reviewer        province reviewer of Sơn Thủy
    district        district reviewer of Thượng Lâm
    own             official of the commune Hòa An, which most tests are about
    neighbour       official of Kim Tước, next door: must never see what is Hòa An's
    leader          leader of the team of Đồng Tâm
    member          member of the team of Đồng Tâm
    auditor         auditor of Sơn Thủy: reads everything, changes nothing
    anonymous       not signed in

Names, persons, phones and notes of Kim Tước bear the CANARIES: whoever may not read that commune
never meets them on a page or in a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.activities.vocabulary import Status
from tcns.areas.models import AreaName, AreaPlacement, Deployment
from tcns.areas.operations import rebuild_tree
from tcns.areas.vocabulary import Extent, Kind, Level
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db, now
from tcns.imports.models import Import, ImportRow
from tcns.imports.vocabulary import ImportKind, ImportStatus, Outcome
from tcns.jobs.operations import start_job
from tcns.jobs.vocabulary import JobStatus
from tcns.permissions.vocabulary import Role
from tcns.reversals.operations import begin_reversible
from tcns.reversals.vocabulary import ReversibleKind
from tcns.teams.models import Person
from tcns.teams.vocabulary import Body, MemberRole
from tests.factories import (
    make_activity,
    make_area,
    make_decision,
    make_households,
    make_indicator,
    make_membership,
    make_person,
    make_role,
    make_sign_in,
    make_succession,
    make_team,
    make_training,
    make_user,
    place_area,
)

MAP_DAY, REFORM = date(2025, 6, 30), date(2025, 7, 1)
UPGRADE = date(2024, 1, 1)

CANARIES = ("Kim Tước", "kim tuoc", "0999 123 456", "84999123456")
PERSONAS = (
    "anonymous",
    "own",
    "neighbour",
    "district",
    "reviewer",
    "administrator",
    "auditor",
    "leader",
    "member",
)


def sign_in_key(persona: str) -> str:
    """The key in a persona's cookie."""
    return f"sign-in key of {persona}"


@dataclass(frozen=True)
class Place:
    """An area of the world: its id, and its code and plain name on the map day."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class World:
    """The names of what the drawing shows: places, and ids of everything else.

    `teams` are named like the places they belong to, and "dissolved"; `persons` and
    `memberships` by who they are; `activities` by their state, "commune" and "neighbour";
    `users` and `roles` like the personas.
    """

    places: Mapping[str, Place]
    teams: Mapping[str, int]
    persons: Mapping[str, int]
    memberships: Mapping[str, int]
    users: Mapping[str, int]
    activities: Mapping[str, int]
    decisions: Mapping[str, int]
    roles: Mapping[str, int]
    indicator: int
    event: int
    reversible: int
    job: int
    training: int
    upload: int

    def __getattr__(self, name: str) -> Place:
        """`world.commune` is `world.places["commune"]`."""
        try:
            return self.__dict__["places"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"the world has no place called {name!r}") from None


def build_world() -> World:
    """Make every row of the world in the current context; the caller commits."""
    db.session.add(Deployment(province_code="08", map_on=MAP_DAY, is_demonstration=False))
    places = build_places()
    builder = Builder(places)
    builder.build_decisions()
    builder.build_teams()
    builder.build_persons()
    builder.build_users()
    builder.build_activities()
    builder.build_event()
    builder.build_reversible()
    builder.build_job()
    builder.build_upload()
    return builder.world()


def set_map_day(day: date | None) -> None:
    """Move the deployment to the map of another day; None is today's."""
    db.session.get_one(Deployment, 1).map_on = day


def build_places() -> dict[str, Place]:
    """Both maps, what became of what, and the paths of the tree."""
    places = PlaceBuilder()
    places.build_old_map()
    places.build_new_map()
    places.build_successions()
    db.session.flush()
    rebuild_tree()
    return places.made


class PlaceBuilder:
    """Makes areas and remembers them by name."""

    def __init__(self) -> None:
        self.made: dict[str, Place] = {}

    def add(
        self, key: str, level: Level, code: str, name: str, above: str = "", /, **differs: object
    ) -> int:
        """An area called `key` in tests, below the one called `above`."""
        parent = self.made[above].id if above else None
        area_id = make_area(level, parent, code=code, name=name, **differs)
        self.made[key] = Place(area_id, code, name)
        return area_id

    def build_old_map(self) -> None:
        """Provinces, districts, communes and villages until the reorganisation."""
        gone = {"valid_to": REFORM}
        self.add("province", Level.PROVINCE, "08", "Sơn Thủy", **gone)
        self.add("second_province", Level.PROVINCE, "02", "Bình Nguyên", **gone)
        self.add("district", Level.DISTRICT, "071", "Thượng Lâm", "province", **gone)
        self.add("other_district", Level.DISTRICT, "072", "Hạ Lang", "province", **gone)
        self.add("second_district", Level.DISTRICT, "024", "Cán Tỷ", "second_province", **gone)
        self.add("commune", Level.COMMUNE, "02301", "Hòa An", "district", **gone)
        self.add("partner", Level.COMMUNE, "02302", "Hòa Bình", "district", **gone)
        self.add("split", Level.COMMUNE, "02402", "Đức Xuân", "other_district", **gone)

    def build_new_map(self) -> None:
        """The communes since the reorganisation, those it left alone, and all villages."""
        new = {"valid_from": REFORM}
        self.add("new_province", Level.PROVINCE, "08", "Sơn Thủy", **new)
        self.add("merged", Level.COMMUNE, "02301", "Hòa An", "new_province", **new)
        self.add("north", Level.COMMUNE, "02402", "Đức Xuân", "new_province", **new)
        self.add("south", Level.COMMUNE, "02403", "Đức Hạ", "new_province", **new)
        self.add_lasting("neighbour", "02303", "Kim Tước", "district")
        self.add_lasting("town", "02401", "Na Sầm", "other_district")
        self.add_lasting("far", "00701", "Lùng Vai", "second_district")
        self.upgrade_town()
        self.add_village("village", "Đồng Tâm", "commune", "merged", households=120)
        self.add_village("hamlet", "Nà Đình", "commune", "merged", Kind.BAN, households=80)
        self.add_village("quiet_village", "Khuôn Trú", "commune", "merged")
        self.add_village("partner_village", "Hợp Thành", "partner", "merged", households=60)
        self.add_village(
            "neighbour_village", "Nà Kim Tước", "neighbour", "neighbour", households=90
        )
        self.add_village("town_village", "1", "town", "town", Kind.TO_DAN_PHO, households=200)
        self.add_village("north_village", "Đức Thượng", "split", "north", households=70)
        self.add_village("south_village", "Đức Hạ", "split", "south", households=50)
        self.add_village("far_village", "Lùng Pục", "far", "far", households=40)

    def add_lasting(self, key: str, code: str, name: str, above: str) -> None:
        """A commune the reorganisation only places anew, straight below the new province."""
        area_id = self.add(key, Level.COMMUNE, code, name, above)
        move(area_id, self.made["new_province"].id)

    def upgrade_town(self) -> None:
        """Na Sầm was a xã, then a thị trấn, and is a phường: three names of one area."""
        town = self.made["town"]
        first = db.session.scalars(select(AreaName).where(AreaName.area_id == town.id)).one()
        first.valid_to = UPGRADE
        for kind, starts, ends in ((Kind.THI_TRAN, UPGRADE, REFORM), (Kind.PHUONG, REFORM, None)):
            db.session.add(
                AreaName(
                    area_id=town.id,
                    kind=kind,
                    name=town.name,
                    code=town.code,
                    valid_from=starts,
                    valid_to=ends,
                )
            )

    def add_village(
        self,
        key: str,
        name: str,
        before: str,
        after: str,
        kind: Kind = Kind.THON,
        households: int | None = None,
    ) -> None:
        """A village, which persists: below `before` on the old map and `after` on the new."""
        number = sum(1 for place in self.made.values() if len(place.code) > 5)
        code = f"{self.made[before].code}{number:02}"
        area_id = self.add(key, Level.VILLAGE, code, name, before, kind=kind)
        if before != after:
            move(area_id, self.made[after].id)
        if households is not None:
            make_households(area_id, households)

    def build_successions(self) -> None:
        """Two communes merged, one was split, two provinces became one; districts just ended."""
        whole = ("commune", "merged"), ("partner", "merged")
        provinces = ("province", "new_province"), ("second_province", "new_province")
        parts = ("split", "north"), ("split", "south")
        for extent, pairs in ((Extent.WHOLE, whole + provinces), (Extent.PART, parts)):
            for old, new in pairs:
                make_succession(
                    self.made[old].id,
                    self.made[new].id,
                    extent=extent,
                    effective_on=REFORM,
                    decree="1684/NQ-UBTVQH15",
                )


def move(area_id: int, parent_id: int) -> None:
    """End the area's place at the reorganisation and begin another below `parent_id`."""
    place = db.session.scalars(select(AreaPlacement).where(AreaPlacement.area_id == area_id)).one()
    place.valid_to = REFORM
    db.session.flush()
    place_area(area_id, parent_id, valid_from=REFORM)


class Builder:
    """Makes the records that lie in the places."""

    def __init__(self, places: dict[str, Place]) -> None:
        self.places = places
        self.teams: dict[str, int] = {}
        self.persons: dict[str, int] = {}
        self.memberships: dict[str, int] = {}
        self.users: dict[str, int] = {}
        self.activities: dict[str, int] = {}
        self.decisions: dict[str, int] = {}
        self.roles: dict[str, int] = {}

    def world(self) -> World:
        """Everything made so far, by name."""
        return World(
            self.places,
            self.teams,
            self.persons,
            self.memberships,
            self.users,
            self.activities,
            self.decisions,
            self.roles,
            self.indicator,
            self.event,
            self.reversible,
            self.job,
            self.training,
            self.upload,
        )

    def build_decisions(self) -> None:
        """One decision of Hòa An for its teams, one of Kim Tước, and the one indicator."""
        self.decisions["commune"] = make_decision(
            self.places["commune"].id, number="12/QĐ-UBND", issuer="UBND xã Hòa An"
        )
        self.decisions["neighbour"] = make_decision(
            self.places["neighbour"].id, number="34/QĐ-UBND", issuer="UBND xã Kim Tước"
        )
        self.indicator = make_indicator(
            code="dvc-huong-dan",
            name_vi="Người được hướng dẫn nộp hồ sơ trực tuyến",
            name_en="People guided in filing online",
        )

    def build_teams(self) -> None:
        """A team in every commune of the old map and every village but the quiet one."""
        for key, place in self.places.items():
            level = Level.VILLAGE if len(place.code) > 5 else Level.COMMUNE
            if key in OLD_COMMUNES or (level is Level.VILLAGE and key != "quiet_village"):
                self.teams[key] = make_team(
                    place.id,
                    name=f"Tổ công nghệ số cộng đồng {place.name}",
                    decision_id=self.decisions.get("commune" if key in OF_ONE_DECISION else key),
                )
        self.teams["dissolved"] = make_team(
            self.places["hamlet"].id,
            name="Tổ công nghệ số cộng đồng Nà Đình cũ",
            second_reason="Tổ thí điểm",
            valid_to=date(2023, 1, 1),
            merged_into_id=self.teams["hamlet"],
        )

    def build_persons(self) -> None:
        """Everybody of the drawing; those in Hòa An and Kim Tước have names tests speak of."""
        join, leads = self.join, {"role": MemberRole.LEADER, "body": Body.VILLAGE_HEAD}
        join("official", "commune", "Ma Văn Đức", role=MemberRole.LEADER, body=Body.COMMUNE_STAFF)
        join("teacher", "commune", "Trần Thị Ánh", body=Body.TEACHERS)
        join("leader", "village", "Hoàng Văn Sính", phone="+84912000001", **leads)
        join("deputy", "village", "Nông Thị Hòa", role=MemberRole.DEPUTY, body=Body.WOMENS_UNION)
        join("member", "village", "Lý Thị Mẩy", phone="+84912000002", body=Body.YOUTH_UNION)
        self.memberships["leader_in_commune"] = make_membership(
            self.teams["commune"], self.persons["leader"], body=Body.VILLAGE_HEAD
        )
        join("hamlet_leader", "hamlet", "Đặng Văn Ba", **leads)
        join("hamlet_member", "hamlet", "Chu Thị Bé", valid_from=date(2024, 3, 1))
        self.training = make_training(self.persons["member"])
        self.join_past()
        join("neighbour", "neighbour", "Lò Kim Tước", phone="+84999123456", **leads)
        join("neighbour_village", "neighbour_village", "Vàng Thị Kim Tước", **leads)
        join("neighbour_member", "neighbour_village", "Kim Tước Văn An", phone="+84999123456")
        for key in ("partner", "partner_village", "town", "town_village", "split"):
            join(key, key, f"Bàn Văn {self.places[key].name}", **leads)
        for key in ("north_village", "south_village", "far", "far_village"):
            join(key, key, f"Giàng Thị {self.places[key].name}", **leads)

    def join(self, key: str, team: str, full_name: str, **differs: object) -> None:
        """Somebody, and the membership in a team."""
        person = {name: differs.pop(name) for name in ("phone",) if name in differs}
        self.persons[key] = make_person(full_name=full_name, **person)
        self.memberships[key] = make_membership(self.teams[team], self.persons[key], **differs)

    def join_past(self) -> None:
        """Who was in a team and is not any more; and a role that changed in the middle."""
        self.join("past", "village", "Triệu Văn Cũ", valid_to=date(2023, 7, 1))
        self.memberships["deputy_before"] = make_membership(
            self.teams["dissolved"], self.persons["deputy"], valid_to=date(2023, 1, 1)
        )

    def build_users(self) -> None:
        """The personas' accounts, roles and devices; leader and member are persons of a team."""
        for persona, (name, user_name, role, area) in ACCOUNTS.items():
            home = self.places[area].id
            user_id = make_user(home, full_name=name, user_name=user_name)
            self.users[persona] = user_id
            make_sign_in(user_id, sign_in_key(persona))
            if role:
                self.roles[persona] = make_role(user_id, role, home)
            else:
                db.session.get_one(Person, self.persons[persona]).user_id = user_id

    def build_activities(self) -> None:
        """One session of Đồng Tâm in each state, one of the commune, one of Kim Tước."""
        member = self.users["member"]
        helpers = [self.memberships["leader"], self.memberships["member"]]
        for day, status in enumerate(Status, start=10):
            self.activities[status] = make_activity(
                self.teams["village"],
                member,
                held_on=date(2025, 6, day),
                status=status,
                helpers=helpers,
                counts={self.indicator: 7},
                note=f"Ghi chú {day}",
                return_reason="Thiếu số hộ" if status is Status.RETURNED else None,
            )
        self.activities["commune"] = make_activity(
            self.teams["commune"], self.users["own"], held_on=date(2025, 5, 20)
        )
        self.activities["neighbour"] = make_activity(
            self.teams["neighbour_village"],
            self.users["neighbour"],
            venue="Nhà văn hóa thôn Nà Kim Tước",
            note="Kim Tước dặn không cho xã khác xem",
            return_reason=None,
        )

    def build_event(self) -> None:
        """One event of the audit trail: the administrator gave Hòa An's official the role."""
        own = db.session.get_one(User, self.users["own"])
        by = db.session.get_one(User, self.users["administrator"])
        changes = {"role": (None, Role.COMMUNE_OFFICIAL)}
        entry = record(
            Event.ROLE_GRANTED, by=by, on=own, area_id=self.places["commune"].id, changes=changes
        )
        db.session.flush()
        self.event = entry.id

    def build_reversible(self) -> None:
        """Something that Hòa An's official did and can undo."""
        own = db.session.get_one(User, self.users["own"])
        done = begin_reversible(
            ReversibleKind.MEMBERSHIPS_ENDED, by=own, area_id=self.places["commune"].id
        )
        db.session.flush()
        self.reversible = done.id

    def build_upload(self) -> None:
        """A file of members that Hòa An's official has sent: one row is wrong, none taken in."""
        place = self.places["commune"].id
        upload = Import(
            kind=ImportKind.MEMBERS,
            status=ImportStatus.CHECKED,
            file_name="danh sach.xlsx",
            digest="of the file",
            sheet="Danh sách",
            heading_row=3,
            headings=["Họ và tên", "Số điện thoại"],
            matching={"name": 0, "phone": 1},
            counts={Outcome.NEW: 0, Outcome.ERROR: 1},
            area_id=place,
            uploaded_by_id=self.users["own"],
            uploaded_at=now(),
        )
        db.session.add(upload)
        db.session.flush()
        cells, problem = ["Hoàng Thị Mới", "12"], {"column": "phone", "kind": "format"}
        row = ImportRow(import_id=upload.id, number=4, cells=cells, outcome=Outcome.ERROR)
        row.problems = [problem | {"message": "Số điện thoại có 10 chữ số."}]
        db.session.add(row)
        self.upload = upload.id

    def build_job(self) -> None:
        """Long work that Hòa An's official started and has seen the end of."""
        own = db.session.get_one(User, self.users["own"])
        parameters = {
            "on": "2025-06-30",
            "map_on": "2025-06-30",
            "area_id": self.places["commune"].id,
            "role": "leader",
            "key": "of a form",
            "before": [0, 0, 0, 0],
        }
        job = start_job("accounts.prepare", parameters, by=own)
        job.status, job.finished_at, job.seen_at = JobStatus.DONE, now(), now()
        job.result = {}
        db.session.flush()
        self.job = job.id
        db.session.info.clear()  # nobody is to be woken for it


OF_ONE_DECISION = ("commune", "village", "hamlet")
OLD_COMMUNES = ("commune", "partner", "neighbour", "town", "split", "far")

# Persona: full name, user name, role, area; without a role, rights come from a membership.
ACCOUNTS: dict[str, tuple[str, str, Role | None, str]] = {
    "own": ("Cán Bộ Hòa An", "xa.02301", Role.COMMUNE_OFFICIAL, "commune"),
    "neighbour": ("Cán Bộ Kim Tước", "xa.02303", Role.COMMUNE_OFFICIAL, "neighbour"),
    "district": ("Cán Bộ Thượng Lâm", "huyen.071", Role.DISTRICT_REVIEWER, "district"),
    "reviewer": ("Chuyên Viên Tỉnh", "xemxet", Role.PROVINCE_REVIEWER, "province"),
    "administrator": ("Quản Trị Tỉnh", "tinh", Role.PROVINCE_ADMINISTRATOR, "province"),
    "auditor": ("Kiểm Tra Viên", "kiemtra", Role.AUDITOR, "province"),
    "leader": ("Hoàng Văn Sính", "hoang.van.sinh1", None, "commune"),
    "member": ("Lý Thị Mẩy", "ly.thi.may1", None, "commune"),
}
