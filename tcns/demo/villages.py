"""Makes the villages of the demonstration, in old Tuyên Quang and in old Hà Giang."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from tcns.areas.models import Area, AreaHouseholds
from tcns.areas.vocabulary import Level
from tcns.demo.filling import Filling
from tcns.demo.places import BEGINNING, Commune, Village, communes_of
from tcns.demo.reforms import follow_reforms
from tcns.demo.village_names import draw_names

# How many villages old Tuyên Quang has by district: 1.745, of which 1.733 have a team.
VILLAGE_COUNTS = {
    "070": 190, "071": 112, "072": 128, "073": 296, "074": 229, "075": 368, "076": 422,
}  # fmt: skip
FEWEST_VILLAGES = 7
# Households were counted twice; some villages only once, some never.
COUNTED_ON, RECOUNTED_ON = date(2022, 1, 1), date(2025, 1, 1)
UNCOUNTED_SHARE, RECOUNTED_SHARE = 0.07, 0.5
SPREAD_DEGREES = 0.02  # how far from its commune's point a village lies, about 2 km


def make_villages(filling: Filling, ids: dict[str, int], rng: Random) -> list[Village]:
    """The villages of all communes, placed and named on every map; `ids` by gazetteer key."""
    villages = [
        village
        for commune, count in village_counts(communes_of(ids), rng)
        for village in _villages_of(filling, commune, count, rng)
    ]
    follow_reforms(filling, villages, ids)
    for village in villages:
        _count_households(filling, village, rng)
    return villages


def village_counts(communes: list[Commune], rng: Random) -> Iterator[tuple[Commune, int]]:
    """Each commune with the number of its villages: uneven, in sum those of the district."""
    by_district = defaultdict(list)
    for commune in communes:
        by_district[commune.district].append(commune)
    for district, members in by_district.items():
        if district not in VILLAGE_COUNTS:
            yield from ((commune, rng.randint(6, 10)) for commune in members)
            continue
        spare = VILLAGE_COUNTS[district] - FEWEST_VILLAGES * len(members)
        shared_out = Counter(rng.choices(members, k=spare))
        yield from ((commune, FEWEST_VILLAGES + shared_out[commune]) for commune in members)


def _villages_of(filling: Filling, commune: Commune, count: int, rng: Random) -> Iterator[Village]:
    """New villages of one commune, each at a point near it."""
    names = draw_names(commune.kind, count, is_highland=commune.is_highland, rng=rng)
    for number, (kind, name) in enumerate(names, start=1):
        area_id = filling.add(
            Area,
            level=Level.VILLAGE,
            latitude=round(commune.latitude + rng.uniform(-SPREAD_DEGREES, SPREAD_DEGREES), 5),
            longitude=round(commune.longitude + rng.uniform(-SPREAD_DEGREES, SPREAD_DEGREES), 5),
            valid_from=BEGINNING,
            valid_to=None,
        )
        yield Village(area_id, commune, number, kind, name, rng.randint(55, 190))


def _count_households(filling: Filling, village: Village, rng: Random) -> None:
    """What is on record of the village's households: nothing, one count or two."""
    draw = rng.random()
    if draw < UNCOUNTED_SHARE:
        return
    is_recounted = draw < RECOUNTED_SHARE
    counts = [(village.household_count, COUNTED_ON, RECOUNTED_ON if is_recounted else None)]
    if is_recounted:
        counts.append((village.household_count + rng.randint(0, 9), RECOUNTED_ON, None))
    for household_count, starts, ends in counts:
        filling.link(
            AreaHouseholds,
            area_id=village.area_id,
            household_count=household_count,
            valid_from=starts,
            valid_to=ends,
        )
