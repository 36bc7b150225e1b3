"""What a phone asks the server: whose it is, what it needs without signal, to take a session."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from tcns.activities.content import ActivityText
from tcns.activities.doubts import session_like
from tcns.activities.entry import queries as entry_queries
from tcns.activities.models import Activity
from tcns.activities.views.review import activity_url
from tcns.clock import now, today
from tcns.errors import RuleViolation
from tcns.i18n import format_day, format_moment
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires, signed_in
from tcns.permissions.vocabulary import Permission
from tcns.phone import queries
from tcns.phone.account_keys import owner_name, sealing_key
from tcns.phone.forms import SentSessionForm, named_indicators
from tcns.phone.operations import Received, receive_session
from tcns.phone.vocabulary import Outcome
from tcns.teams.models import Team
from tcns.web.idempotency import write_once

blueprint = Blueprint("phone", __name__)
Answer = tuple[Response, int]


def phone_owner() -> str:
    """The name by which phones know who is signed in; empty for nobody."""
    if not current_user.is_authenticated:
        return ""
    return owner_name(str(current_app.secret_key), current_user.id)


@blueprint.get("/phone/account")
@signed_in
def show_account() -> Response:
    """Who is signed in, as a phone knows them, with the token to send by and the key that seals."""
    return jsonify(
        owner=phone_owner(),
        key=sealing_key(str(current_app.secret_key), current_user.id),
        token=generate_csrf(),
        now=now().isoformat(),
    )


@blueprint.get("/phone/snapshot")
@requires(Permission.ACTIVITY_WRITE)
def show_snapshot() -> Response:
    """What logging needs without signal: the member's own teams and what is counted, no more."""
    teams = queries.own_teams(my_scope(Permission.ACTIVITY_WRITE), today())
    indicators = entry_queries.indicators_on(today())
    return jsonify(
        owner=phone_owner(),
        today=today().isoformat(),
        teams=[_team_in_short(team) for team in teams],
        indicators=[one._asdict() for one in indicators],
    )


def _team_in_short(team: Team) -> dict[str, Any]:
    """A team as the form without signal needs it."""
    return {
        "id": team.id,
        "name": team.name,
        "place": queries.place_of(team, today()),
        "members": [one._asdict() for one in entry_queries.members_to_help(team, today())],
        "usual": _usual(team),
    }


def _usual(team: Team) -> dict[str, Any]:
    """What the next session is likely to be: as the last one, with whoever logs it."""
    mine = entry_queries.own_membership(team, current_user.id, today())
    last = entry_queries.last_time(team, today())
    if last is None:
        return {"helpers": sorted(mine)}
    return {
        "held_on": last.held_on.isoformat(),
        "kind": last.kind,
        "form": last.form,
        "topics": sorted(last.topics),
        "helpers": sorted(last.helpers | mine),
    }


@blueprint.post("/phone/sessions")
@signed_in
def take_session() -> Answer:
    """Take a session that was logged on a phone, once however often it is sent.

    It is answered in a word of `Outcome`; whatever else comes back has done nothing that the
    phone may count on.
    """
    if not (my_scope(Permission.ACTIVITY_WRITE) or queries.has_ever_been_member(current_user)):
        return _refused(_sent_form(), HTTPStatus.FORBIDDEN)
    form = _sent_form()
    if form.owner.data != phone_owner():
        return jsonify(outcome=Outcome.NOT_MINE), HTTPStatus.OK
    if not form.validate():
        return _refused(form)
    try:
        return write_once(lambda: _taken(form, _receive(form)))
    except RuleViolation as broken:
        form.add_error(broken)
    return _refused(form)


def _sent_form() -> SentSessionForm:
    """The form that was sent, with a field for every amount it tells."""
    offered = queries.indicators_named(named_indicators(request.form))
    return SentSessionForm.counting(offered)()


def _receive(form: SentSessionForm) -> Received:
    """Take the session, if whoever is signed in may log for its team on its day."""
    day, scope = form.day or today(), my_scope(Permission.ACTIVITY_WRITE)
    team = queries.team_that_day(scope, current_user, form.team.data, day)
    if team is None:
        message = _("You were not in this team on %(day)s.", day=format_day(day))
        raise RuleViolation(message, "held_on")
    return receive_session(
        team,
        _text(form, team),
        client_key=form.client_key.data,
        by=current_user,
        replaces=form.replaces.data or None,
        device=form.device(),
    )


def _text(form: SentSessionForm, team: Team) -> ActivityText:
    """What the form tells, its helpers by their memberships of the session's day."""
    text = form.text()
    helpers = entry_queries.memberships_that_day(team, set(text.helpers), text.held_on)
    return replace(text, helpers=helpers)


def _taken(form: SentSessionForm, received: Received) -> Answer:
    """What the phone is told of a session that is on file now, or that is there otherwise."""
    activity = received.activity
    answer = {
        "outcome": received.outcome,
        "address": activity_url(activity),
        "status": activity.status,
        "moment": format_moment(activity.submitted_at or activity.entered_at),
        "version": activity.version,
    }
    if received.outcome is Outcome.CONFLICT:
        form.offer_helpers(_helpers_of(activity))
        return jsonify(**answer, fields=form.beside(activity)), HTTPStatus.OK
    twin = session_like(activity)
    return jsonify(**answer, twin=format_day(twin.held_on) if twin else None), HTTPStatus.OK


def _helpers_of(activity: Activity) -> list[entry_queries.Offered]:
    """The names of who is meant by either version."""
    return entry_queries.members_to_help(activity.team, activity.held_on)


def _refused(form: SentSessionForm, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """Why nothing was written."""
    return jsonify(outcome=Outcome.REFUSED, fields=form.wrong_fields), status
