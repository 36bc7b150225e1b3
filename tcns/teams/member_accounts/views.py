"""Accounts for a team's members, and the slips to hand over."""

from flask import Response, abort, current_app, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response as Answer

from tcns.accounts.credentials.one_time_codes import derive_code, holds_code
from tcns.accounts.models import User
from tcns.accounts.slips import Slip, slips_as_pdf
from tcns.areas import queries as areas
from tcns.clock import now, today
from tcns.i18n import site_name
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint
from tcns.teams.member_accounts.forms import MemberAccountsForm
from tcns.teams.member_accounts.operations import issue_code_of_key, prepare_accounts
from tcns.teams.member_accounts.queries import members_with_accounts, persons_beyond
from tcns.teams.models import Membership, Team
from tcns.teams.queries import commune_of
from tcns.web.idempotency import submit_once


@blueprint.route("/teams/<int:team_id>/accounts", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_WRITE, Team)
def prepare_slips(team: Team) -> Answer | str:
    """Choose the members who get an account, or a new code for one never used."""
    members = members_with_accounts(my_scope(Permission.PERSON_READ), team, today())
    beyond = persons_beyond(my_scope(Permission.ACCOUNT_WRITE), members, today())
    form = MemberAccountsForm()
    form.offer([each for each in members if needs_slip(each) and each.person_id not in beyond])
    key, secret = form.idempotency_key.data, str(current_app.secret_key)
    answer = submit_once(
        form,
        lambda: prepare_accounts(
            [member for member in members if str(member.id) in form.members.data],
            home_area=commune_of(team),
            issue_code=lambda user: issue_code_of_key(user, key, secret=secret, by=current_user),
            by=current_user,
        ),
        lambda _done: url_for("teams.show_slips", team_id=team.id, key=key),
    )
    return answer or render_template(
        "teams/member_accounts/prepare_slips.html",
        team=team,
        form=form,
        members=members,
        beyond=beyond,
    )


@blueprint.get("/teams/<int:team_id>/slips")
@requires(Permission.ACCOUNT_WRITE, Team)
def show_slips(team: Team) -> str:
    """The slips just prepared, for as long as their codes can be used."""
    key = request.args.get("key", "")
    return render_template(
        "teams/member_accounts/show_slips.html", team=team, slips=slips_of(team, key), key=key
    )


@blueprint.get("/teams/<int:team_id>/slips/print")
@requires(Permission.ACCOUNT_WRITE, Team)
def print_slips(team: Team) -> Response:
    """The same slips to print, eight to a page."""
    slips = slips_of(team, request.args.get("key", ""))
    if not slips:
        abort(404)
    return Response(slips_as_pdf(slips, site_name()), mimetype="application/pdf")


def needs_slip(member: Membership) -> bool:
    """Whether a member has no account yet, or one never used."""
    user = member.person.user
    return user is None or (user.is_active and user.password_hash is None)


def slips_of(team: Team, key: str) -> list[Slip]:
    """The slips of the team's members whose present code belongs to the form with this key."""
    members = members_with_accounts(my_scope(Permission.PERSON_READ), team, today())
    place = areas.labels([team.area_id], areas.map_day())[team.area_id].full_name
    users = [member.person.user for member in members if member.person.user]
    return [slip for user in users if (slip := slip_of(user, place, key))]


def slip_of(user: User, place: str, key: str) -> Slip | None:
    """The slip of one account, if the key gives its present code."""
    secret, expires_at = str(current_app.secret_key), user.code_expires_at
    if not holds_code(secret, user.id, key, user.code_hash):
        return None
    if expires_at is None or expires_at <= now():
        return None
    address = url_for("accounts.activate", user_name=user.user_name, _external=True)
    code = derive_code(secret, user.id, key)
    return Slip(user.full_name, place, user.user_name, code, expires_at, address)
