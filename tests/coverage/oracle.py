"""Coverage computed the plain way: loops over records, areas as sets of plots."""

from tests.coverage.land import LEVELS

KEYS = [
    "commune_count",
    "commune_team_count",
    "village_count",
    "village_team_count",
    "team_count",
    "membership_count",
    "person_count",
    "activity_count",
    "participant_count",
    "household_count",
    "active_team_count",
]


def chain(land, day):
    """An area and those above it on a day, from the bottom."""
    while land is not None:
        yield land
        land = land.parent_on(day)


def seat(country, land, day):
    """The smallest area on the day, no deeper than the area itself, that holds all its plots."""
    holders = [
        other
        for other in country.lands
        if other.exists_on(day)
        and LEVELS.index(other.level) <= LEVELS.index(land.level)
        and land.plots <= other.plots
    ]
    return max(holders, key=lambda other: LEVELS.index(other.level), default=None)


def holds(starts, ends, day):
    """Whether [starts, ends) holds the day."""
    return starts <= day and (ends is None or day < ends)


def figures(country, lands, crews, on, first, last, day):
    """All measures over some areas of the map and some teams."""
    present = [crew for crew in crews if holds(crew.starts, crew.ends, on)]
    members = [m for crew in present for m in crew.members if holds(m[1], m[2], on)]
    sessions = [s for crew in crews for s in crew.sessions if counts(s, first, last)]
    own = {
        id(s) for crew in present if (s := seat(country, crew.land, day)).level == crew.land.level
    }
    seats = {id(land): land for land in country.lands}
    return {
        "commune_count": sum(land.level == "commune" for land in lands),
        "commune_team_count": sum(seats[i].level == "commune" for i in own),
        "village_count": sum(land.level == "village" for land in lands),
        "village_team_count": sum(seats[i].level == "village" for i in own),
        "team_count": len(present),
        "membership_count": len(members),
        "person_count": len({person for person, _starts, _ends in members}),
        "activity_count": len(sessions),
        "participant_count": sum(s[2] for s in sessions),
        "household_count": sum(s[3] for s in sessions),
        "active_team_count": sum(any(counts(s, first, last) for s in c.sessions) for c in present),
    }


def counts(session, first, last):
    """Whether a session is counted in the period."""
    return session[1] in ("submitted", "approved") and first <= session[0] <= last


def coverage(country, under, by, on, first, last, day):
    """Figures by taker (a Land, or None for what none takes), and of the whole."""
    inside = [land for land in country.lands if land.exists_on(day) and under in chain(land, day)]
    crews = [
        c for c in country.crews if (s := seat(country, c.land, day)) and under in chain(s, day)
    ]
    takers = {land: ([], []) for land in inside if land.level == by}
    takers[None] = ([], [])
    for land in inside:
        takers[taker(land, by, day)][0].append(land)
    for crew in crews:
        takers[taker(seat(country, crew.land, day), by, day)][1].append(crew)
    parts = {
        land: figures(country, *records, on, first, last, day) for land, records in takers.items()
    }
    return parts, figures(country, inside, crews, on, first, last, day)


def taker(land, by, day):
    """The area of a level that the area is or stands in, if any."""
    return next((above for above in chain(land, day) if above.level == by), None)
