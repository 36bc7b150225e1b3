"""Registering teams by a decision, and the page of a decision with its teams."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flask import abort, current_app, render_template, request, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.models import Area, AreaName
from tcns.areas.places import label_of, trails
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import format_day, ngettext
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams import area_queries
from tcns.teams.blueprint import blueprint, in_a_sentence, usual_issuer
from tcns.teams.decisions import queries as decision_queries
from tcns.teams.decisions.choosing import decision_on_file
from tcns.teams.lifecycle.establish.forms import EstablishForm, Offer, form_for
from tcns.teams.lifecycle.establish.operations import (
    Registration,
    register_teams,
    registration_violations,
)
from tcns.teams.lifecycle.roster_forms import wanted_rows
from tcns.teams.models import EstablishingDecision, Team
from tcns.web.idempotency import lead_to, submit_once

EMPTY_ROWS, FIRST_ROWS = 1, 5  # where villages are listed, and where none is yet


class Where(NamedTuple):
    """The commune in which teams are registered, its name, and the area asked for."""

    commune: Area
    label: areas.Label
    asked: Area


@blueprint.route("/teams/establish", methods=["GET", "POST"])
@requires(Permission.TEAM_WRITE)
def establish_teams() -> Response | str:
    """Register teams of a commune and its villages, established by one decision."""
    where = _where()
    if where is None:
        return render_template(
            "teams/lifecycle/establish/establish_teams.html", where=None, communes=_communes()
        )
    decisions = decision_queries.decisions_of(my_scope(Permission.TEAM_READ), where.commune.id)
    form = _form(where, decisions)
    if form.is_submitted() and "more" not in request.form:
        answer = _register(form, where)
        if answer:
            return answer
    return render_template(
        "teams/lifecycle/establish/establish_teams.html",
        form=form,
        where=where,
        commune_name=in_a_sentence(where.label.full_name),
    )


def _form(where: Where, decisions: Sequence[EstablishingDecision]) -> EstablishForm:
    """The form of a commune, filled as it usually is."""
    offers = _offers(where)
    few = EMPTY_ROWS if len(offers) > 1 else FIRST_ROWS
    rows = wanted_rows(request.form.get("rows"), few, more="more" in request.form)
    form = form_for(
        offers,
        rows,
        areas=[offer.area_id for offer in offers if _is_asked_for(offer, where)],
        issuer=usual_issuer(where.label.full_name),
    )
    form.offer_decisions(decisions)
    return form


def _is_asked_for(offer: Offer, where: Where) -> bool:
    """Whether the address names this area, and it has no team yet."""
    return "area" in request.args and offer.area is where.asked and not offer.has_team


def _offers(where: Where) -> list[Offer]:
    """The commune and its villages, with the usual names of their teams."""
    day, scope = areas.map_day(), my_scope(Permission.TEAM_WRITE)
    own = [pair for pair in area_queries.communes_in(scope, day) if pair[0] is where.commune]
    found = [*own, *area_queries.villages_in(scope, where.commune, day)]
    taken = area_queries.with_team(scope, [area.id for area, _name in found], today())
    return [
        Offer(area.id, area, name.full_name, _team_name(name), area.id in taken)
        for area, name in found
    ]


def _team_name(name: AreaName) -> str:
    """What a team of an area is usually called."""
    return f"{_usual_name()} {name.kind} {name.name}"


def _usual_name() -> str:
    """What the province calls its teams, in Vietnamese: the name stands in decisions."""
    return str(current_app.config["TCNS"].team_name_vi)


def _where() -> Where | None:
    """The commune of the area asked for, or the visitor's only one; None if there are several."""
    day, scope = areas.map_day(), my_scope(Permission.TEAM_WRITE)
    if "area" not in request.args:
        communes = _communes()
        return communes[0] if len(communes) == 1 else None
    asked = areas.area_by_code(request.args["area"], day)
    if asked is None or not scope.covers(asked):
        abort(404)
    step = trails([asked.id], day)[asked.id].get(Level.COMMUNE)
    commune = areas.area_by_code(step.label.code, day, level=Level.COMMUNE) if step else None
    if step is None or commune is None or not scope.covers(commune):
        abort(404)
    return Where(commune, step.label, asked)


def _communes() -> list[Where]:
    """The communes in which the visitor may register teams."""
    found = area_queries.communes_in(my_scope(Permission.TEAM_WRITE), areas.map_day())
    return [Where(area, label_of(name), area) for area, name in found]


def _registration(form: EstablishForm, where: Where) -> Registration | None:
    """What was typed, so far as it can be understood; None where nothing of it can."""
    scope = my_scope(Permission.TEAM_WRITE)
    if not all(scope.covers(offer.area) for offer in form.chosen_offers()):
        abort(404)
    decision = decision_on_file(form)
    issued_on = decision.issued_on if decision else form.issued_on.data
    first_day = form.chosen_day(issued_on)
    if first_day is None or form.first_day.errors:
        return None
    return Registration(
        where.commune,
        decision or form.decision_text(),
        form.new_teams(first_day, _usual_name()),
        first_day,
        form.second_reason.data or None,
    )


def _register(form: EstablishForm, where: Where) -> Response | None:
    """Establish the teams and lead to where their members are added; None where that fails."""
    return submit_once(
        form,
        lambda: _register_teams(form, where),
        lambda teams: lead_to(_teams_url(teams), _established(teams)),
        besides=lambda: _violations(form, where),
    )


def _register_teams(form: EstablishForm, where: Where) -> Sequence[Team]:
    wanted = _registration(form, where)
    assert wanted is not None, "a form without errors has a first day"
    return register_teams(wanted, by=current_user)


def _violations(form: EstablishForm, where: Where) -> Iterable[RuleViolation]:
    """Why the teams cannot be established so, as far as that can be understood."""
    wanted = _registration(form, where)
    return registration_violations(wanted) if wanted else ()


def _teams_url(teams: Sequence[Team]) -> str:
    """Where members are added: the page of the one team, or that of all of them."""
    if len(teams) == 1:
        return url_for("teams.show_team", team_id=teams[0].id)
    return url_for("teams.show_decision", decision_id=teams[0].decisions[0].decision_id)


def _established(teams: Sequence[Team]) -> str:
    """What was done."""
    day = format_day(teams[0].valid_from)
    if len(teams) == 1:
        return _("%(team)s is registered from %(day)s on.", team=teams[0].name, day=day)
    return ngettext(
        "%(num)s team is registered from %(day)s on.",
        "%(num)s teams are registered from %(day)s on.",
        len(teams),
        day=day,
    )
