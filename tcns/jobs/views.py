"""Pages of jobs: how far one's own long work is, and what came of it."""

from datetime import timedelta
from typing import Any

from flask import (
    Blueprint,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from werkzeug import Response

from tcns.clock import now
from tcns.jobs import queries
from tcns.jobs.kinds import KINDS
from tcns.jobs.models import Job
from tcns.jobs.operations import see_job
from tcns.jobs.vocabulary import JobStatus
from tcns.permissions.guards import LARGEST_ID, guarded_write, requires, signed_in
from tcns.permissions.vocabulary import Permission
from tcns.web.paging import paginate

blueprint = Blueprint("jobs", __name__)
REFRESH_SECONDS = 2
USUALLY_BEGUN_WITHIN = timedelta(minutes=2)


@blueprint.record_once
def add_notice(state: BlueprintSetupState) -> None:
    """Let the frame of every page say that something has finished."""
    state.app.jinja_env.globals["finished_job"] = finished_job
    state.app.jinja_env.globals["job_label"] = job_label


def finished_job() -> Job | None:
    """The visitor's latest job that has finished and that they have not seen; asked along with
    who they are."""
    job_id = g.get("unseen_job_id")
    return queries.own_job(current_user.id, job_id) if job_id else None


def job_label(job: Job) -> str:
    """What kind of work a job is, in words; its name where this version does no such work."""
    kind = KINDS.get(job.kind)
    return str(kind.label) if kind else job.kind


def own_job(job_id: int) -> Job | None:
    """The visitor's own job; anybody else's is as if it did not exist."""
    return queries.own_job(current_user.id, job_id) if job_id <= LARGEST_ID else None


def job_url(job: Job) -> str:
    """The address of the page that says how far a job is."""
    return url_for("jobs.show_job", job_id=job.id)


@blueprint.get("/jobs")
@signed_in
def list_jobs() -> str:
    """The long work one has started, the newest first."""
    page = paginate(queries.own_jobs(current_user.id))
    return render_template("jobs/list_jobs.html", page=page)


@blueprint.get("/jobs/<int:job_id>")
@requires(Permission.AREA_READ, own_job)
def show_job(job: Job) -> Response:
    """How far the work is; the page refreshes itself until there is a result."""
    is_late = job.state is JobStatus.WAITING and now() - job.created_at > USUALLY_BEGUN_WITHIN
    page = render_template(
        "jobs/show_job.html", job=job, has_page=bool(result_url(job)), is_late=is_late
    )
    answer = make_response(page)
    if not job.finished_at:
        answer.headers["Refresh"] = str(REFRESH_SECONDS)
    return answer


@blueprint.post("/jobs/<int:job_id>/see")
@requires(Permission.AREA_READ, own_job)
def open_result(job: Job) -> Response:
    """Go to what came of the work; the notice of it goes away."""
    with guarded_write():
        if job.finished_at:
            see_job(job)
        address = result_url(job) or job_url(job)
    return redirect(address)


def result_url(job: Job) -> str | None:
    """The address of the page that shows what came of a job, once it is done."""
    kind = KINDS.get(job.kind)
    if kind is None or kind.page is None or job.state is not JobStatus.DONE:
        return None
    values: dict[str, Any] = {"job_id": job.id, **job.parameters}
    asked = next(current_app.url_map.iter_rules(kind.page)).arguments
    return url_for(kind.page, **{name: values[name] for name in asked})
