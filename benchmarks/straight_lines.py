"""python -m benchmarks.straight_lines [-v]: through how much code one request leads.

Counted are the distinct functions of the domains that are called, and the files they stand in,
while a leader logs a session, an official changes who leads a team, and one row of a file of
members is checked and taken in. What all requests share is left out, and so are comprehensions.
The last columns leave out as well who is signed in and what they may do, which every page asks.
With -v the functions are listed.
"""

import inspect
import io
import re
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from xlsxwriter import Workbook

from benchmarks.importing import PHONE, administrator, dialled, write_in_full
from benchmarks.installation import cookie_of, installation, member_cookies
from benchmarks.logging_sessions import LOG, TOKEN
from tcns import app as application
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Topic
from tcns.areas.places import Place, has_districts, usual_map
from tcns.clock import today
from tcns.database import db, writing
from tcns.imports.applying import Decided, carry_out, check, plan_of
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.sheets import file_to_check
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.scope import EVERYTHING
from tcns.spreadsheets.reading import read_sheets
from tcns.spreadsheets.writing import Sheet, SheetWriter
from tcns.teams.members import spreadsheet
from tcns.teams.members.queries import MemberFilter
from tcns.teams.members.spreadsheet_rows import membership_lines, with_areas
from tcns.teams.models import Membership
from tcns.teams.vocabulary import MemberRole

PACKAGE = Path(application.__file__).parent
# What every request goes through, whatever it is about.
FRAME = {"web", "database", "permissions", "audit"}
FRAME |= {"i18n.py", "vietnamese.py", "errors.py", "clock.py", "home/frame.py"}
# Who is signed in and what they may do, and the worker that is woken after a write.
SIGNED_IN = ("accounts/", "teams/rights.py", "jobs/")
HEADING = "what                  functions   files   of its own   files"
LED_ON = 302
NEWCOMER = "Nguyễn Thị Một Dòng"


@dataclass
class Course:
    """The functions that were called, each by its file and name."""

    functions: set[tuple[str, str]] = field(default_factory=set)

    def note(self, code: CodeType) -> None:
        """Note a function of a domain, once."""
        if PACKAGE not in Path(code.co_filename).parents or not _is_function(code):
            return
        name = Path(code.co_filename).relative_to(PACKAGE).as_posix()
        if not FRAME & {name, name.partition("/")[0]}:
            self.functions.add((name, f"{code.co_qualname}:{code.co_firstlineno}"))

    def text(self, what: str) -> str:
        """The figures in one line."""
        own = {each for each in self.functions if not each[0].startswith(SIGNED_IN)}
        files, own_files = ({name for name, _function in each} for each in (self.functions, own))
        counts = len(self.functions), len(files), len(own), len(own_files)
        return "{:22}{:9}{:8}{:13}{:8}".format(what, *counts)


def _is_function(code: CodeType) -> bool:
    """Whether code is that of a function, named or not, and not of a class or comprehension."""
    is_local = bool(code.co_flags & inspect.CO_NEWLOCALS and code.co_flags & inspect.CO_OPTIMIZED)
    return is_local and not code.co_name.endswith(("comp>", "<genexpr>"))


@contextmanager
def followed() -> Iterator[Course]:
    """Follow what is called."""
    course = Course()

    def note(frame: FrameType, event: str, _value: Any) -> None:
        if event == "call":
            course.note(frame.f_code)

    sys.setprofile(note)
    try:
        yield course
    finally:
        sys.setprofile(None)


def follow_logging(app: Flask) -> Course:
    """A leader logs a session and submits it."""
    (cookie,) = member_cookies(app, 1)
    typed = {
        "client_key": str(uuid.uuid4()),
        "held_on": today().isoformat(),
        "kind": ActivityKind.GUIDANCE.value,
        "form": ActivityForm.IN_PERSON.value,
        "topics": [Topic.PAYMENT.value, Topic.SAFETY.value],
        "participant_count": "12",
        "women_count": "7",
        "household_count": "5",
        "action": "submit",
    }
    return follow_form(app, cookie, LOG, typed)


