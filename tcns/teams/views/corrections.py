"""Putting right: a person, a membership, a team, a decision; taking back what was a mistake."""

from flask import abort, flash, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.audit.editing import EditingForm
from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import member_operations, operations
from tcns.teams.decision_forms import DecisionForm, TeamForm
from tcns.teams.decision_operations import correct_decision as put_decision_right
from tcns.teams.locks import lock
from tcns.teams.member_forms import MembershipForm, PersonForm
from tcns.teams.member_rules import held_when
from tcns.teams.models import EstablishingDecision, Membership, Person, Team
from tcns.teams.person_operations import correct_person as put_person_right
from tcns.teams.views.reading import is_kept_here
from tcns.teams.views.root import blueprint
from tcns.web.replay import done_once


@blueprint.route("/persons/<int:person_id>/correct", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Person)
def correct_person(person: Person) -> Response | str:
    """Put a person's name, phone or year of birth right, where the person is kept."""
    if not is_kept_here(person):
        abort(403)
    form = PersonForm.of(person)

    def operate() -> str:
        form.expect_current()
        put_person_right(person, form.person_text(), by=current_user)
        flash(_("The details of %(name)s are put right.", name=person.full_name), "success")
        return url_for("teams.show_person", person_id=person.id)

    answer = done_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template("teams/correct_person.html", form=form, person=person)


@blueprint.route("/memberships/<int:membership_id>/correct", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Membership)
def correct_membership(membership: Membership) -> Response | str:
    """Put the days of a membership or the body represented right."""
    form = MembershipForm.of(membership)

    def operate() -> str:
        lock(membership.team)
        form.expect_current()
        member_operations.correct_membership(
            membership,
            body=form.body.data or None,
            first_day=form.first_day.data,
            last_day=form.last_day.data,
            by=current_user,
        )
        flash(held_when(membership), "success")
        return url_for("teams.show_team", team_id=membership.team_id)

    answer = done_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template(
        "teams/correct_membership.html", form=form, membership=membership
    )


@blueprint.route("/memberships/<int:membership_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE, Membership)
def withdraw_membership(membership: Membership) -> Response | str:
    """Take back a membership that was entered by mistake."""
    form, team_id = EditingForm.of(membership), membership.team_id

    def operate() -> str:
        lock(membership.team)
        form.expect_current()
        name, team = membership.person.full_name, membership.team.name
        member_operations.withdraw_membership(membership, by=current_user)
        done = _("The membership of %(name)s in %(team)s is taken back.", name=name, team=team)
        flash(done, "success")
        return url_for("teams.show_team", team_id=team_id)

    answer = done_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template(
        "teams/withdraw_membership.html", form=form, membership=membership
    )


@blueprint.route("/teams/<int:team_id>/correct", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def correct_team(team: Team) -> Response | str:
    """Put a team's name or first day right."""
    form = TeamForm.of(team)

    def operate() -> str:
        form.expect_current()
        operations.correct_team(
            team, name=form.name.data, first_day=form.first_day.data, by=current_user
        )
        flash(_("%(team)s is put right.", team=team.name), "success")
        return url_for("teams.show_team", team_id=team.id)

    answer = done_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template("teams/correct_team.html", form=form, team=team)


@blueprint.route("/teams/<int:team_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def withdraw_team(team: Team) -> Response | str:
    """Take back a team that was entered by mistake."""
    form = EditingForm.of(team)

    def operate() -> str:
        form.expect_current()
        name = team.name
        operations.withdraw_team(team, by=current_user)
        flash(_("%(team)s is taken back.", team=name), "success")
        return url_for("teams.list_teams")

    answer = done_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template("teams/withdraw_team.html", form=form, team=team)


@blueprint.route("/decisions/<int:decision_id>/correct", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, EstablishingDecision)
def correct_decision(decision: EstablishingDecision) -> Response | str:
    """Put right what a decision says."""
    form = DecisionForm.of(decision)

    def operate() -> str:
        form.expect_current()
        put_decision_right(decision, form.decision_text(), by=current_user)
        flash(_("Decision No. %(number)s is put right.", number=decision.number), "success")
        return url_for("teams.show_decision", decision_id=decision.id)

    answer = done_once(form, operate) if form.validate_on_submit() else None
    return answer or render_template("teams/correct_decision.html", form=form, decision=decision)
