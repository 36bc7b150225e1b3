"""One decision: what it did, and correcting what it says."""

from flask import render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.clock import today
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import queries as team_queries
from tcns.teams.blueprint import blueprint
from tcns.teams.decisions import queries as decision_queries
from tcns.teams.decisions.forms import DecisionForm
from tcns.teams.decisions.operations import correct_decision as put_decision_right
from tcns.teams.forms import DayForm
from tcns.teams.models import EstablishingDecision
from tcns.web.idempotency import lead_to, submit_once


@blueprint.route("/decisions/<int:decision_id>/correct", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE, EstablishingDecision)
def correct_decision(decision: EstablishingDecision) -> Response | str:
    """Correct what a decision says."""
    form = DecisionForm.of(decision)
    answer = submit_once(
        form,
        lambda: put_decision_right(
            decision, form.decision_text(), version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            url_for("teams.show_decision", decision_id=decision.id),
            _("Decision No. %(number)s is corrected.", number=decision.number),
        ),
    )
    return answer or render_template(
        "teams/decisions/correct_decision.html", form=form, decision=decision
    )


@blueprint.get("/decisions/<int:decision_id>")
@requires(Permission.TEAM_READ, EstablishingDecision)
def show_decision(decision: EstablishingDecision) -> str:
    """A decision and what it did to which teams, as these are on a day."""
    form = DayForm.from_address()
    on = form.settle("on", today())
    effects = decision_queries.teams_by(my_scope(Permission.TEAM_READ), decision)
    ids = [team.id for _effect, team in effects]
    return render_template(
        "teams/decisions/show_decision.html",
        form=form,
        decision=decision,
        effects=effects,
        on=on,
        counts=team_queries.member_counts(my_scope(Permission.PERSON_READ), ids, on),
    )