def follow_change_of_leader(app: Flask) -> Course:
    """An official lets a member lead a team that has a leader."""
    with app.app_context():
        leads = select(Membership.team_id).where(
            Membership.role == MemberRole.LEADER, Membership.valid_on(today())
        )
        query = select(Membership.id).where(
            Membership.team_id.in_(leads),
            Membership.role == MemberRole.MEMBER,
            Membership.valid_on(today()),
            Membership.valid_from < today(),
        )
        member = db.session.scalars(query.order_by(Membership.id).limit(1)).one()
    typed = {"role": "leader", "first_day": today().isoformat(), "replaces_leader": "y"}
    return follow_form(app, cookie_of(app, "tinh"), f"/memberships/{member}/role", typed)


def follow_form(app: Flask, cookie: str, path: str, typed: dict[str, Any]) -> Course:
    """Send a form, as the page shows it but for what is typed; it must be carried out."""
    client: FlaskClient = app.test_client(use_cookies=False)
    page = client.get(path, headers={"Cookie": cookie})
    kept = (page.headers.get("Set-Cookie") or cookie).partition(";")[0]
    token = TOKEN.findall(page.text)[0]
    version = re.findall(r'name="version"[^>]* value="(\d+)"', page.text)[:1]
    sent = {"csrf_token": token, "idempotency_key": str(uuid.uuid4()), "version": version, **typed}
    with followed() as course:
        answer = client.post(path, data=sent, headers={"Cookie": kept})
    if answer.status_code != LED_ON:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return course


def follow_import() -> Course:
    """One row of a file is checked and taken in: somebody new in a team."""
    kind, by = kind_of(ImportKind.MEMBERS), administrator()
    sheets = read_sheets(one_row(), "one.xlsx")
    with followed() as course:
        checked = check(file_to_check(kind, sheets, {}, {}), by=by)
        plan = plan_of(checked, Decided())
        plan.prepare(by=by)
        with writing():
            is_done = carry_out(kind, None, plan, checked, by=by)
    if not is_done or not plan.row_count:
        raise SystemExit("the row was not taken in")
    return course


def one_row() -> bytes:
    """A file of one membership, as the site sends it, of somebody who is not on file."""
    map_on = usual_map(today())
    query = membership_lines(
        EVERYTHING, MemberFilter(today(), Place(map_on), role=MemberRole.MEMBER)
    )
    columns = spreadsheet.membership_columns(write_in_full, has_districts=has_districts(map_on))
    columns[0] = replace(columns[0], value=lambda _line: NEWCOMER)
    columns[PHONE] = replace(columns[PHONE], value=dialled(columns[PHONE].value))
    file = io.BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        lines = with_areas(db.session.execute(query.limit(1)).all(), map_on)
        SheetWriter(book, Sheet(["Register"], columns)).write(lines)
    return file.getvalue()


FOLLOWED: Sequence[tuple[str, Callable[[Flask], Course]]] = (
    ("log a session", follow_logging),
    ("change of leader", follow_change_of_leader),
)


def main(*, is_detailed: bool) -> None:
    """Follow each and print the figures, one after the other."""
    print(HEADING)
    with installation("sqlite"):
        app = application.create_app()
        for what, follow in FOLLOWED:
            tell(what, follow(app), is_detailed=is_detailed)
        with app.test_request_context():
            tell("import one member", follow_import(), is_detailed=is_detailed)


def tell(what: str, course: Course, *, is_detailed: bool) -> None:
    """Print the figures of one, and if asked for what was called."""
    print(course.text(what), flush=True)
    for name, function in sorted(course.functions) if is_detailed else ():
        print(f"    {name} {function.partition(':')[0]}")


if __name__ == "__main__":
    main(is_detailed="-v" in sys.argv[1:])
