"""What the sessions of the demonstration were: kinds, topics, places, people and households."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from tcns.activities.vocabulary import ActivityForm, ActivityKind, Topic
from tcns.demo.sizes import Founding
from tcns.indicators.vocabulary import Stage


class Count(NamedTuple):
    """An indicator as sessions count it: from which day, done or guided, households or people."""

    indicator_id: int
    topic: str
    asked_from: date
    stage: str
    is_of_households: bool


class Sort(NamedTuple):
    """A sort of session: its weights in a village and in a commune, how many come."""

    kind: ActivityKind
    form: ActivityForm
    village_weight: int
    commune_weight: int
    fewest: int
    most: int


K, F = ActivityKind, ActivityForm
SORTS = (
    Sort(K.OUTREACH, F.IN_PERSON, 30, 25, 15, 55),
    Sort(K.OUTREACH, F.DOOR_TO_DOOR, 22, 6, 4, 16),
    Sort(K.OUTREACH, F.ONLINE, 3, 4, 10, 50),
    Sort(K.GUIDANCE, F.DOOR_TO_DOOR, 15, 4, 3, 12),
    Sort(K.GUIDANCE, F.IN_PERSON, 15, 16, 5, 25),
    Sort(K.TRAINING, F.IN_PERSON, 8, 20, 18, 70),
    Sort(K.LITERACY_CLASS, F.IN_PERSON, 7, 10, 10, 40),
    Sort(K.DUTY, F.SERVICE_CENTRE, 0, 15, 4, 30),
)
VILLAGE_WEIGHTS = [sort.village_weight for sort in SORTS]
COMMUNE_WEIGHTS = [sort.commune_weight for sort in SORTS]
LITERACY_BEGAN_ON = date(2025, 4, 1)  # "Bình dân học vụ số"
WITHOUT_HOUSEHOLDS = {F.ONLINE: 0.6, F.SERVICE_CENTRE: 0.6}
USUALLY_WITHOUT_HOUSEHOLDS = 0.1

# Ethnic minorities among the participants, by district.
MINORITY_SHARES = {
    "070": 0.15, "071": 0.9, "072": 0.88, "073": 0.8, "074": 0.58, "075": 0.5, "076": 0.48,
}  # fmt: skip
# Of a village's households at most so many are reached in a year by its own team, and by the
# commune's: together never more than there are.
OWN_REACH, COMMUNE_REACH = 0.85, 0.1

NOTES = (
    "Một số hộ chưa có điện thoại thông minh.",
    "Sóng di động yếu, phải hướng dẫn lại vào buổi sau.",
    "Bà con đề nghị hướng dẫn thêm về thanh toán trực tuyến.",
    "Phối hợp với đoàn thanh niên xã.",
    "Kết hợp với buổi họp thôn.",
)
NOTE_SHARE, VENUE_SHARE, HOURS_SHARE, INDICATOR_SHARE = 0.12, 0.9, 0.92, 0.55


class Reach:
    """The households a team can still reach for the first time in a year."""

    def __init__(self, household_count: float) -> None:
        self._most = int(household_count)
        self._reached: defaultdict[int, int] = defaultdict(int)

    def take(self, year: int, household_count: int, rng: Random) -> int:
        """How many of the households that came are new this year."""
        left = self._most - self._reached[year]
        new_count = min(left, round(household_count * rng.uniform(0.3, 1)))
        self._reached[year] += new_count
        return new_count


def draw_content(founding: Founding, held_on: date, reach: Reach, rng: Random) -> dict[str, Any]:
    """What the session was, in the columns of its table."""
    sort = _draw_sort(founding, held_on, rng)
    count = rng.randint(sort.fewest, sort.most)
    minority_share = MINORITY_SHARES[founding.commune.district] * rng.uniform(0.85, 1.1)
    household_count = _households(sort, count, rng)
    return {
        "kind": sort.kind,
        "form": sort.form,
        "held_on": held_on,
        "hours": Decimal(rng.randint(2, 8)) / 2 if rng.random() < HOURS_SHARE else None,
        "venue": _venue(sort, founding, rng) if rng.random() < VENUE_SHARE else None,
        "participant_count": count,
        "women_count": _counted(round(count * rng.uniform(0.35, 0.7)), held_on, count),
        "minority_count": _counted(round(count * min(1, minority_share)), held_on, count + 2),
        "elderly_count": _counted(round(count * rng.uniform(0.03, 0.35)), held_on, count + 4),
        "household_count": household_count or None,
        "new_household_count": reach.take(held_on.year, household_count, rng) or None,
        "note": rng.choice(NOTES) if rng.random() < NOTE_SHARE else None,
    }


def _counted(part: int, held_on: date, turn: int) -> int | None:
    """A part of the participants; of every ninth session nobody counted it."""
    return part if (held_on.toordinal() + turn) % 9 else None


def _draw_sort(founding: Founding, held_on: date, rng: Random) -> Sort:
    """A sort of session that the team held in those days."""
    sort = rng.choices(SORTS, VILLAGE_WEIGHTS if founding.village else COMMUNE_WEIGHTS)[0]
    if sort.kind is K.LITERACY_CLASS and held_on < LITERACY_BEGAN_ON:
        return sort._replace(kind=K.TRAINING)
    return sort


def _households(sort: Sort, participant_count: int, rng: Random) -> int:
    """How many households they came from; not always counted."""
    if rng.random() < WITHOUT_HOUSEHOLDS.get(sort.form, USUALLY_WITHOUT_HOUSEHOLDS):
        return 0
    return max(1, round(participant_count * rng.uniform(0.5, 0.95)))


def _venue(sort: Sort, founding: Founding, rng: Random) -> str:
    place = (founding.village or founding.commune).full_name
    if sort.form is F.SERVICE_CENTRE:
        return f"Bộ phận Một cửa {founding.commune.full_name}"
    if sort.form is F.ONLINE:
        return f"Nhóm Zalo {place}"
    if sort.form is F.DOOR_TO_DOOR:
        return f"Các hộ gia đình {place}"
    halls = ("Nhà văn hóa",) if founding.village else ("Hội trường UBND", "Nhà văn hóa")
    return f"{rng.choice(halls)} {place}"


def draw_topics(rng: Random) -> list[Topic]:
    """One to three topics."""
    return rng.sample(list(Topic), rng.choices((1, 2, 3), (50, 35, 15))[0])


def draw_amounts(
    counts: Sequence[Count], topics: Sequence[Topic], content: dict[str, Any], rng: Random
) -> dict[int, int]:
    """What the session counted of one or two indicators of its topics: amounts by indicator id."""
    if rng.random() > INDICATOR_SHARE:
        return {}
    day = content["held_on"]
    fitting = [count for count in counts if count.topic in topics and count.asked_from <= day]
    chosen = rng.sample(fitting, min(len(fitting), rng.randint(1, 2)))
    amounts = {count.indicator_id: _amount(count, content, rng) for count in chosen}
    return {indicator_id: amount for indicator_id, amount in amounts.items() if amount}


def _amount(count: Count, content: dict[str, Any], rng: Random) -> int:
    """More are guided than get it done; households are counted among the households met."""
    whole = content["household_count" if count.is_of_households else "participant_count"] or 0
    share = rng.uniform(0.4, 1) if count.stage == Stage.GUIDED else rng.uniform(0.05, 0.5)
    return round(whole * share)
