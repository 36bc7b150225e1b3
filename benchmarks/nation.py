"""A nation that does not exist, as large as the one that does: for questions at national size.

One top area, 34 districts, 3,321 communes, 90,179 villages, 93,500 teams, 458,000 persons with a
membership each, three decisions a commune, two sessions a team. The same every time; names are
those of the demonstration. Rows go in below the mapper, by COPY or executemany: some three
million of them in a minute or two.
"""

import os
import secrets
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import func, select, text

from benchmarks.installation import database
from tcns.accounts.models import RoleAssignment, User
from tcns.activities.models import Activity, ActivityTopic
from tcns.app import create_app
from tcns.areas.models import Area, AreaAllocation, AreaName, AreaPath, AreaPlacement, Deployment
from tcns.areas.vocabulary import AreaKind, Level
from tcns.clock import today
from tcns.database import Model, db
from tcns.demo.chance import chance
from tcns.demo.person_names import invent_name
from tcns.demo.village_names import HIGHLAND, LOWLAND
from tcns.permissions.vocabulary import Role
from tcns.teams.models import EstablishingDecision, Membership, Person, Team, TeamDecision
from tcns.vietnamese import fold, name_sort_key, sort_key

DISTRICTS, COMMUNES, TEAMS, PERSONS = 34, 3_321, 93_500, 458_000
SESSIONS, PORTION = 5_000_000, 100_000
BEGINNING, TEAMS_BEGAN = date(2021, 7, 1), date(2022, 5, 1)
LASTING = {"valid_from": BEGINNING, "valid_to": None}
PROVINCE_CODE = "00"
MOSTLY_KINH = "070"  # a district of the demonstration
ROLES = {
    "nation": Role.PROVINCE_ADMINISTRATOR,
    "district": Role.DISTRICT_REVIEWER,
    "commune": Role.COMMUNE_OFFICIAL,
}

folded, area_key, person_key = cache(fold), cache(sort_key), cache(name_sort_key)


@contextmanager
def nation(engine: str) -> Iterator[Flask]:
    """The application on a new database that holds the nation, in an open context."""
    with tempfile.TemporaryDirectory(prefix="tcns-nation-") as directory, database(engine) as url:
        os.environ |= {
            "TCNS_INSTANCE": directory,
            "TCNS_SECRET_KEY": secrets.token_hex(32),
            "TCNS_PLAIN_HTTP": "1",
            "TCNS_DATABASE_URL": url or f"sqlite:///{Path(directory, 'tcns.sqlite3')}",
        }
        app = create_app()
        with app.app_context():
            flask_migrate.upgrade()
            fill()
            yield app
            db.session.remove()
            db.engine.dispose()


def fill() -> None:
    """Put the nation into an empty database."""
    rows = Nation().rows
    for table in db.metadata.sorted_tables:
        if table.name in rows:
            insert_rows(table.name, rows.pop(table.name))
    db.session.commit()
    if db.engine.dialect.name == "postgresql":  # what its autovacuum does soon after
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def add_sessions() -> None:
    """Sessions of the past two years, so that there are SESSIONS in all; they have no topics."""
    have = db.session.scalar(select(func.count()).select_from(Activity)) or 0
    for start in range(have, SESSIONS, PORTION):
        rows = [_session(number) for number in range(start, min(start + PORTION, SESSIONS))]
        insert_rows(Activity.__tablename__, rows)
        db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _session(number: int) -> dict[str, Any]:
    """One of many sessions: the teams take turns, the days are spread evenly."""
    day = today() - timedelta(days=number * 7 % 730)
    return {
        "client_key": f"many-{number}",
        "team_id": number % TEAMS + 1,
        "kind": "guidance",
        "form": "in_person",
        "held_on": day,
        "participant_count": number % 60,
        "household_count": number % 30,
        "status": "approved" if number % 3 else "submitted",
        "entered_by_id": 1,
        "entered_at": datetime(day.year, day.month, day.day, 12, 0, 0),  # noqa: DTZ001 - UTC, as stored
        "version": 1,
    }


