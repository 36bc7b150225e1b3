"""What the province of the demonstration keeps besides: statistics of villages, digital models, the
plan of its last year with targets, the courses to which members are sent.

The sums are near those of published reports: mobile signal in every village, about 55 % of
households with fixed broadband, more than 60 % of adults with a smartphone; 19 markets 4.0; nine in
ten members trained (all of them, it was reported of 2023; some have joined since).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from tcns.areas.models import AreaStatistic
from tcns.areas.statistics.vocabulary import Counted, Statistic
from tcns.areas.vocabulary import Level
from tcns.demo.chance import chance
from tcns.demo.filling import Filling
from tcns.demo.members import Crew, Member
from tcns.demo.places import Commune, Village
from tcns.initiatives.models import Initiative
from tcns.initiatives.vocabulary import InitiativeKind, Stage
from tcns.plans.models import Plan, Target
from tcns.teams.models import Training
from tcns.teams.training.models import Course
from tcns.teams.vocabulary import PLATFORMS
from tcns.vietnamese import fold, sort_key

COUNTED_ON = date(2024, 1, 1)
BROADBAND, SMARTPHONES = (0.35, 0.75), (0.48, 0.8)  # the least and the most of a village
ADULTS_A_HOUSEHOLD = 2.4
UNCOUNTED_SHARE = 0.06  # of the villages; signal and broadband are known of all
MARKETS, SMART_VILLAGES, LEARNING_POINTS = 19, 12, 24
BEGAN_ON, SPREAD_DAYS = date(2022, 9, 1), 700


def count_villages(filling: Filling, villages: Sequence[Village]) -> None:
    """The figures of the villages of old Tuyên Quang."""
    rng = chance("statistics")
    for village in villages:
        if village.commune.has_teams:
            for statistic, counted in _figures(village, rng).items():
                filling.link(
                    AreaStatistic,
                    area_id=village.area_id,
                    statistic=statistic.value,
                    value=counted.value,
                    out_of=counted.out_of,
                    valid_from=COUNTED_ON,
                    valid_to=None,
                )


def _figures(village: Village, rng: Random) -> dict[Statistic, Counted]:
    """What is on record of one village."""
    share = rng.uniform(*BROADBAND)
    known = {
        Statistic.MOBILE_SIGNAL: Counted(1),
        Statistic.FIXED_BROADBAND: Counted(int(share > 0.38)),
    }
    if rng.random() < UNCOUNTED_SHARE:
        return known
    households = village.household_count
    adults = round(households * ADULTS_A_HOUSEHOLD)
    return known | {
        Statistic.BROADBAND_HOUSEHOLDS: Counted(round(households * share), households),
        Statistic.SMARTPHONE_ADULTS: Counted(round(adults * rng.uniform(*SMARTPHONES)), adults),
    }


def start_models(filling: Filling, villages: Sequence[Village]) -> None:
    """Markets in communes, smart villages and learning points in villages."""
    rng = chance("models")
    own = [village for village in villages if village.commune.has_teams]
    communes = list(dict.fromkeys(village.commune for village in own))
    for commune in rng.sample(communes, MARKETS):
        _start(filling, InitiativeKind.MARKET, f"Chợ 4.0 {commune.name}", commune, rng)
    for village in rng.sample(own, SMART_VILLAGES):
        _start(filling, InitiativeKind.VILLAGE, f"Thôn thông minh {village.name}", village, rng)
    for village in rng.sample(own, LEARNING_POINTS):
        name = f"Điểm bình dân học vụ số {village.name}"
        _start(filling, InitiativeKind.LEARNING_POINT, name, village, rng)


def _start(
    filling: Filling, kind: InitiativeKind, name: str, place: Commune | Village, rng: Random
) -> None:
    """One digital model; a few are still a pilot."""
    filling.add(
        Initiative,
        area_id=place.area_id,
        kind=kind.value,
        name=name,
        stage=(Stage.PILOT if rng.random() < 0.2 else Stage.OPERATING).value,
        **Initiative.keys_of(name),
        valid_from=BEGAN_ON + timedelta(days=rng.randrange(SPREAD_DAYS)),
        valid_to=None,
    )


PROVINCE, CHIEM_HOA = "08", "073"


class Goal(NamedTuple):
    """What a measure is to reach: in the area of a code, else in each area of the level."""

    measure: str
    level: Level
    code: str | None
    amount: int
    is_share: bool


GOALS = (
    Goal("village_team_count", Level.PROVINCE, PROVINCE, 100, True),
    Goal("active_team_count", Level.COMMUNE, None, 85, True),
    Goal("leaderless_team_count", Level.PROVINCE, PROVINCE, 10, False),
    Goal("smartphone_adults", Level.PROVINCE, PROVINCE, 320_000, False),
    Goal("market_initiative_count", Level.PROVINCE, PROVINCE, 25, False),
    Goal("indicator.signature_issued", Level.PROVINCE, PROVINCE, 4_000, False),
    Goal("indicator.signature_issued", Level.DISTRICT, CHIEM_HOA, 600, False),
)


def make_plan(filling: Filling, area_ids: Mapping[str, int], last_day: date) -> None:
    """The province's plan of the year, which its last reporting month ends; `area_ids` by code."""
    year = last_day.year
    plan_id = filling.add(
        Plan,
        number="18/KH-UBND",
        issued_on=date(year - 1, 12, 20),
        title=f"Kế hoạch hoạt động của Tổ công nghệ số cộng đồng năm {year}",
        starts_on=date(year - 1, 12, 15),
        area_id=area_ids[PROVINCE],
    )
    for goal in GOALS:
        filling.add(
            Target,
            plan_id=plan_id,
            measure=goal.measure,
            level=goal.level.value,
            area_id=area_ids[goal.code] if goal.code else None,
            amount=Decimal(goal.amount),
            is_share=goal.is_share,
            due_on=date(year, 12, 14),
        )


