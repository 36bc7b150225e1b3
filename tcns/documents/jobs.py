"""Many documents at once, written by a worker into one ZIP: all lists of members of an area."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import today
from tcns.database import db
from tcns.documents.heads import in_vietnamese
from tcns.documents.member_queries import (
    Listed,
    commune_list,
    persons_listed,
    team_list,
    teams_to_list,
)
from tcns.documents.queries import used_template
from tcns.errors import RuleViolation
from tcns.files.store import file_store
from tcns.files.strays import holds_files
from tcns.i18n import format_number, join_words
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.jobs.kinds import Progress, Result, job_kind
from tcns.jobs.models import Job
from tcns.jobs.operations import start_job
from tcns.letters.content import Letter
from tcns.letters.docx import all_as_docx
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.personal import (
    PERSONAL_COLUMNS,
    ROWS,
    LimitReachedError,
    expect_within_limit,
)

MEMBER_LISTS, FOLDER = "documents.member_lists", "memberlists"
# So many are written by one process, whose time is limited.
AT_ONCE = 15

# A document and what it is called in the ZIP.
Named = tuple[str, Letter]


def order_member_lists(scope: Scope, area: Area, *, with_phones: bool, by: Any) -> Job:
    """Let a worker write the list of each team of a commune, of a province that of each commune.

    Whom they name leaves the system: that is on record now, and counts towards what somebody may
    take out in a day. Raises RuleViolation where that is too much, or nobody is to be listed.
    """
    on = today()
    persons = persons_listed(scope, _communes(scope, area, on), on)
    if not persons:
        raise RuleViolation(_("There is no member to list."))
    _expect_within_limit(persons, by)
    personal = [_("Full name"), _("Phone")] if with_phones else [_("Full name")]
    title = _title(area, on)
    told = {
        "list": (None, title),
        ROWS: (None, persons),
        PERSONAL_COLUMNS: (None, join_words(personal)),
    }
    record(Event.LIST_EXPORTED, by=by, area_id=area.id, changes=told)
    wanted = {"area_id": area.id, "on": on.isoformat(), "phones": with_phones}
    return start_job(MEMBER_LISTS, wanted | {"persons": persons, "title": title}, by=by)


def _expect_within_limit(persons: int, by: Any) -> None:
    """Raise RuleViolation where so many more persons are too many for a day."""
    try:
        expect_within_limit(persons, by)
    except LimitReachedError as reached:
        raise RuleViolation(
            _(
                "Lists with names and phones are limited to %(limit)s rows a day for each account."
                " %(taken)s were taken today; these lists have %(wanted)s.",
                limit=format_number(reached.limit),
                taken=format_number(reached.taken),
                wanted=format_number(reached.wanted),
            )
        ) from reached


@in_vietnamese
def _title(area: Area, on: date) -> str:
    """What the ZIP is called."""
    name = areas.labels([area.id], usual_map(on))[area.id].full_name
    return f"Danh sách thành viên {name} {on:%d-%m-%Y}"


def _communes(scope: Scope, area: Area, on: date) -> list[Area]:
    """The communes whose members are listed: the area itself, or those of the province."""
    if area.step is Level.COMMUNE:
        return [area]
    return areas.communes_in(scope, area.id, usual_map(on))


@job_kind(MEMBER_LISTS, label=_l("Lists of members"), page="documents.send_member_lists")
def write_member_lists(job: Job, progress: Progress) -> Result:
    """Write the lists of the day they were ordered for, as far as their starter may still have
    them; never more persons than are on record as taken out."""
    wanted = job.parameters
    area, on = db.session.get_one(Area, wanted["area_id"]), date.fromisoformat(wanted["on"])
    scope = db.session.get_one(User, job.by_id).scope_for(Permission.PERSON_EXPORT)
    communes = _communes(scope, area, on) if area.lies_in(scope) else []
    if persons_listed(scope, communes, on) > wanted["persons"] or not communes:
        raise RuleViolation(_("What may be listed has changed meanwhile. Order the lists anew."))
    lists = _lists(scope, communes, on, with_phones=wanted["phones"], is_by_team=area in communes)
    content, count = zip_of(lists, progress)
    return {"file_key": file_store().put(FOLDER, content), "count": count}


def _lists(
    scope: Scope, communes: list[Area], on: date, *, with_phones: bool, is_by_team: bool
) -> Iterator[Named]:
    """The lists one after another, each named by whom it is of."""
    listed: Iterable[Listed]
    for commune in communes:
        teams = teams_to_list(scope, commune, on)
        if is_by_team:
            listed = (team_list(scope, team, on, with_phones=with_phones) for team in teams)
        else:
            listed = [commune_list(scope, commune, teams, on, with_phones=with_phones)]
        yield from ((one.letter.subject, one.letter) for one in listed if one.persons)


def zip_of(documents: Iterable[Named], progress: Progress, total: int = 0) -> tuple[bytes, int]:
    """Documents in one ZIP in their order, numbered; and how many there are."""
    written, rest, count = io.BytesIO(), iter(documents), 0
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as file:
        while some := list(islice(rest, AT_ONCE)):
            progress(count, total)
            contents = all_as_docx([letter for _name, letter in some], used_template())
            for place, ((name, _letter), content) in enumerate(
                zip(some, contents, strict=True), start=count + 1
            ):
                file.writestr(f"{place:03} {name}.docx".replace("/", "-"), content)
            count += len(some)
    return written.getvalue(), count


def held_by(kind: str) -> set[str]:
    """The files of the jobs of a kind that are still remembered."""
    results = db.session.scalars(select(Job.result).where(Job.kind == kind))
    return {result["file_key"] for result in results if result and "file_key" in result}


@holds_files(FOLDER)
def held_member_lists() -> set[str]:
    """The lists of jobs that are still remembered."""
    return held_by(MEMBER_LISTS)
