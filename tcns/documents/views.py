"""Documents that records give: of a team, a commune, a member, a session, a decision."""

from datetime import date

from flask import Response, render_template
from flask_login import current_user
from werkzeug import Response as Redirect

from tcns.activities.models import Activity
from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.documents import jobs
from tcns.documents.blueprint import blueprint
from tcns.documents.decision_queries import Decided, decision_on_file, draft_decision
from tcns.documents.forms import CertificateForm, DraftForm, MemberListsForm, MembersForm
from tcns.documents.member_queries import (
    certificate,
    commune_list,
    issuing_area,
    team_list,
    teams_to_list,
)
from tcns.documents.sending import own_zip, send_letter, send_zip
from tcns.documents.session_queries import minutes
from tcns.i18n import gettext as _
from tcns.jobs.models import Job
from tcns.jobs.views import job_url
from tcns.periods import Period
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.models import EstablishingDecision, Membership, Team
from tcns.teams.vocabulary import Purpose
from tcns.web.idempotency import lead_to, submit_once


@blueprint.get("/teams/<int:team_id>/documents")
@requires(Permission.PERSON_EXPORT, Team)
def show_team_documents(team: Team) -> str:
    """The documents that there are of a team."""
    form = MembersForm.from_address()
    return render_template(
        "documents/show_team_documents.html",
        team=team,
        on=form.on.data or _last_day(team),
        purposes=[Purpose.ESTABLISH, Purpose.REFORM, Purpose.AMEND, Purpose.DISSOLVE],
    )


def _last_day(team: Team) -> date:
    """Today, or the last day of a team that is gone."""
    return min(today(), team.last_day or today())


@blueprint.get("/teams/<int:team_id>/documents/members")
@requires(Permission.PERSON_EXPORT, Team)
def send_team_list(team: Team) -> Response:
    """The list of a team's members on a day."""
    form = MembersForm.from_address()
    on = form.on.data or _last_day(team)
    listed = team_list(
        my_scope(Permission.PERSON_EXPORT), team, on, with_phones=bool(form.phones.data)
    )
    return send_letter(listed.letter, area_id=team.area_id, persons=listed.persons)


@blueprint.get("/teams/<int:team_id>/documents/decision")
@requires(Permission.TEAM_WRITE, Team)
def send_draft_decision(team: Team) -> Response:
    """The draft of a decision about a team, with its members of today as the list."""
    wanted = DraftForm.from_address().purpose.data
    decided = Decided(Purpose(wanted or Purpose.ESTABLISH), [team], _last_day(team))
    area = issuing_area(team, decided.on)
    listed = draft_decision(my_scope(Permission.PERSON_EXPORT), area, decided)
    return send_letter(listed.letter, area_id=area.id, persons=listed.persons)


@blueprint.get("/decisions/<int:decision_id>/document")
@requires(Permission.TEAM_WRITE, EstablishingDecision)
def send_decision(decision: EstablishingDecision) -> Response:
    """A decision on file as a document, with its list as of its day."""
    listed = decision_on_file(my_scope(Permission.PERSON_EXPORT), decision)
    return send_letter(listed.letter, area_id=decision.area_id, persons=listed.persons)


def commune_by_code(code: str) -> Area | None:
    """The commune that bears the code on the map."""
    return areas.area_by_code(code, areas.map_day(), level=Level.COMMUNE)


@blueprint.get("/areas/<string:code>/documents/members")
@requires(Permission.PERSON_EXPORT, commune_by_code)
def send_commune_list(commune: Area) -> Response:
    """The list of the members of all teams of a commune on a day."""
    form = MembersForm.from_address()
    on = form.on.data or usual_map(today())
    scope = my_scope(Permission.PERSON_EXPORT)
    teams = teams_to_list(scope, commune, on)
    listed = commune_list(scope, commune, teams, on, with_phones=bool(form.phones.data))
    return send_letter(listed.letter, area_id=commune.id, persons=listed.persons)


def listed_area_by_code(code: str) -> Area | None:
    """The commune or the province that bears the code on the map."""
    area = areas.area_by_code(code, areas.map_day())
    return area if area and area.step in (Level.PROVINCE, Level.COMMUNE) else None


@blueprint.route("/areas/<string:code>/documents/all-members", methods=["GET", "POST"])
@requires(Permission.PERSON_EXPORT, listed_area_by_code)
def order_member_lists(area: Area) -> Redirect | str:
    """All lists of members of a commune or of the province in one ZIP, as long work."""
    form, by = MemberListsForm(), current_user._get_current_object()
    answer = submit_once(
        form,
        lambda: jobs.order_member_lists(
            my_scope(Permission.PERSON_EXPORT), area, with_phones=bool(form.phones.data), by=by
        ),
        lambda job: lead_to(job_url(job), _("The lists are written.")),
    )
    label = areas.labels([area.id], areas.map_day())[area.id]
    return answer or render_template(
        "documents/order_member_lists.html", form=form, area=area, label=label
    )


def own_member_lists(job_id: int) -> Job | None:
    """The visitor's own job that wrote lists of members."""
    return own_zip(job_id, jobs.MEMBER_LISTS)


@blueprint.get("/documents/member-lists/<int:job_id>")
@requires(Permission.PERSON_EXPORT, own_member_lists)
def send_member_lists(job: Job) -> Response:
    """The ZIP of the lists of members that a job has written."""
    return send_zip(job)


@blueprint.get("/memberships/<int:membership_id>/certificate")
@requires(Permission.PERSON_EXPORT, Membership)
def send_certificate(membership: Membership) -> Response:
    """That a member served, and on how many days they helped."""
    begun = Period(membership.valid_from, min(today(), membership.last_day or today()))
    period = CertificateForm.from_address().period(begun)
    letter = certificate(membership, period)
    return send_letter(letter, area_id=membership.team.area_id, persons=1)


@blueprint.get("/activities/<int:activity_id>/minutes")
@requires(Permission.ACTIVITY_READ, Activity)
def send_minutes(activity: Activity) -> Response:
    """The minutes of a session."""
    return send_letter(minutes(activity), area_id=activity.team.area_id)