COURSE_NAME = "Kỹ năng số cơ bản cho Tổ công nghệ số cộng đồng năm {year}"
# The ministry's departments were merged; since then another one is in charge.
ORGANISERS = {2022: "Sở Thông tin và Truyền thông", 2025: "Sở Khoa học và Công nghệ"}
FIRST_YEAR, COURSE_DAYS = 2022, 25
COMPLETED_SHARE, ENROLLED_SHARE = 0.93, 0.96  # of those who are there when a course begins


def train_members(
    filling: Filling,
    crews: Sequence[Crew],
    area_ids: Mapping[str, int],
    officials: Mapping[str, int],
    last_day: date,
) -> None:
    """A course a year that is over by `last_day`: those who are there for the first time complete
    it, but for a few; `officials` are those who say so, by the code of their commune."""
    rng, met = chance("training"), set[int]()
    for year in range(FIRST_YEAR, last_day.year + 1):
        course = _course_of(year, area_ids[PROVINCE])
        if course["ended_on"] <= last_day:
            course_id = filling.add(Course, **course)
            for crew in crews:
                official = officials[crew.founding.commune.code]
                for member in crew.members_on(course["started_on"]):
                    draw = rng.random()
                    if member.person_id not in met and draw < ENROLLED_SHARE:
                        done_by = official if draw < COMPLETED_SHARE else None
                        _take_part(filling, course_id, course, member, done_by)
                    met.add(member.person_id)


def _course_of(year: int, area_id: int) -> dict[str, Any]:
    """The course of a year, kept by the province."""
    name, begins = COURSE_NAME.format(year=year), date(year, 9, 5)
    return {
        "area_id": area_id,
        "name": name,
        "organiser": ORGANISERS[max(first for first in ORGANISERS if first <= year)],
        "platform": PLATFORMS[0],
        "started_on": begins,
        "ended_on": begins + timedelta(days=COURSE_DAYS),
        "search_key": fold(name),
        "sort_key": sort_key(name),
    }


def _take_part(
    filling: Filling, course_id: int, course: Mapping[str, Any], member: Member, done_by: int | None
) -> None:
    """One member's part: completed on the last day, as an official says, or only enrolled."""
    day: date = course["ended_on"]
    filling.add(
        Training,
        person_id=member.person_id,
        platform=course["platform"],
        course=course["name"],
        course_id=course_id,
        finished_on=day if done_by else None,
        certificate_number=f"{day.year}-{member.person_id:05}" if done_by else None,
        verified_by_id=done_by,
        verified_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC) if done_by else None,
    )
