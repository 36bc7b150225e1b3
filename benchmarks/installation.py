"""An installation with the demonstration world, thrown away afterwards, and its server."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from sqlalchemy import func, select

from benchmarks.cpu import cpu_of
from benchmarks.load import HOST
from tcns.accounts.credentials.session_keys import digest
from tcns.accounts.models import SignIn, User
from tcns.accounts.sign_in.session_cookie import SESSION_KEY
from tcns.clock import now
from tcns.config import ROOT
from tcns.database import db
from tcns.site.server import start_workers
from tcns.teams.models import Membership, Person
from tcns.teams.vocabulary import MemberRole
from tests import postgres, shared

READER = "xemxet"
LONGEST_START_SECONDS = 60


@contextmanager
def installation(engine: str) -> Iterator[Path]:
    """A new instance directory, and in the environment the settings of its installation."""
    with tempfile.TemporaryDirectory(prefix="tcns-bench-") as directory, database(engine) as url:
        os.environ |= {
            "TCNS_INSTANCE": directory,
            "TCNS_SECRET_KEY": secrets.token_hex(32),
            "TCNS_PLAIN_HTTP": "1",
            "TCNS_DEMO": "1",
            "TCNS_DATABASE_URL": url or f"sqlite:///{directory}/tcns.sqlite3",
            "TCNS_BENCHMARK_PAGES": directory,
        }
        prepare = [sys.executable, "-m", "tcns.site", "prepare"]
        subprocess.run(prepare, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield Path(directory)


@contextmanager
def database(engine: str) -> Iterator[str]:
    """The address of an empty database; the embedded one is made where the installation lies."""
    if engine == "sqlite":
        yield ""
        return
    shared.open_shared_directory()
    try:
        # As delivered, which is durable; the tests' server is not.
        postgres.administer("ALTER SYSTEM RESET ALL")
        postgres.administer("SELECT pg_reload_conf()")
        postgres.administer("CREATE DATABASE bench")
        yield postgres.server_address().format("bench")
    finally:
        postgres.stop()
        shared.remove_shared_directory()


def cookie_of(app: Flask, user_name: str = READER) -> str:
    """The cookie of somebody's browser, a province reviewer's if nobody is named."""
    with app.app_context():
        query = select(User.id).where(User.user_name == user_name)
        return signed_in_cookie(app, db.session.scalars(query).one())


def member_cookies(app: Flask, count: int) -> list[str]:
    """The cookies of the browsers of as many leaders, each of one team of their own."""
    query = (
        select(func.min(Person.user_id))
        .join(Person.memberships)
        .where(Membership.role == MemberRole.LEADER, Membership.valid_to.is_(None))
        .where(Person.user_id.is_not(None))
        .group_by(Membership.team_id)
        .order_by(Membership.team_id)
        .limit(count)
    )
    with app.app_context():
        return [signed_in_cookie(app, one) for one in db.session.scalars(query).all() if one]


def signed_in_cookie(app: Flask, user_id: int) -> str:
    """The cookie of somebody's browser, in the open context."""
    key, moment = secrets.token_urlsafe(), now()
    sign_in = SignIn(
        key_hash=digest(key),
        user_id=user_id,
        device="benchmark",
        created_at=moment,
        last_seen_at=moment,
        expires_at=moment + timedelta(hours=1),
    )
    db.session.add(sign_in)
    db.session.commit()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({SESSION_KEY: key})}"


class Server(NamedTuple):
    """The server of a benchmark: where it listens, and the ids of its processes."""

    port: int
    processes: tuple[int, ...]

    def cpu(self) -> float:
        """The seconds of CPU time that it has used so far."""
        return cpu_of(self.processes)


@contextmanager
def serving() -> Iterator[Server]:
    """The benchmark's application under the server of `make run`."""
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
    os.environ["TCNS_PORT"] = str(port)
    workers = start_workers("benchmarks.application:app")
    try:
        wait_for(port)
        yield Server(port, tuple(worker.pid for worker in workers))
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()


def wait_for(port: int) -> None:
    """Wait until the server listens."""
    ends = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")
