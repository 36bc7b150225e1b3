"""All documents that go into a report, written by a worker into one ZIP."""

from typing import Any

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.documents.heads import in_vietnamese
from tcns.documents.jobs import held_by, zip_of
from tcns.errors import RuleViolation
from tcns.files.store import file_store
from tcns.files.strays import holds_files
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.jobs.kinds import Progress, Result, job_kind
from tcns.jobs.models import Job
from tcns.jobs.operations import start_job
from tcns.periods import period_named
from tcns.permissions.vocabulary import Permission
from tcns.reports.document_queries import current_letter
from tcns.reports.queries import Subject, subject_named, subjects_below

ARCHIVE, FOLDER = "reports.archive", "archives"


@in_vietnamese
def _title(subject: Subject) -> str:
    """What the ZIP is called."""
    return f"Báo cáo {subject.period.name} {subject.name}"


def parameters_of(subject: Subject) -> dict[str, Any]:
    """What a job keeps of what is to be written."""
    return {
        "period": subject.period.name,
        "owner": subject.owner,
        "area_id": subject.area.id,
        "title": _title(subject),
    }


def order_archive(subject: Subject, *, by: Any) -> Job:
    """Let a worker write the documents that go into a report; that they leave is on record."""
    parameters = parameters_of(subject)
    record(
        Event.LIST_EXPORTED,
        by=by,
        area_id=subject.area.id,
        changes={"list": (None, parameters["title"])},
    )
    return start_job(ARCHIVE, parameters, by=by)


@job_kind(ARCHIVE, label=_l("Reports as documents"), page="reports.send_archive")
def write_archive(job: Job, progress: Progress) -> Result:
    """Write the document of each report that its starter may see; how many there are.

    Begun anew it writes another file; that of the first goes with the next cleaning.
    """
    period = period_named(job.parameters["period"])
    subject = subject_named(job.parameters["owner"], period) if period else None
    scope = db.session.get_one(User, job.by_id).scope_for(Permission.REPORT_READ)
    below = subjects_below(scope, subject) if subject and subject.lies_in(scope) else []
    if not below:
        raise RuleViolation(_("There is no report to write."))
    letters = ((one.name, current_letter(one)) for one in below)
    content, count = zip_of(letters, progress, len(below))
    return {"file_key": file_store().put(FOLDER, content), "count": count}


@holds_files(FOLDER)
def held_archives() -> set[str]:
    """The files of jobs that are still remembered."""
    return held_by(ARCHIVE)
