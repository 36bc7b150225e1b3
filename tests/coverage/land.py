"""Random small countries for the oracle: areas are sets of plots, and plots never move.

Where an area's figures belong on another day's map follows from its plots alone: in the
smallest area of that day, no deeper than its own level, that holds them all. The code under
test knows no plots, only successions and placements.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

LEVELS = ["province", "district", "commune", "village"]
START = date(2023, 1, 1)
MERGER = START + timedelta(days=100)  # communes merge, districts stay
REFORM = START + timedelta(days=200)  # communes merge and split, districts end, provinces merge
KINDS = ["outreach", "training", "guidance", "literacy_class", "duty"]
FORMS = ["in_person", "door_to_door", "online", "service_centre"]
INDICATORS = ["taught", "opened"]  # people guided, accounts opened
STATISTICS = ["mobile_signal", "smartphone_adults"]
FIGURES = {
    "mobile_signal": st.tuples(st.integers(0, 1), st.none()),
    "smartphone_adults": st.tuples(st.integers(0, 40), st.integers(40, 90)),
}
DAYS = st.integers(-20, 320).map(lambda offset: START + timedelta(days=offset))


@dataclass(eq=False)
class Land:
    """An area: its plots never change; `parents` says since when it stands under which."""

    level: str
    plots: frozenset
    starts: date
    ends: date | None = None
    parents: list = field(default_factory=list)  # (since, Land)

    def exists_on(self, day):
        return self.starts <= day and (self.ends is None or day < self.ends)

    def parent_on(self, day):
        since = [parent for start, parent in self.parents if start <= day]
        return since[-1] if since else None


@dataclass(eq=False)
class Crew:
    """A team."""

    land: Land
    starts: date
    ends: date | None
    members: list  # (person, starts, ends), the first of them the leader where it is led
    sessions: list
    is_led: bool = False


@dataclass
class Session:
    """What a team did on a day; None is what nobody recorded."""

    held_on: date
    status: str
    kind: str
    form: str
    participants: int | None
    households: int | None
    new_households: int | None
    results: dict  # amounts by the codes of indicators


@dataclass
class Country:
    """All land there ever was, who became what, the teams, who took a course and when it was
    finished, and since when how many households a village had."""

    lands: list
    successions: list  # (predecessor, successor, extent, day)
    crews: list
    persons: int
    trained: list  # (person, finished_on)
    sexes: list  # of each person, or None
    households: dict  # of a village, [(since, count)] in order
    statistics: dict  # of a village and a statistic, [(since, value, out_of)] in order
    initiatives: list  # (land, kind, starts, ends)
    counts_pending: bool  # whether a session counts before it is approved


def successions_between(old, new, day):
    """Who became what on a day: the ended areas and the begun ones that share plots."""
    found = []
    for before in old:
        for after in new:
            if before.level == after.level and before.plots & after.plots:
                extent = "whole" if before.plots <= after.plots else "part"
                found.append((before, after, extent, day))
    return found


@st.composite
def countries(draw):
    """A country with a merger of two communes, a great reform, and teams with their history."""
    lands, successions = [], []
    plots = iter(range(10_000))
    provinces = [Land("province", frozenset(), START, REFORM) for _ in range(2)]
    for province in provinces:
        for _ in range(draw(st.integers(1, 2))):
            lands += _district(draw, plots, province)
        province.plots = frozenset().union(
            *(land.plots for land in lands if province in _chain(land, START))
        )
    lands += provinces
    _merge_early(draw, lands, successions)
    _reform(draw, lands, successions)
    crews, persons = _crews(draw, lands)
    trained = draw(st.lists(st.tuples(st.integers(0, persons - 1), DAYS), max_size=3))
    sex = st.sampled_from(["female", "male", None])
    sexes = draw(st.lists(sex, min_size=persons, max_size=persons))
    return Country(
        lands,
        successions,
        crews,
        persons,
        trained,
        sexes,
        _households(draw, lands),
        _statistics(draw, lands),
        _initiatives(draw, lands),
        draw(st.booleans()),
    )


def _chain(land, day):
    while land is not None:
        yield land
        land = land.parent_on(day)


def _district(draw, plots, province):
    """A district with its communes and villages; every village has two plots."""
    district = Land("district", frozenset(), START, REFORM, [(START, province)])
    lands = [district]
    for _ in range(draw(st.integers(1, 3))):
        commune = Land("commune", frozenset(), START, None, [(START, district)])
        villages = [
            Land("village", frozenset({next(plots), next(plots)}), START, None, [(START, commune)])
            for _ in range(draw(st.integers(1, 3)))
        ]
        commune.plots = frozenset().union(*(village.plots for village in villages))
        lands += [commune, *villages]
    district.plots = frozenset().union(*(land.plots for land in lands[1:]))
    return lands


def _alive(lands, level, day):
    return [land for land in lands if land.level == level and land.exists_on(day)]


def _merge_early(draw, lands, successions):
    """Two communes of one district may become one before the reform."""
    communes = _alive(lands, "commune", START)
    siblings = [
        (a, b)
        for a in communes
        for b in communes
        if a is not b and a.parent_on(START) is b.parent_on(START)
    ]
    if not siblings or not draw(st.booleans()):
        return
    pair = draw(st.sampled_from(siblings))
    merged = Land(
        "commune", pair[0].plots | pair[1].plots, MERGER, None, [(MERGER, pair[0].parent_on(START))]
    )
    _replace(lands, successions, list(pair), [merged], MERGER)


def _replace(lands, successions, old, new, day):
    """End the old areas, begin the new ones, and move the villages to those that hold them."""
    for land in old:
        land.ends = day
    successions += successions_between(old, new, day)
    lands += new
    for village in [v for v in lands if v.level == "village" and v.exists_on(day)]:
        for land in new:
            if land.level == "commune" and village.plots <= land.plots:
                village.parents = [p for p in village.parents if p[0] < day] + [(day, land)]


def _reform(draw, lands, successions):
    """Communes are dealt anew, one of them perhaps split; villages may merge; districts end."""
    old_communes = _alive(lands, "commune", REFORM)
    villages = _alive(lands, "village", REFORM)
    province = Land("province", frozenset().union(*(c.plots for c in old_communes)), REFORM)
    ended = [land for land in lands if land.level == "province"]
    groups = {}
    split = draw(st.sampled_from([None, *[c for c in old_communes if c.starts == START]]))
    for village in villages:
        commune = village.parent_on(REFORM)
        if commune is split:
            key = draw(st.integers(0, 2))
        else:
            key = draw(st.shared(st.integers(0, 2), key=f"to-{old_communes.index(commune)}"))
        groups.setdefault(key, set()).update(village.plots)
    new = [
        Land("commune", frozenset(g), REFORM, None, [(REFORM, province)]) for g in groups.values()
    ]
    kept = {commune.plots: commune for commune in old_communes}
    unchanged = [kept[land.plots] for land in new if land.plots in kept]
    begun = [land for land in new if land.plots not in kept]
    _merge_villages(draw, lands, successions, villages, new)
    for commune in unchanged:
        commune.parents.append((REFORM, province))
    _replace(lands, successions, [c for c in old_communes if c not in unchanged], begun, REFORM)
    successions += successions_between(ended, [province], REFORM)
    lands.append(province)


def _merge_villages(draw, lands, successions, villages, communes):
    """Two villages that come to the same commune may become one on the day of the reform."""
    home = {id(v): next(c for c in communes if v.plots <= c.plots) for v in villages}
    pairs = [
        (a, b)
        for a in villages
        for b in villages
        if a is not b and home[id(a)] is home[id(b)] and a.parent_on(REFORM) is b.parent_on(REFORM)
    ]
    if not pairs or not draw(st.booleans()):
        return
    one, other = draw(st.sampled_from(pairs))
    parent = one.parent_on(REFORM)
    merged = Land("village", one.plots | other.plots, REFORM, None, [(REFORM, parent)])
    one.ends = other.ends = REFORM
    successions += successions_between([one, other], [merged], REFORM)
    lands.append(merged)


@st.composite
def intervals(draw):
    """A first day and the day after the last, or none."""
    starts = draw(DAYS)
    length = draw(st.none() | st.integers(1, 200))
    return starts, starts + timedelta(days=length) if length else None


@st.composite
def sessions(draw):
    """A session of any state, in which anything may not have been recorded."""
    households = draw(st.none() | st.integers(0, 20))
    new = None if households is None else draw(st.none() | st.integers(0, households))
    return Session(
        draw(DAYS),
        draw(st.sampled_from(["draft", "submitted", "approved", "returned"])),
        draw(st.sampled_from(KINDS)),
        draw(st.sampled_from(FORMS)),
        draw(st.none() | st.integers(0, 50)),
        households,
        new,
        draw(st.dictionaries(st.sampled_from(INDICATORS), st.integers(0, 30))),
    )


def _households(draw, lands):
    """Numbers of households of some villages, of any day of theirs."""
    known = {}
    for land in lands:
        if land.level != "village" or not draw(st.booleans()):
            continue
        last = (land.ends - land.starts).days - 1 if land.ends else 300
        days = draw(st.sets(st.integers(0, last), min_size=1, max_size=2))
        known[land] = [
            (land.starts + timedelta(days=day), draw(st.integers(0, 90))) for day in sorted(days)
        ]
    return known


def _statistics(draw, lands):
    """Figures of some villages, of any day of theirs: of yes or no, and of so many."""
    known = {}
    for land in lands:
        if land.level != "village" or not draw(st.booleans()):
            continue
        last = (land.ends - land.starts).days - 1 if land.ends else 300
        for statistic in STATISTICS:
            days = draw(st.sets(st.integers(0, last), max_size=2))
            known[land, statistic] = [
                (land.starts + timedelta(days=day), *draw(FIGURES[statistic]))
                for day in sorted(days)
            ]
    return known


def _initiatives(draw, lands):
    """Digital models of communes and villages of any time."""
    homes = [land for land in lands if land.level in ("commune", "village")]
    kinds = st.sampled_from(["market", "wifi"])
    found = draw(st.lists(st.tuples(st.sampled_from(homes), kinds, intervals()), max_size=3))
    return [(land, kind, *span) for land, kind, span in found]


def _crews(draw, lands):
    """Teams on communes and villages of any time, with members and sessions of any day."""
    homes = [land for land in lands if land.level in ("commune", "village")]
    crews = []
    for land in draw(st.lists(st.sampled_from(homes), max_size=8)):
        members = draw(st.lists(st.tuples(st.integers(0, 4), intervals()), max_size=7))
        held = draw(st.lists(sessions(), max_size=3))
        members = [(person, *span) for person, span in members]
        crews.append(Crew(land, *draw(intervals()), members, held, draw(st.booleans())))
    return crews, 5
