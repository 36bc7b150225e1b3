"""Pages of home: the first page of each role, and the choice of language."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from werkzeug import Response

from tcns.areas.places import Place, usual_map
from tcns.checks.counting import Found
from tcns.checks.for_visitor import found_at_once, url_of
from tcns.clock import today
from tcns.coverage import links, questions
from tcns.coverage.queries import coverage
from tcns.home import queries
from tcns.home.frame import register_frame
from tcns.i18n import LANGUAGE_COOKIE, LANGUAGES
from tcns.periods import reporting_month
from tcns.permissions.guards import my_scope, public, signed_in
from tcns.permissions.scope import NOTHING, Scope
from tcns.permissions.vocabulary import Permission
from tcns.reports.views import reports_due
from tcns.silence.views import worst_silent
from tcns.teams.queries import TeamRow
from tcns.web.addresses import local_path
from tcns.web.form_restore import is_resumed
from tcns.web.kept_pages import kept_page

blueprint = Blueprint("home", __name__)
ONE_YEAR = 365 * 24 * 3600


@blueprint.record_once
def add_frame(state: BlueprintSetupState) -> None:
    """Give the layouts what the frame of every page says."""
    register_frame(state.app)  # type: ignore[arg-type]


@blueprint.get("/")
@signed_in
def show_home() -> str:
    """What is mine, and what waits for me: a part for each thing the visitor does here."""
    return first_page() if reads_the_trail() else kept_first_page()


def first_page() -> str:
    """The page anew: an auditor's tells what was done last, which no version tells of."""
    parts = {
        "member": as_member(),
        "official": as_official(),
        "reviewer": as_reviewer(),
        "auditor": as_auditor(),
    }
    return render_template(
        "home/show_home.html",
        on=today(),
        map_on=usual_map(today()),
        month=reporting_month(today()),
        is_idle=not any(parts.values()),
        ended=[] if any(parts.values()) else queries.roles_without_effect(current_user, today()),
        long_silent=worst_silent() if parts["official"] or parts["reviewer"] else None,
        attention=needing_attention() if parts["official"] or parts["reviewer"] else [],
        url_of=url_of,
        due=reports_due(),
        **parts,
    )


kept_first_page = kept_page("areas", "teams", "activities", "accounts", "sign_ins", "duplicates")(
    first_page
)


def as_member() -> dict[str, Any] | None:
    """For members of teams: their own page, their teams and the latest sessions of these."""
    own = Scope(teams=my_scope(Permission.ACTIVITY_WRITE).teams)
    if not own:
        return None
    may_correct = Scope(teams=my_scope(Permission.ACTIVITY_CORRECT).teams)
    return {
        "person": queries.own_person(current_user),
        "teams": queries.own_teams(own, today()),
        "sessions": queries.latest_sessions(own),
        "unfinished": queries.unfinished_sessions(own, may_correct, current_user),
    }


def as_official() -> dict[str, Any] | None:
    """For those who keep the teams of a commune: the teams, villages without one, silent ones,
    what to review."""
    scope = my_scope(Permission.TEAM_WRITE)
    if not scope or scope.everything:
        return None
    teams = queries.teams_on(scope, today())
    return {
        "teams": teams,
        "silent": silent(teams, today()),
        "villages": queries.villages_without_team(scope, today()),
        "waiting": queries.waiting_sessions(my_scope(Permission.ACTIVITY_REVIEW)),
        "asked_back": queries.asked_back_sessions(my_scope(Permission.ACTIVITY_REVIEW)),
        "unfinished": queries.unfinished_sessions(
            Scope(areas=my_scope(Permission.ACTIVITY_WRITE).areas), NOTHING, current_user
        ),
    }


def silent(teams: Sequence[TeamRow], on: date) -> list[TeamRow]:
    """Of some teams those without a counted session in the reporting month, the longest first."""
    first = reporting_month(on).first
    without = [row for row in teams if not row.last_session_on or row.last_session_on < first]
    return sorted(without, key=lambda row: row.last_session_on or date.min)


def as_reviewer() -> dict[str, Any] | None:
    """For those who look at more than a commune: the figures of coverage, villages without a
    team."""
    scope = my_scope(Permission.COVERAGE_READ)
    if not scope or (my_scope(Permission.TEAM_WRITE) and not scope.everything):
        return None
    question = questions.ask(scope, questions.Wish())
    answer = coverage(scope, question)
    list_url = links.list_urls(question, answer.total.code)
    return {
        "question": question,
        "total": answer.total,
        "measures": {measure.key: measure for measure in question.measures},
        "list_url": lambda measure: list_url(answer.total, measure),
        "villages": queries.villages_without_team(scope, today()),
    }


def needing_attention() -> list[Found]:
    """The checks that find something, and how much."""
    return [found for found in found_at_once(Place(usual_map(today()))) if found.total]


def as_auditor() -> dict[str, Any] | None:
    """For those who read the audit trail and administer nothing: its latest events."""
    if not reads_the_trail():
        return None
    return {"events": queries.latest_events(my_scope(Permission.AUDIT_READ))}


def reads_the_trail() -> bool:
    """Whether the visitor reads the audit trail and administers nothing."""
    return bool(my_scope(Permission.AUDIT_READ)) and not my_scope(Permission.ACCOUNT_WRITE)


@blueprint.post("/language")
@public
def switch_language() -> Response:
    """Keep the visitor's choice of language for a year and return to the page it was made on.

    What was typed into a form there goes along: the browser sends it on to that page.
    """
    way = HTTPStatus.TEMPORARY_REDIRECT if is_resumed() else HTTPStatus.FOUND
    answer = redirect(local_path(request.form.get("back")), way)
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE,
            chosen,
            max_age=ONE_YEAR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return answer
