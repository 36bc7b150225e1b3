"""Long files are checked and imported by a worker, while whoever sent them goes on."""

from typing import Any

from tcns.database import db
from tcns.i18n import lazy_gettext as _l
from tcns.imports.applying import Decided, apply_import, check_import
from tcns.imports.models import Import
from tcns.imports.vocabulary import ImportStatus, Likeness
from tcns.jobs.kinds import Progress, Result, job_kind
from tcns.jobs.models import Job

CHECK, APPLY = "imports.check", "imports.apply"
PAGE = "imports.show_import"
# So many rows are done while somebody waits for the page.
MOST_AT_ONCE = 500


@job_kind(CHECK, label=_l("Checking a file"), page=PAGE)
def check_in_job(job: Job, progress: Progress) -> Result:
    """Check the rows of an import."""
    check_import(job.parameters["import_id"], job.by_id, progress)
    return {}


@job_kind(APPLY, label=_l("Importing a file"), page=PAGE)
def apply_in_job(job: Job, progress: Progress) -> Result:
    """Take an import in; run again after it was, there is nothing to do."""
    import_id = job.parameters["import_id"]
    one = db.session.get(Import, import_id)
    if one is None or one.state is not ImportStatus.APPLIED:
        apply_import(import_id, job.by_id, choice_of(job.parameters), progress)
    return {}


def parameters_of(import_id: int, choice: Decided) -> dict[str, Any]:
    """What a job keeps of what is to be imported."""
    kept = {"good_rows": choice.good_rows, "likeness": choice.likeness.value}
    return {"import_id": import_id, **kept}


def choice_of(parameters: dict[str, Any]) -> Decided:
    """What is to be imported."""
    return Decided(parameters["good_rows"], Likeness(parameters["likeness"]))
