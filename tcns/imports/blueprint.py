"""What the pages of imports share: the blueprint, and one's own imports alone."""

from flask import Blueprint, flash, url_for
from flask_login import current_user

from tcns.errors import RuleViolation
from tcns.imports import queries
from tcns.imports.applying import check_import
from tcns.imports.jobs import CHECK, MOST_AT_ONCE
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.models import Import
from tcns.jobs.models import Job
from tcns.jobs.operations import start_job
from tcns.jobs.queries import own_job
from tcns.jobs.views import job_url
from tcns.permissions.guards import LARGEST_ID, my_scope

blueprint = Blueprint("imports", __name__)


def own_import(import_id: int) -> Import | None:
    """An import the visitor uploaded, while they may write its kind somewhere; else as if there
    were none."""
    found = queries.import_of(current_user, import_id) if import_id <= LARGEST_ID else None
    return found if found and my_scope(kind_of(found.kind).permission) else None


def page_of(one: Import) -> str:
    """The address of an import's page."""
    return url_for("imports.show_import", import_id=one.id)


def start_checking(one: Import) -> str:
    """Let a worker check the rows of an import; the page of that work."""
    job = start_job(CHECK, {"import_id": one.id}, by=current_user)
    one.job_id = job.id
    return job_url(job)


def check_now(import_id: int) -> None:
    """Check the rows of a short file at once; what stands in the way is shown on its page."""
    try:
        check_import(import_id, current_user.id)
    except RuleViolation as broken:
        flash(str(broken.message), "danger")


def job_of(one: Import) -> Job | None:
    """The last long work on an import."""
    return own_job(current_user.id, one.job_id) if one.job_id else None


def is_short_file(one: Import) -> bool:
    """Whether a file is checked while somebody waits for the page."""
    return sum(int(sheet["rows"]) for sheet in one.sheets) <= MOST_AT_ONCE
