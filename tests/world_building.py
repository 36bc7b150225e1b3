"""How the world of the tests is made: every row of it, in the places of its two maps."""

from datetime import date

from tcns.accounts.models import User
from tcns.activities.vocabulary import Status
from tcns.areas.models import Deployment
from tcns.areas.vocabulary import Level
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.closings.models import ReopeningRequest
from tcns.database import db
from tcns.digests.vocabulary import Digest
from tcns.documents.models import LetterTemplate
from tcns.files.scans import ScanKind
from tcns.imports.models import Import, ImportRow
from tcns.imports.vocabulary import ImportKind, ImportStatus, Outcome
from tcns.jobs.operations import start_job
from tcns.jobs.vocabulary import JobStatus
from tcns.notices.models import Notice
from tcns.notices.vocabulary import NoticeKind
from tcns.permissions.vocabulary import Role
from tcns.teams.models import Person
from tcns.teams.vocabulary import Body, MemberRole
from tcns.undo.operations import undoable
from tcns.undo.vocabulary import ReversibleKind
from tests.factories import (
    make_activity,
    make_course,
    make_decision,
    make_indicator,
    make_initiative,
    make_membership,
    make_person,
    make_photograph,
    make_plan,
    make_preset,
    make_role,
    make_sign_in,
    make_target,
    make_team,
    make_training,
    make_user,
    save,
)
from tests.pictures import WORLD_PHOTOGRAPH, WORLD_SCAN
from tests.places import MAP_DAY, Place, build_places
from tests.world import ACCOUNTS, World, sign_in_key


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
    builder.build_template()
    builder.build_request()
    builder.build_notice()
    return builder.world()


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
            self.photograph,
            self.template,
            self.plan,
            self.target,
            self.asked,
            self.initiative,
            self.course,
            self.preset,
            self.notice,
        )

    def build_decisions(self) -> None:
        """One decision of Hòa An for its teams, one of Kim Tước, and the one indicator."""
        self.decisions["commune"] = make_decision(
            self.places["commune"].id,
            number="12/QĐ-UBND",
            issuer="UBND xã Hòa An",
            scan_key=WORLD_SCAN,
            scan_kind=ScanKind.DOCUMENT,
        )
        self.decisions["neighbour"] = make_decision(
            self.places["neighbour"].id, number="34/QĐ-UBND", issuer="UBND xã Kim Tước"
        )
        self.indicator = make_indicator(
            code="dvc-huong-dan",
            name_vi="Người được hướng dẫn nộp hồ sơ trực tuyến",
            name_en="People guided in filing online",
        )
        self.plan = make_plan(self.places["province"].id)
        self.target = make_target(self.plan)

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
        self.initiative = make_initiative(self.places["village"].id)
        self.course = make_course(self.places["commune"].id)
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
        self.preset = make_preset(self.users["administrator"])

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
        self.photograph = make_photograph(
            self.activities[Status.DRAFT], member, file_key=WORLD_PHOTOGRAPH
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
        place = self.places["commune"].id
        with undoable(ReversibleKind.MEMBERSHIPS_ENDED, by=own, area_id=place) as done:
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
        self.upload = save(upload)
        cells = {"name": "Hoàng Thị Mới", "phone": "12"}
        problem = {"column": "phone", "kind": "format"}
        row = ImportRow(import_id=self.upload, number=4, cells=cells, outcome=Outcome.ERROR)
        row.problems = [problem | {"message": "Số điện thoại có 10 chữ số."}]
        db.session.add(row)

    def build_request(self) -> None:
        """Đồng Tâm asks to have March 2024 opened, which was never closed."""
        asked = ReopeningRequest(
            area_id=self.places["commune"].id,
            team_id=self.teams["village"],
            first_day=date(2024, 2, 15),
            reason="Ghi sổ giấy, chưa nhập",
            asked_by_id=self.users["leader"],
            asked_at=now(),
        )
        self.asked = save(asked)

    def build_template(self) -> None:
        """A template for documents that the administrator put in; its file is lost."""
        template = LetterTemplate(
            file_key=f"templates/{'0' * 32}",
            file_name="mau van ban.docx",
            uploaded_by_id=self.users["administrator"],
            uploaded_at=now(),
        )
        self.template = save(template)

    def build_notice(self) -> None:
        """How Hòa An stood, which its official was told and has read."""
        facts = Digest("xã Hòa An", "2025-06-30").facts()
        own, area_id = self.users["own"], self.places["commune"].id
        kind, moment = NoticeKind.WEEKLY_DIGEST, now()
        notice = Notice(
            user_id=own,
            kind=kind,
            subject_id=area_id,
            facts=facts,
            created_at=moment,
            read_at=moment,
        )
        self.notice = save(notice)

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
