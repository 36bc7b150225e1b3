"""Rows for tests: each function makes one, with defaults a test overrides where it matters.

They work in the current application context, flush and return ids. A test that talks to the
site through a client makes rows by the fixture `make`, which commits: `make(make_team, area_id)`.
"""

import secrets
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from tcns.accounts.credentials.session_keys import digest
from tcns.accounts.models import RoleAssignment, SignIn, User
from tcns.activities.models import Activity, ActivityTopic, Attendance, IndicatorValue, Photograph
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status, Topic
from tcns.areas.models import (
    Area,
    AreaHouseholds,
    AreaName,
    AreaPlacement,
    AreaStatistic,
    AreaSuccession,
)
from tcns.areas.vocabulary import AreaKind, Extent, Level
from tcns.clock import now
from tcns.coverage.presets.models import Preset
from tcns.database import Model, db
from tcns.indicators.models import Indicator
from tcns.initiatives.models import Initiative
from tcns.permissions.vocabulary import Role
from tcns.plans.models import Plan, Target
from tcns.teams.models import (
    EstablishingDecision,
    Membership,
    Person,
    Team,
    TeamDecision,
    Training,
)
from tcns.teams.training.models import Course
from tcns.teams.vocabulary import Body, MemberRole, Purpose

BEGINNING = date(2021, 7, 1)
TEAMS_BEGAN = date(2022, 5, 1)
A_LONG_TIME = timedelta(days=3650)

KIND_OF_LEVEL = {
    Level.PROVINCE: AreaKind.TINH,
    Level.DISTRICT: AreaKind.HUYEN,
    Level.COMMUNE: AreaKind.XA,
    Level.VILLAGE: AreaKind.THON,
}
numbers = count(1)


def save(row: Model) -> Any:
    """Add the row and return its id."""
    db.session.add(row)
    db.session.flush()
    return getattr(row, "id", None)


def make_area(level: Level, parent_id: int | None = None, **differs: Any) -> int:
    """An area with its name and its place below `parent_id`; call rebuild_tree afterwards."""
    number = next(numbers)
    starts, ends = differs.pop("valid_from", BEGINNING), differs.pop("valid_to", None)
    name = {
        "kind": differs.pop("kind", KIND_OF_LEVEL[level]),
        "name": differs.pop("name", f"Số {number}"),
        "code": differs.pop("code", f"9{number:06}"),
    }
    area = Area(level=level, valid_from=starts, valid_to=ends, **differs)
    area_id: int = save(area)
    save(AreaName(area_id=area_id, valid_from=starts, valid_to=ends, **name))
    if parent_id is not None:
        place_area(area_id, parent_id, valid_from=starts, valid_to=ends)
    return area_id


def place_area(
    area_id: int, parent_id: int, valid_from: date, valid_to: date | None = None
) -> None:
    """Where an area stands in the tree for a time."""
    save(
        AreaPlacement(
            area_id=area_id, parent_id=parent_id, valid_from=valid_from, valid_to=valid_to
        )
    )


def make_succession(predecessor_id: int, successor_id: int, **differs: Any) -> None:
    """What became of an area: by default it went wholly into the successor."""
    facts = {"extent": Extent.WHOLE, "effective_on": date(2025, 7, 1), "decree": None, **differs}
    save(AreaSuccession(predecessor_id=predecessor_id, successor_id=successor_id, **facts))


def make_households(area_id: int, household_count: int = 100, **differs: Any) -> int:
    """How many households a village has."""
    facts = {"valid_from": BEGINNING, "valid_to": None, **differs}
    household_id: int = save(
        AreaHouseholds(area_id=area_id, household_count=household_count, **facts)
    )
    return household_id


def make_statistic(
    area_id: int, statistic: str, value: int, out_of: int | None = None, **differs: Any
) -> int:
    """What was counted of a village."""
    facts = {"valid_from": BEGINNING, "valid_to": None, **differs}
    row = AreaStatistic(area_id=area_id, statistic=statistic, value=value, out_of=out_of, **facts)
    statistic_id: int = save(row)
    return statistic_id


