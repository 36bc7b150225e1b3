"""When the teams were founded and enlarged: district by district, as the published course has it.

On 31 May 2022 only Lâm Bình and Chiêm Hóa had teams; from 1 January 2024 on all are there.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from tcns.demo.places import DEMO_VILLAGE, Commune, Village

PIONEERS = ("071", "073")
PIONEER_VILLAGE_TEAMS = 395  # published for 31 May 2022: just under 400
# First and last day of a district's first decisions.
WINDOWS = {
    "071": (date(2022, 4, 11), date(2022, 5, 27)),
    "073": (date(2022, 4, 11), date(2022, 5, 27)),
    "074": (date(2022, 6, 15), date(2022, 10, 31)),
    "070": (date(2022, 8, 15), date(2022, 12, 20)),
    "072": (date(2022, 10, 3), date(2023, 3, 15)),
    "076": (date(2023, 2, 6), date(2023, 8, 15)),
    "075": (date(2023, 5, 15), date(2023, 9, 29)),
}
# The villages left over followed some months later, members were added at the end of 2023.
SECOND_WAVE = (timedelta(days=56), timedelta(days=175))
SECOND_WAVE_ENDS = date(2023, 11, 24)
SECOND_WAVE_SHARE = 0.25
ENLARGED = (date(2023, 12, 4), date(2023, 12, 28))


def first_wave(commune: Commune, rng: Random) -> date:
    """The day of a commune's first decision."""
    return _working_day(*WINDOWS[commune.district], rng)


def second_wave(first: date, rng: Random) -> date:
    """The day of a commune's decision on the villages that were left over."""
    earliest, latest = (first + wait for wait in SECOND_WAVE)
    return _working_day(earliest, min(latest, SECOND_WAVE_ENDS), rng)


def enlargement(rng: Random) -> date:
    """The day of a commune's decision that added members."""
    return _working_day(*ENLARGED, rng)


def _working_day(first: date, last: date, rng: Random) -> date:
    """A day from `first`, a working day, to `last`; instead of a weekend the Friday before."""
    day = first + timedelta(days=rng.randint(0, (last - first).days))
    return day - timedelta(days=max(0, day.weekday() - 4))


def late_villages(villages: Iterable[Village], rng: Random) -> set[str]:
    """The codes of the villages, of those that have a team, that came in a second wave."""
    late, early = set(), []
    for village in villages:
        if village.commune.district not in PIONEERS:
            if rng.random() < SECOND_WAVE_SHARE:
                late.add(village.code)
        elif village.code != DEMO_VILLAGE:
            early.append(village.code)
    return late | set(rng.sample(early, len(early) + 1 - PIONEER_VILLAGE_TEAMS))