def insert_rows(table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns, as fast as the engine takes them."""
    names = ", ".join(f'"{name}"' for name in rows[0])
    cursor = db.session.connection().connection.cursor()
    if db.engine.dialect.name == "postgresql":
        with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(list(row.values()))
        return
    marks = ", ".join("?" * len(rows[0]))
    values = [[_plain(value) for value in row.values()] for row in rows]
    cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)  # noqa: S608 - our own names


def _plain(value: Any) -> Any:
    """A value as SQLite stores it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def _commune_of(village: int) -> int:
    """The place in the list of communes of a village's own: neighbours are entered together."""
    return village * COMMUNES // (TEAMS - COMMUNES)


class Nation:
    """All rows of the nation, by table."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.rng = chance("nation")
        self.names = [f"{a} {b}" for a, b in product(LOWLAND, ("", "Thượng", "Hạ"))] + HIGHLAND
        self.communes: list[list[int]] = []
        self.add_areas()
        self.add_offices()
        self.add_teams()
        self.add_persons()

    def add(self, model: type[Model], **values: Any) -> int:
        """A row with the next id of its table."""
        rows = self.rows[str(model.__tablename__)]
        rows.append({"id": len(rows) + 1, **values})
        return len(rows)

    def link(self, model: type[Model], **values: Any) -> None:
        """A row without an id."""
        self.rows[str(model.__tablename__)].append(values)

    def add_areas(self) -> None:
        """The tree, with everything that is derived of it."""
        top = self.add_area(Level.PROVINCE, AreaKind.TINH, "Cả Nước", PROVINCE_CODE, [])
        districts = [
            [*top, *self.add_area(Level.DISTRICT, AreaKind.HUYEN, self.a_name(), f"{n:03}", top)]
            for n in range(1, DISTRICTS + 1)
        ]
        for number in range(COMMUNES):
            above, code = districts[number * DISTRICTS // COMMUNES], f"{number + 10_000:05}"
            (own,) = self.add_area(Level.COMMUNE, AreaKind.XA, self.a_name(), code, above)
            self.communes.append([*above, own])
        for number in range(TEAMS - COMMUNES):
            above, code = self.communes[_commune_of(number)], f"{number + 1_000_000}"
            self.add_area(Level.VILLAGE, AreaKind.THON, self.a_name(), code, above)
        self.link(
            Deployment, id=1, province_code=PROVINCE_CODE, map_on=None, is_demonstration=False
        )

    def a_name(self) -> str:
        """Some name of a place."""
        return self.rng.choice(self.names).strip()

    def add_area(
        self, level: Level, kind: AreaKind, name: str, code: str, above: list[int]
    ) -> list[int]:
        """An area below others; its id, in a list."""
        area = self.add(Area, level=level.value, version=1, **LASTING)
        keys = {"search_key": folded(name), "sort_key": area_key(name)}
        self.add(AreaName, area_id=area, kind=kind.value, name=name, code=code, **keys, **LASTING)
        if above:
            self.add(AreaPlacement, area_id=area, parent_id=above[-1], **LASTING)
        for depth, ancestor in enumerate([area, *reversed(above)]):
            path = {"ancestor_id": ancestor, "descendant_id": area, "depth": depth}
            self.link(AreaPath, **path, **LASTING)
        self.link(AreaAllocation, area_id=area, seat_id=area, **LASTING)
        return [area]

    def add_offices(self) -> None:
        """An account for the nation, for its first district, and for its first commune."""
        homes = dict(zip(ROLES, (1, *self.communes[0][1:]), strict=True))
        for user_name, role in ROLES.items():
            keys = {"search_key": user_name, "sort_key": name_sort_key(user_name)}
            user = self.add(
                User,
                user_name=user_name,
                full_name=user_name,
                home_area_id=homes[user_name],
                created_at=datetime.now(UTC).replace(tzinfo=None),
                version=1,
                **keys,
            )
            over = {"role": role.value, "area_id": homes[user_name], "granted_by_id": None}
            self.add(RoleAssignment, user_id=user, **over, **LASTING)

    def add_teams(self) -> None:
        """A team of each commune and village, its decision, and two sessions."""
        decisions = {
            (number, turn): self.add_decision(above[-1], number, turn)
            for number, above in enumerate(self.communes)
            for turn in range(3)
        }
        first = 2 + DISTRICTS
        for number in range(TEAMS):
            area = self.rows["area_name"][first + number - 1]
            name = f"Tổ công nghệ số cộng đồng {area['kind']} {area['name']}"
            team = self.add(
                Team,
                area_id=area["area_id"],
                name=name,
                search_key=folded(name),
                sort_key=sort_key(name),
                version=1,
                valid_from=TEAMS_BEGAN,
                valid_to=None,
            )
            commune = number if number < COMMUNES else _commune_of(number - COMMUNES)
            decision = decisions[commune, number % 3]
            self.link(TeamDecision, team_id=team, decision_id=decision, purpose="establish")
            self.add_sessions(team)

    def add_decision(self, area: int, number: int, turn: int) -> int:
        """One of a commune's decisions."""
        written = f"{number % 400 + turn}/QĐ-UBND"
        return self.add(
            EstablishingDecision,
            number=written,
            issued_on=TEAMS_BEGAN + timedelta(days=turn),
            issuer="UBND xã",
            summary="Thành lập Tổ công nghệ số cộng đồng",
            area_id=area,
            search_key=fold(written),
            version=1,
        )

    def add_sessions(self, team: int) -> None:
        """Two sessions of a team."""
        for turn in range(2):
            day = date(2025, 1, 1) + timedelta(days=self.rng.randrange(500))
            entered = datetime(day.year, day.month, day.day, 12, 0, 0)  # noqa: DTZ001 - UTC, as stored
            session = self.add(
                Activity,
                client_key=f"{team}-{turn}",
                team_id=team,
                kind="guidance",
                form="in_person",
                held_on=day,
                participant_count=self.rng.randrange(60),
                women_count=0,
                minority_count=0,
                elderly_count=0,
                household_count=self.rng.randrange(30),
                new_household_count=0,
                status=self.rng.choice(("submitted", "approved", "approved")),
                entered_by_id=1,
                entered_at=entered,
                version=1,
            )
            self.link(ActivityTopic, activity_id=session, topic="public_services")

    def add_persons(self) -> None:
        """Everybody, with a phone in nine of ten cases, spread evenly over the teams."""
        leads = set()
        for number in range(PERSONS):
            is_woman = self.rng.random() < 0.4
            name = invent_name(MOSTLY_KINH, is_woman=is_woman, rng=self.rng)
            phone = f"+849{self.rng.randrange(10**8):08}" if self.rng.random() < 0.9 else None
            person = self.add(
                Person,
                full_name=name,
                search_key=folded(name),
                sort_key=person_key(name),
                phone=phone,
                birth_year=1990,
                version=1,
            )
            team = number * TEAMS // PERSONS + 1
            role = "member" if team in leads else "leader"
            leads.add(team)
            self.add(
                Membership,
                person_id=person,
                team_id=team,
                role=role,
                body="resident",
                version=1,
                valid_from=TEAMS_BEGAN,
                valid_to=None,
            )
