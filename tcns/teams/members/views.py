"""Members: adding them one after the other, changing a role, ending a membership."""

from datetime import date

from flask import flash, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas.places import usual_map
from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.blueprint import blueprint, size_limits
from tcns.teams.decisions import queries as decision_queries
from tcns.teams.members import operations as member_operations
from tcns.teams.members.forms import EndForm, MemberForm, MembershipForm, RoleForm
from tcns.teams.members.person_operations import add_person, person_by_id
from tcns.teams.members.person_queries import KnownPerson, known_persons
from tcns.teams.members.rules import change_violations, held_when, joining_violations
from tcns.teams.models import EstablishingDecision, Membership, Person, Team
from tcns.teams.vocabulary import MemberRole
from tcns.web.editing import EditingForm
from tcns.web.idempotency import lead_to, submit_once


@blueprint.route("/teams/<int:team_id>/members/add", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Team)
def add_member(team: Team) -> Response | str:
    """Add a member: somebody new, or one of those on file who may be meant."""
    members = queries.members_on(my_scope(Permission.PERSON_READ), team, _day_in(team))
    form = _member_form(team, members)
    answer = _add(form, team)
    return answer or render_template(
        "teams/members/add_member.html", form=form, team=team, members=members
    )


def _member_form(team: Team, members: list[Membership]) -> MemberForm:
    """The form as it usually is: the first member leads, the next ones begin on the same day."""
    leads = any(member.member_role is MemberRole.LEADER for member in members)
    form = MemberForm(
        role=MemberRole.MEMBER if leads else MemberRole.LEADER,
        first_day=_said_day() or (today() if members else team.valid_from),
    )
    return form.offer_known(_known(form, team))


def _known(form: MemberForm, team: Team) -> list[KnownPerson]:
    """Who is on file and may be meant by what was typed."""
    if not form.is_submitted() or not form.full_name.data or form.phone.process_errors:
        return []
    scope = my_scope(Permission.PERSON_READ)
    return known_persons(scope, team, form.person_text(), usual_map(today()))


def _said_day() -> date | None:
    """The day the address gives for the next of several members."""
    try:
        return date.fromisoformat(request.args.get("first_day", ""))
    except ValueError:
        return None


def _day_in(team: Team) -> date:
    """Today, or the nearest day on which the team exists."""
    last = team.last_day or today()
    return max(team.valid_from, min(today(), last))


def _add(form: MemberForm, team: Team) -> Response | None:
    """Add the member and lead on; None if that was not done."""
    return submit_once(
        form,
        lambda: member_operations.add_member(
            team, _person(form, team), form.spec(), by=current_user, decision=_decision(form, team)
        ),
        _added,
        besides=lambda: joining_violations(team, form.spec(), None) if form.has_spec() else (),
    )


def _decision(form: MemberForm, team: Team) -> EstablishingDecision | None:
    """The team's decision, on which the membership rests that begins with the team."""
    begins_with_team = form.first_day.data == team.valid_from
    return decision_queries.establishing_decision(team) if begins_with_team else None


def _added(membership: Membership) -> str:
    """Say what was done, and lead to the team, or to the form for the next one."""
    _flash_done(membership)
    team_id, day = membership.team_id, membership.valid_from.isoformat()
    if "another" in request.form:
        return url_for("teams.add_member", team_id=team_id, first_day=day)
    return url_for("teams.show_team", team_id=team_id)


def _person(form: MemberForm, team: Team) -> Person:
    """The person chosen of those on file, looked for again under the lock, or a new one."""
    chosen, known = form.chosen_person(), _known(form, team)
    if chosen is None and form.asked.names(known):
        return add_person(form.person_text(), team=team, by=current_user)
    if chosen is None:
        raise RuleViolation(_("Somebody like this has come on file just now. Look again."))
    if chosen not in {each.person_id for each in known}:
        raise RuleViolation(_("This person's details were changed in the meantime."), "known")
    return person_by_id(chosen)


def _flash_done(membership: Membership) -> None:
    """Say what was done, and that the team is now large."""
    team = membership.team
    flash(_is_now(membership), "success")
    members = queries.members_on(my_scope(Permission.PERSON_READ), team, _day_in(team))
    limit = size_limits().get(team.area.step)
    if limit and len(members) > limit:
        flash(
            _(
                "The team has %(count)s members; usually it has %(limit)s at most. It is saved all "
                "the same.",
                count=len(members),
                limit=limit,
            ),
            "warning",
        )


def _is_now(membership: Membership) -> str:
    """Who is what in the team, and since when."""
    return _(
        "%(name)s is in the team as %(role)s from %(day)s on.",
        name=membership.person.full_name,
        role=str(membership.member_role.label).lower(),
        day=format_day(membership.valid_from),
    )


def _team_url(membership: Membership) -> str:
    """The address of a member's team."""
    return url_for("teams.show_team", team_id=membership.team_id)


@blueprint.route("/memberships/<int:membership_id>/role", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Membership)
def change_role(membership: Membership) -> Response | str:
    """Give a member another role from a day on."""
    form = RoleForm.of(membership)
    answer = submit_once(
        form,
        lambda: member_operations.change_role(
            membership, form.spec(), version=form.version.data, by=current_user
        ),
        lambda changed: lead_to(_team_url(membership), _is_now(changed)),
        besides=lambda: change_violations(membership, form.spec()) if form.has_spec() else (),
    )
    return answer or render_template(
        "teams/members/change_role.html", form=form, membership=membership
    )


@blueprint.route("/memberships/<int:membership_id>/end", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Membership)
def end_membership(membership: Membership) -> Response | str:
    """End a membership on a day, inclusive."""
    form = EndForm.of(membership)
    answer = submit_once(
        form,
        lambda: member_operations.end_membership(
            membership,
            last_day=form.last_day.data,
            reason=form.reason.data or None,
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: lead_to(_team_url(membership), held_when(membership)),
    )
    return answer or render_template(
        "teams/members/end_membership.html", form=form, membership=membership
    )


@blueprint.route("/memberships/<int:membership_id>/correct", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Membership)
def correct_membership(membership: Membership) -> Response | str:
    """Put the days of a membership or the body represented right."""
    form = MembershipForm.of(membership)
    answer = submit_once(
        form,
        lambda: member_operations.correct_membership(
            membership,
            body=form.body.data or None,
            first_day=form.first_day.data,
            last_day=form.last_day.data,
            version=form.version.data,
            by=current_user,
        ),
        lambda _done: lead_to(_team_url(membership), held_when(membership)),
    )
    return answer or render_template(
        "teams/members/correct_membership.html", form=form, membership=membership
    )


@blueprint.route("/memberships/<int:membership_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Membership)
def withdraw_membership(membership: Membership) -> Response | str:
    """Take back a membership that was entered by mistake."""
    form, team_page = EditingForm.of(membership), _team_url(membership)
    name, team = membership.person.full_name, membership.team.name
    answer = submit_once(
        form,
        lambda: member_operations.withdraw_membership(
            membership, version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            team_page,
            _("The membership of %(name)s in %(team)s is removed.", name=name, team=team),
        ),
    )
    return answer or render_template(
        "teams/members/withdraw_membership.html", form=form, membership=membership
    )
