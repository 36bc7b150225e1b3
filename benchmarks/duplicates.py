"""python -m benchmarks.duplicates [sqlite] [postgresql]: how long a scan for duplicates takes.

Scanned are the demonstration's persons, then a crowd as large as the country's, with the names
that the demonstration gives, spread over as many communes as there are: all invented, all
different persons, but for each commune one who is on file twice.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, text

from benchmarks.installation import installation
from tcns.app import create_app
from tcns.areas.models import Area, AreaAllocation, AreaPath
from tcns.areas.places import Place, usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.database import db
from tcns.demo.chance import chance
from tcns.demo.person_names import SHARES, invent_name
from tcns.duplicates.finding_queries import PairFilter, find_duplicates
from tcns.permissions.scope import EVERYTHING
from tcns.teams.models import Membership, Person, Team
from tcns.teams.vocabulary import MemberRole
from tcns.vietnamese import fold, name_sort_key

ENGINES = ["sqlite", "postgresql"]
PERSONS, COMMUNES = 458_000, 3_321
SECOND = range(COMMUNES + 1, 2 * COMMUNES + 1)
FIRST_DAY = date(2022, 5, 1)
BATCH = 20_000
HEADING = "engine        persons   pairs  seconds"


class Scan(NamedTuple):
    """What a scan found, among how many persons, in how many seconds."""

    persons: int
    pairs: int
    seconds: float

    def text(self) -> str:
        """The figures in one line."""
        return f"{self.persons:9}{self.pairs:8}{self.seconds:9.2f}"


def measure_scans(engine: str) -> Iterator[Scan]:
    """Scan a province, then a country, on one engine."""
    with installation(engine), create_app().test_request_context():
        yield measure_scan()
        make_country()
        yield measure_scan()
        db.session.remove()
        db.engine.dispose()


def measure_scan() -> Scan:
    """Scan everybody there is."""
    place = Place(usual_map(today()))
    persons = db.session.scalar(select(func.count()).select_from(Person)) or 0
    began = time.perf_counter()
    found = find_duplicates(EVERYTHING, PairFilter(place))
    return Scan(persons, len(found), time.perf_counter() - began)


def make_country() -> None:
    """Add communes with a team each, and persons in it, until the country is full."""
    ids = {model: db.session.scalar(select(func.max(model.id))) or 0 for model in MODELS}
    for number in range(1, COMMUNES + 1):
        _add_commune(ids[Area] + number, ids[Team] + number)
    missing = PERSONS - (db.session.scalar(select(func.count()).select_from(Person)) or 0)
    crowd = ((ids[Person] + number, number) for number in range(1, missing + 1))
    while batch := list(islice(crowd, BATCH)):
        persons = [_person(person_id, number) for person_id, number in batch]
        _insert(Person, persons)
        _insert(Membership, [_part(ids, number) for _id, number in batch])
    db.session.execute(text("ANALYZE"))
    db.session.commit()


MODELS: Sequence[Any] = (Area, Team, Person, Membership)


def _add_commune(area_id: int, team_id: int) -> None:
    """A commune that stands alone, with its team."""
    since = {"valid_from": FIRST_DAY, "valid_to": None}
    own = {"ancestor_id": area_id, "descendant_id": area_id, "depth": 0}
    for model, row in (
        (Area, {"id": area_id, "level": Level.COMMUNE, "version": 1, **since}),
        (AreaPath, {**own, **since}),
        (AreaAllocation, {"area_id": area_id, "seat_id": area_id, **since}),
        (Team, _team(team_id, area_id)),
    ):
        _insert(model, [row])


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows as they are: the model's own way splits them wherever a column is empty."""
    db.session.execute(insert(db.metadata.tables[model.__tablename__]), rows)


def _team(team_id: int, area_id: int) -> dict[str, Any]:
    """The row of a commune's team."""
    facts = {"name": f"Tổ {team_id}", "search_key": f"to {team_id}", "sort_key": str(team_id)}
    return {"id": team_id, "area_id": area_id, **facts, "valid_from": FIRST_DAY, "version": 1}


def _person(person_id: int, number: int) -> dict[str, Any]:
    """The row of an invented person: the second of each commune is the first once more."""
    rng = chance(f"person {number - COMMUNES if number in SECOND else number}")
    name = invent_name(rng.choice(list(SHARES)), is_woman=rng.random() < 0.5, rng=rng)
    return {
        "id": person_id,
        "full_name": name,
        "search_key": fold(name),
        "sort_key": name_sort_key(name),
        "phone": f"+8453{rng.randrange(10**7):07}" if rng.random() < 0.9 else None,
        "birth_year": rng.randint(1960, 2004) if rng.random() < 0.6 else None,
        "version": 1,
    }


def _part(ids: dict[Any, int], number: int) -> dict[str, Any]:
    """The row of a person's membership: everybody in turn in the next commune's team."""
    return {
        "id": ids[Membership] + number,
        "person_id": ids[Person] + number,
        "team_id": ids[Team] + 1 + (number - 1) % COMMUNES,
        "role": MemberRole.MEMBER,
        "valid_from": FIRST_DAY,
        "version": 1,
    }


def main(engines: list[str]) -> None:
    """Measure the engines and print the table as it grows."""
    print(HEADING)
    for engine in engines:
        for scan in measure_scans(engine):
            print(f"{engine:12}{scan.text()}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ENGINES)
