"""Accounts for all leaders, or all members, of a place at once, and their slips as one file."""

from collections import Counter

from flask import Response, abort, render_template, request
from flask_login import current_user
from werkzeug import Response as Answer

from tcns.accounts.slips import Slip, slips_as_pdf
from tcns.areas.queries import Label
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.i18n import join_words, site_name
from tcns.jobs.models import Job
from tcns.jobs.operations import start_job
from tcns.jobs.views import job_url, own_job
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint
from tcns.teams.member_accounts.forms import HoldersForm, SlipsForm
from tcns.teams.member_accounts.jobs import KIND, parameters_of, wanted_of
from tcns.teams.member_accounts.queries import AccountCounts, account_counts, holders_of
from tcns.teams.member_accounts.views import slip_of
from tcns.teams.members.queries import MemberFilter, PlacedMembership
from tcns.teams.vocabulary import Holders, MemberRole
from tcns.web.idempotency import submit_once

# A file of so many is made while one waits (4 s, 300 MB); more are printed commune by commune.
MOST_SLIPS = 2000


@blueprint.route("/accounts/in-bulk", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_WRITE)
def prepare_many_accounts() -> Answer | str:
    """Choose for whom and where, see how many that concerns, and start the work."""
    chosen, form, scope = (
        HoldersForm.from_address(),
        SlipsForm(),
        my_scope(Permission.ACCOUNT_WRITE),
    )
    whom = chosen.value("whom") or Holders.LEADERS
    wanted = MemberFilter(
        on=today(),
        place=chosen.place(scope, today()),
        role=MemberRole.LEADER if whom is Holders.LEADERS else None,
    )
    counts = account_counts(scope, wanted)
    answer = None
    if not chosen.errors:
        answer = submit_once(form, lambda: _start(form, wanted), job_url)
    return answer or render_template(
        "teams/member_accounts/prepare_many_accounts.html", chosen=chosen, form=form, counts=counts
    )


def _start(form: SlipsForm, wanted: MemberFilter) -> Job:
    """Let a worker prepare the accounts; it keeps how they stood before."""
    before = account_counts(my_scope(Permission.ACCOUNT_WRITE), wanted)
    parameters = parameters_of(wanted, form.idempotency_key.data, before)
    return start_job(KIND, parameters, by=current_user)


def own_preparing(job_id: int) -> Job | None:
    """The visitor's own work of preparing accounts."""
    job = own_job(job_id)
    return job if job and job.kind == KIND else None


@blueprint.get("/accounts/in-bulk/<int:job_id>")
@requires(Permission.ACCOUNT_WRITE, own_preparing)
def show_many_accounts(job: Job) -> str:
    """How accounts stood before and stand after, and the way to the slips."""
    result, slips = job.result or {}, slips_of(job)
    return render_template(
        "teams/member_accounts/show_many_accounts.html",
        job=job,
        before=AccountCounts(*job.parameters["before"]),
        after=AccountCounts(*result.get("after", ())),
        refused=result.get("refused", 0),
        communes=Counter(commune for commune, _slip in slips),
        slip_count=len(slips),
        most_slips=MOST_SLIPS,
    )


@blueprint.get("/accounts/in-bulk/<int:job_id>/print")
@requires(Permission.ACCOUNT_WRITE, own_preparing)
def print_many_slips(job: Job) -> Response:
    """The slips, eight to a page, by commune and village; made anew each time, kept nowhere."""
    code = request.args.get("commune")
    slips = [slip for commune, slip in slips_of(job) if code in (None, commune.code)]
    if not slips or len(slips) > MOST_SLIPS:
        abort(404)
    return Response(slips_as_pdf(slips, site_name()), mimetype="application/pdf")


def slips_of(job: Job) -> list[tuple[Label, Slip]]:
    """The slips of those whose present code this work gave, while it can be used, each with the
    commune it is for."""
    memberships = holders_of(my_scope(Permission.ACCOUNT_WRITE), wanted_of(job))
    slips = [(_commune(placed), _slip(placed, job.parameters["key"])) for placed in memberships]
    return [(commune, slip) for commune, slip in slips if commune and slip]


def _commune(placed: PlacedMembership) -> Label | None:
    """What the commune is called in which a member's team stands."""
    step = placed.trail.get(Level.COMMUNE)
    return step.label if step else None


def _slip(placed: PlacedMembership, key: str) -> Slip | None:
    """The slip of one member, if the key gave the present code."""
    levels = [level for level in (Level.VILLAGE, Level.COMMUNE) if level in placed.trail]
    place = join_words([placed.trail[level].label.full_name for level in levels])
    user = placed.membership.person.user
    return slip_of(user, place, key) if user else None