def make_initiative(area_id: int, **differs: Any) -> int:
    """A digital model of an area, since 01/03/2024 and lasting."""
    facts = {
        "kind": "market",
        "name": "Chợ 4.0 Hòa An",
        "stage": "operating",
        "valid_from": date(2024, 3, 1),
        "valid_to": None,
        **differs,
    }
    initiative_id: int = save(Initiative(area_id=area_id, **facts))
    return initiative_id


def make_course(area_id: int, **differs: Any) -> int:
    """A course that an area's authority keeps."""
    facts = {
        "name": "Kỹ năng số cơ bản",
        "organiser": "Sở Khoa học và Công nghệ",
        "platform": "MOOC",
        "started_on": date(2024, 3, 1),
        "ended_on": date(2024, 3, 5),
        **differs,
    }
    course_id: int = save(Course(area_id=area_id, **facts))
    return course_id


def make_decision(area_id: int, **differs: Any) -> int:
    """A decision that establishes teams."""
    facts = {
        "number": f"{next(numbers)}/QĐ-UBND",
        "issued_on": TEAMS_BEGAN - timedelta(days=10),
        "issuer": "UBND xã",
        "summary": "Thành lập Tổ công nghệ số cộng đồng",
        **differs,
    }
    decision_id: int = save(EstablishingDecision(area_id=area_id, **facts))
    return decision_id


def make_team(area_id: int, *, decision_id: int | None = None, **differs: Any) -> int:
    """A team of an area, since 01/05/2022 and lasting."""
    facts = {
        "name": f"Tổ công nghệ số cộng đồng số {next(numbers)}",
        "valid_from": TEAMS_BEGAN,
        "valid_to": None,
        **differs,
    }
    team_id: int = save(Team(area_id=area_id, **facts))
    if decision_id is not None:
        save(TeamDecision(team_id=team_id, decision_id=decision_id, purpose=Purpose.ESTABLISH))
    return team_id


def make_person(**differs: Any) -> int:
    """A person in no team yet."""
    facts = {"full_name": f"Nguyễn Thị Số {next(numbers)}", "birth_year": 1990, **differs}
    person_id: int = save(Person(**facts))
    return person_id


def make_membership(team_id: int, person_id: int | None = None, **differs: Any) -> int:
    """A person's part in a team; without `person_id` a new person's."""
    facts = {
        "role": MemberRole.MEMBER,
        "body": Body.RESIDENT,
        "valid_from": TEAMS_BEGAN,
        "valid_to": None,
        **differs,
    }
    chosen = make_person() if person_id is None else person_id
    membership_id: int = save(Membership(team_id=team_id, person_id=chosen, **facts))
    return membership_id


def make_training(person_id: int, **differs: Any) -> int:
    """A course that a person says they took."""
    facts = {
        "platform": "MOOC",
        "course": "Kỹ năng số cơ bản",
        "finished_on": date(2024, 10, 1),
        **differs,
    }
    training_id: int = save(Training(person_id=person_id, **facts))
    return training_id


def make_plan(area_id: int, **differs: Any) -> int:
    """A plan of the province for the year 2024."""
    facts = {
        "number": f"{next(numbers)}/KH-UBND",
        "issued_on": date(2023, 12, 20),
        "title": "Kế hoạch chuyển đổi số năm 2024",
        "starts_on": date(2024, 1, 1),
        **differs,
    }
    plan_id: int = save(Plan(area_id=area_id, **facts))
    return plan_id


def make_target(plan_id: int, **differs: Any) -> int:
    """Every commune is to have a team in each of its villages by the end of 2024."""
    facts = {
        "measure": "village_team_count",
        "level": Level.COMMUNE,
        "area_id": None,
        "amount": Decimal(100),
        "is_share": True,
        "due_on": date(2024, 12, 31),
        **differs,
    }
    target_id: int = save(Target(plan_id=plan_id, **facts))
    return target_id


