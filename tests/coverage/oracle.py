"""Coverage computed the plain way: loops over records, areas as sets of plots."""

from tcns.areas.statistics.vocabulary import Statistic
from tcns.initiatives.vocabulary import InitiativeKind
from tests.coverage.land import FORMS, INDICATORS, KINDS, LEVELS

# The sizes of teams that an installation expects where nobody sets others.
SIZES = {"commune": (3, 10), "village": (3, 5)}


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


def figures(country, lands, crews, models, on, first, last, day):
    """All measures over some areas of the map and some teams."""
    present = [crew for crew in crews if holds(crew.starts, crew.ends, on)]
    own = {
        id(s) for crew in present if (s := seat(country, crew.land, day)).level == crew.land.level
    }
    seats = {id(land): land for land in country.lands}
    known = {land: number for land in lands if (number := households(country, land, last, day))}
    return {
        "commune_count": sum(land.level == "commune" for land in lands),
        "commune_team_count": sum(seats[i].level == "commune" for i in own),
        "village_count": sum(land.level == "village" for land in lands),
        "village_team_count": sum(seats[i].level == "village" for i in own),
        "known_village_count": len(known),
        "known_household_count": sum(number for (number,) in known.values()),
        **of_teams(country, present, on, first, last),
        **of_villages(country, lands, max(last, day)),
        **of_models([kind for _land, kind, starts, ends in models if holds(starts, ends, on)]),
        **of_sessions(
            [s for crew in crews for s in crew.sessions if counts(country, s, first, last)]
        ),
        **by_status("pending_", [s for c in crews for s in c.sessions if waits(s, first, last)]),
        "known_new_household_count": sum(
            s.new_households or 0
            for crew in crews
            for s in crew.sessions
            if counts(country, s, first, last)
            and households(country, seat(country, crew.land, day), last, day)
        ),
    }


def of_villages(country, lands, until):
    """What was counted of the villages, by the last figure that is known by a day."""
    found = {}
    for each in Statistic:
        known = [country.statistics.get((land, each.value), []) for land in lands]
        last = [[row[1:] for row in rows if row[0] <= until][-1:] for rows in known]
        figures = [figure for row in last for figure in row]
        if each.is_share:
            found[each.value] = sum(value for value, _whole in figures)
            found[f"{each}_of"] = sum(whole for _value, whole in figures)
        else:
            found[f"{each}_village_count"] = sum(value for value, _whole in figures)
    return found


def of_models(kinds):
    """What is counted of the digital models that last on the day."""
    return {f"{each}_initiative_count": kinds.count(each.value) for each in InitiativeKind} | {
        "initiative_count": len(kinds)
    }


def households(country, land, last, day):
    """The last number of households of an area that is known by the later of two days, as a tuple
    of one; empty where none is."""
    until = max(last, day)
    numbers = [count for since, count in country.households.get(land, []) if since <= until]
    return tuple(numbers[-1:])


def of_teams(country, present, on, first, last):
    """What is counted of the teams of the day and of their members."""
    staff = {id(crew): [m for m in crew.members if holds(m[1], m[2], on)] for crew in present}
    persons = [person for members in staff.values() for person, _starts, _ends in members]
    trained = {person for person, finished in country.trained if finished <= on}
    active = [c for c in present if any(counts(country, s, first, last) for s in c.sessions)]
    return {
        "team_count": len(present),
        "leaderless_team_count": sum(
            not (crew.is_led and crew.members and crew.members[0] in staff[id(crew)])
            for crew in present
        ),
        "outside_size_team_count": sum(
            not least <= len(staff[id(crew)]) <= most
            for crew in present
            for least, most in [SIZES[crew.land.level]]
        ),
        "membership_count": len(persons),
        "person_count": len(set(persons)),
        "trained_person_count": len(set(persons) & trained),
        "known_sex_count": sum(country.sexes[person] is not None for person in set(persons)),
        "woman_count": sum(country.sexes[person] == "female" for person in set(persons)),
        "active_team_count": len(active),
        "silent_team_count": len(present) - len(active),
    }


def of_sessions(held):
    """What is counted of some counted sessions."""
    figures = {
        **{f"indicator.{code}": sum(s.results.get(code, 0) for s in held) for code in INDICATORS},
        **{f"{kind}_activity_count": sum(s.kind == kind for s in held) for kind in KINDS},
        **{f"{form}_activity_count": sum(s.form == form for s in held) for form in FORMS},
        "new_household_count": sum(s.new_households or 0 for s in held),
    }
    approved = [s for s in held if s.status == "approved"]
    return figures | by_status("", held) | by_status("approved_", approved)


def by_status(name, held):
    """What is told of some sessions apart from others."""
    return {
        f"{name}activity_count": len(held),
        f"{name}participant_count": sum(s.participants or 0 for s in held),
        f"{name}household_count": sum(s.households or 0 for s in held),
    }


def counts(country, session, first, last):
    """Whether a session is counted in the period, as the province has set it."""
    counted = ("submitted", "approved") if country.counts_pending else ("approved",)
    return session.status in counted and first <= session.held_on <= last


def waits(session, first, last):
    """Whether a session of the period waits for review."""
    return session.status == "submitted" and first <= session.held_on <= last


def coverage(country, under, by, on, first, last, day):
    """Figures by taker (a Land, or None for what none takes), and of the whole."""
    inside = [land for land in country.lands if land.exists_on(day) and under in chain(land, day)]
    crews = [
        c for c in country.crews if (s := seat(country, c.land, day)) and under in chain(s, day)
    ]
    models = [
        one
        for one in country.initiatives
        if (s := seat(country, one[0], day)) and under in chain(s, day)
    ]
    takers = {land: ([], [], []) for land in inside if land.level == by}
    takers[None] = ([], [], [])
    for land in inside:
        takers[taker(land, by, day)][0].append(land)
    for crew in crews:
        takers[taker(seat(country, crew.land, day), by, day)][1].append(crew)
    for one in models:
        takers[taker(seat(country, one[0], day), by, day)][2].append(one)
    parts = {
        land: figures(country, *records, on, first, last, day) for land, records in takers.items()
    }
    return parts, figures(country, inside, crews, models, on, first, last, day)


def taker(land, by, day):
    """The area of a level that the area is or stands in, if any."""
    return next((above for above in chain(land, day) if above.level == by), None)
