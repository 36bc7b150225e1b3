"""Re-forming a team by a decision."""

from collections.abc import Iterable
from datetime import date

from flask import render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas.models import Area
from tcns.areas.places import usual_map
from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries
from tcns.teams.blueprint import blueprint, warn_without_leader
from tcns.teams.decisions.choosing import decision_on_file, offer_decisions, take_decision
from tcns.teams.lifecycle.reform.forms import NewRow, ReformForm, reform_form_for
from tcns.teams.lifecycle.reform.operations import Newcomer, Reformation, reformation_violations
from tcns.teams.lifecycle.reform.operations import reform_team as re_form
from tcns.teams.lifecycle.roster import present_members
from tcns.teams.lifecycle.roster_forms import wanted_rows
from tcns.teams.members.person_operations import PersonText, person_by_id
from tcns.teams.members.person_queries import KnownPerson, known_persons
from tcns.teams.models import Person, Team
from tcns.undo.models import Reversible
from tcns.undo.offering import offer_undo
from tcns.web.idempotency import submit_once

FIRST_ROWS = 3


@blueprint.route("/teams/<int:team_id>/reform", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, Team)
def reform_team(team: Team) -> Response | str:
    """Re-form a team by a decision: who stays, in what role, and who joins."""
    issuer = queries.commune_of(team)
    form = _form(team, issuer)
    compares = "compare" in request.form
    if form.is_submitted() and "more" not in request.form and not compares:
        answer = _reform(form, team, issuer)
        if answer:
            return answer
    return render_template(
        "teams/lifecycle/reform/reform_team.html", form=form, team=team, compares=compares
    )


def _form(team: Team, issuer: Area) -> ReformForm:
    """The form with the members as they are now."""
    rows = wanted_rows(request.form.get("rows"), FIRST_ROWS, more="more" in request.form)
    form = reform_form_for(team, present_members(team), rows)
    offer_decisions(form, issuer)
    form.offer_known(lambda text: _known(team, text))
    return form


def _known(team: Team, text: PersonText) -> list[KnownPerson]:
    """Who is on file and may be meant by what was typed of somebody who joins."""
    scope = my_scope(Permission.PERSON_READ)
    return known_persons(scope, team, text, usual_map(today()))


def _reform(form: ReformForm, team: Team, issuer: Area) -> Response | None:
    """Re-form the team and lead to it; None where that fails, and the form says why."""
    return submit_once(
        form,
        lambda: _re_form(form, team, issuer),
        lambda done: _reformed(form, team, done),
        besides=lambda: _violations(form, team),
    )


def _re_form(form: ReformForm, team: Team, issuer: Area) -> Reversible:
    decision = take_decision(form, issuer)
    wanted = _reformation(form, team)
    assert wanted is not None, "a form without errors has a day"
    return re_form(wanted, decision=decision, version=form.version.data, by=current_user)


def _reformed(form: ReformForm, team: Team, done: Reversible) -> str:
    """Say what was done and how to undo it; lead to the team."""
    day = format_day(_first_day(form))
    offer_undo(_("%(team)s is re-formed from %(day)s on.", team=team.name, day=day), done)
    warn_without_leader(team)
    return url_for("teams.show_team", team_id=team.id)


def _violations(form: ReformForm, team: Team) -> Iterable[RuleViolation]:
    """Why the team cannot be re-formed so, as far as that can be understood."""
    wanted = _reformation(form, team)
    return reformation_violations(wanted) if wanted else ()


def _first_day(form: ReformForm) -> date | None:
    """The day from which it holds: the one typed, else that of the decision."""
    decision = decision_on_file(form)
    return form.chosen_day(decision.issued_on if decision else form.issued_on.data)


def _reformation(form: ReformForm, team: Team) -> Reformation | None:
    """What was typed, so far as it can be understood; None without a day."""
    first_day = _first_day(form)
    if first_day is None or form.first_day.errors:
        return None
    joining = [row for row in form.new_rows() if row.is_understood()]
    newcomers = [Newcomer(_person(team, row), *row.spec(), row.key) for row in joining]
    return Reformation(team, first_day, form.roster(), newcomers, form.listed.data or "")


def _person(team: Team, row: NewRow) -> Person | PersonText:
    """The person chosen of those on file, looked for again, or what is known of a new one."""
    chosen, known = row.chosen_person(), _known(team, row.person_text())
    if chosen is None and row.asked.names(known):
        return row.person_text()
    if chosen not in {each.person_id for each in known}:
        message = _("This person's details were changed in the meantime.")
        raise RuleViolation(message, f"{row.key}_known")
    return person_by_id(chosen)