def make_preset(user_id: int, **differs: Any) -> int:
    """A question to coverage that a user has saved."""
    facts = {"name": "Các xã", "query": "by=commune", "is_default": False, **differs}
    preset_id: int = save(Preset(user_id=user_id, **facts))
    return preset_id


def make_user(home_area_id: int, **differs: Any) -> int:
    """An account without a password: tests sign it in by a row, not by hashing."""
    number = next(numbers)
    facts = {"user_name": f"nguoi.dung{number}", "full_name": f"Người Dùng {number}", **differs}
    user_id: int = save(User(home_area_id=home_area_id, **facts))
    return user_id


def make_role(user_id: int, role: Role, area_id: int, **differs: Any) -> int:
    """A role over an area, since the beginning and lasting."""
    facts = {"valid_from": BEGINNING, "valid_to": None, "granted_by_id": None, **differs}
    role_id: int = save(RoleAssignment(user_id=user_id, role=role, area_id=area_id, **facts))
    return role_id


def make_sign_in(user_id: int, key: str | None = None, **differs: Any) -> str:
    """A device signed in; the key for its cookie.

    It was seen, as far as its row says, after the tests end: pages then do not note it.
    """
    key = key or secrets.token_urlsafe()
    facts = {
        "device": "Firefox",
        "created_at": now(),
        "last_seen_at": now() + timedelta(days=1),
        "expires_at": now() + A_LONG_TIME,
        **differs,
    }
    save(SignIn(user_id=user_id, key_hash=digest(key), **facts))
    return key


def make_activity(team_id: int, entered_by_id: int, **differs: Any) -> int:
    """An approved session; with `topics`, `helpers` (membership ids), `counts` (by indicator)."""
    topics = differs.pop("topics", [Topic.PUBLIC_SERVICES])
    helpers, counts = differs.pop("helpers", []), differs.pop("counts", {})
    held_on = differs.setdefault("held_on", date(2025, 6, 10))
    entered_at = datetime.combine(held_on, datetime.min.time(), now().tzinfo) + timedelta(hours=10)
    facts = {
        "client_key": secrets.token_hex(16),
        "kind": ActivityKind.GUIDANCE,
        "form": ActivityForm.IN_PERSON,
        "participant_count": 20,
        "household_count": 10,
        "status": Status.APPROVED,
        "entered_at": entered_at,
        **differs,
    }
    activity = Activity(team_id=team_id, entered_by_id=entered_by_id, **facts)
    activity.topics = [ActivityTopic(topic=topic) for topic in topics]
    activity.attendances = [Attendance(membership_id=helper) for helper in helpers]
    activity.indicator_values = [
        IndicatorValue(indicator_id=indicator, amount=amount)
        for indicator, amount in counts.items()
    ]
    activity_id: int = save(activity)
    return activity_id


def make_photograph(activity_id: int, added_by_id: int, **differs: Any) -> int:
    """The row of a photograph; its file is where `file_key` says, or nowhere."""
    facts = {
        "client_key": secrets.token_hex(16),
        "digest": "of the picture",
        "file_key": f"photographs/{secrets.token_hex(16)}",
        "width": 64,
        "height": 48,
        "added_at": now(),
        **differs,
    }
    photograph_id: int = save(Photograph(activity_id=activity_id, added_by_id=added_by_id, **facts))
    return photograph_id


def make_indicator(**differs: Any) -> int:
    """Something sessions count."""
    number = next(numbers)
    facts = {
        "code": f"chi-tieu-{number}",
        "name_vi": "Người được hướng dẫn",
        "name_en": "People guided",
        "unit_vi": "người",
        "unit_en": "people",
        "stage": "guided",
        "topic": Topic.PUBLIC_SERVICES,
        "position": number,
        "valid_from": BEGINNING,
        "valid_to": None,
        **differs,
    }
    indicator_id: int = save(Indicator(**facts))
    return indicator_id
