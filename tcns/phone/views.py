"""What a phone asks the server: whose it is, what it needs without signal, to take a session."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from tcns.activities.content import ActivityText
from tcns.activities.doubts import session_like
from tcns.activities.entry import queries as entry_queries
from tcns.activities.entry.forms import EntryForm
from tcns.activities.models import Activity
from tcns.activities.photographs.operations import (
    add_photograph,
    digest_of,
    photograph_sent_before,
    receive_photograph,
)
from tcns.activities.review.views import activity_url
from tcns.clock import now, today
from tcns.closings.rules import MonthClosed
from tcns.config import ROOT
from tcns.errors import RuleViolation
from tcns.files.pictures import LARGEST_PICTURE, Fault, UnusablePicture
from tcns.files.store import StoreUnreachable
from tcns.i18n import format_day, format_moment, speak
from tcns.i18n import gettext as _
from tcns.periods import PeriodKind, period_holding
from tcns.permissions.guards import my_scope, public, requires, signed_in
from tcns.permissions.vocabulary import Permission
from tcns.phone import queries
from tcns.phone.account_keys import owner_name, sealing_key
from tcns.phone.forms import SentPhotographForm, SentSessionForm, named_indicators, wrong_fields
from tcns.phone.operations import Received, receive_session
from tcns.phone.shell import kept_by_worker, manifest, version_of
from tcns.phone.vocabulary import Outcome
from tcns.phone.words import LINE, SHELL, in_words
from tcns.teams.models import Team
from tcns.web.idempotency import write_once
from tcns.web.uploads import ROOM_FOR_FIELDS, takes_file

FOLDER = ROOT / "tcns" / "static" / "phone"
# Scripts that import each other by name lie under an address that changes with any of them.
blueprint = Blueprint(
    "phone", __name__, static_folder=FOLDER, static_url_path=f"/phone/static/{version_of(FOLDER)}"
)
Answer = tuple[Response, int]


@blueprint.record_once
def add_to_layouts(state: BlueprintSetupState) -> None:
    """Let the layouts name who is signed in, and bring the words of the line."""
    state.app.jinja_env.globals.update(phone_owner=phone_owner, phone_words=line_words)


@blueprint.get("/phone")
@public
def show_phone() -> str:
    """The notebook, the same for everybody: what lies on the phone is put in there."""
    form = EntryForm(formdata=None, meta={"csrf": False})
    return render_template("phone/show_phone.html", form=form, words=in_words(SHELL))


@blueprint.get("/sw.js")
@public
def show_worker() -> Response:
    """The worker of this version: what it keeps, and the digest by which a new one is told.

    Browsers ask for it without cookies: its address says in which language.
    """
    speak(request.args.get("language"))
    page = show_phone()
    text = render_template("phone/worker.js", kept=kept_by_worker(page, FOLDER))
    return Response(text, mimetype="text/javascript")


@blueprint.get("/manifest.webmanifest")
@public
def show_manifest() -> Response:
    """What a phone asks to put the site beside its applications."""
    answer = jsonify(manifest())
    answer.mimetype = "application/manifest+json"
    return answer


def line_words() -> dict[str, str]:
    """What the line under the band may say."""
    return in_words(LINE)


def phone_owner() -> str:
    """The name by which phones know who is signed in; empty for nobody."""
    if not current_user.is_authenticated:
        return ""
    return owner_name(str(current_app.secret_key), current_user.id)


@blueprint.get("/phone/account")
@signed_in
def show_account() -> Response:
    """Who is signed in, as a phone knows them, with the token to send by and the key that seals."""
    return jsonify(_account())


def _account() -> dict[str, str]:
    """The same as words."""
    return {
        "owner": phone_owner(),
        "key": sealing_key(str(current_app.secret_key), current_user.id),
        "token": generate_csrf(),
        "now": now().isoformat(),
    }


@blueprint.get("/phone/snapshot")
@requires(Permission.ACTIVITY_WRITE)
def show_snapshot() -> Response:
    """What logging needs without signal: the member's own teams and what is counted, no more.

    It tells the account as well: who begins to log asks once.
    """
    teams = queries.own_teams(my_scope(Permission.ACTIVITY_WRITE), today())
    indicators = entry_queries.indicators_on(today())
    return jsonify(
        **_account(),
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
    if not _may_log():
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
        return _refused(form, asks_at=_where_to_ask(broken))


@blueprint.post("/phone/photographs")
@takes_file(LARGEST_PICTURE + ROOM_FOR_FIELDS)
@signed_in
def take_photograph() -> Answer:
    """Take a photograph of a session that this account logged on a phone, once."""
    form = SentPhotographForm()
    if not _may_log():
        return _refused(form, HTTPStatus.FORBIDDEN)
    if form.owner.data != phone_owner():
        return jsonify(outcome=Outcome.NOT_MINE), HTTPStatus.OK
    if not form.validate():
        return _refused(form)
    try:
        _keep_photograph(form)
    except RuleViolation as broken:
        form.add_error(broken)
        return _refused(form)
    return jsonify(outcome=Outcome.ACCEPTED), HTTPStatus.OK


def _keep_photograph(form: SentPhotographForm) -> None:
    """Draw the picture anew and add it, unless it is there since an earlier sending."""
    activity = queries.own_session_sent_as(current_user, form.session.data)
    if activity is None:
        raise RuleViolation(_("There is no session to which this photograph belongs."))
    key, content = form.photograph_key.data, form.file.data.stream.read(LARGEST_PICTURE + 1)
    if photograph_sent_before(activity, client_key=key, digest=digest_of(content)):
        return
    try:
        received = receive_photograph(content)
    except UnusablePicture as unusable:
        if unusable.fault is Fault.SLOW:  # the phone made it small: it is the server that is slow
            raise StoreUnreachable from unusable
        raise
    sent = {"client_key": key, "by": current_user, "has_waited": True}
    write_once(lambda: add_photograph(activity, received, **sent))


def _may_log() -> bool:
    """Whether whoever is signed in logs sessions, or did: what they have yet to send is theirs."""
    return bool(my_scope(Permission.ACTIVITY_WRITE)) or queries.has_ever_been_member(current_user)


def _sent_form() -> SentSessionForm:
    """The form that was sent, with a field for every amount it tells."""
    offered = queries.indicators_named(named_indicators(request.form))
    return SentSessionForm.counting(tuple(offered))()


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


def _refused(
    form: SentSessionForm | SentPhotographForm,
    status: HTTPStatus = HTTPStatus.OK,
    asks_at: str | None = None,
) -> Answer:
    """Why nothing was written, and where one asks for what would change that."""
    answer = {"outcome": Outcome.REFUSED, "fields": wrong_fields(form)}
    return jsonify(answer | ({"asks_at": asks_at} if asks_at else {})), status


def _where_to_ask(broken: RuleViolation) -> str | None:
    """Where one asks to have the month opened that is closed, as one may who logs for its team."""
    closed = next((each for each in broken.each if isinstance(each, MonthClosed)), None)
    if closed is None or not my_scope(Permission.ACTIVITY_WRITE).covers(closed.team):
        return None
    month = period_holding(PeriodKind.MONTH, closed.day).name
    return url_for("closings.ask_to_reopen", team_id=closed.team.id, month=month)
