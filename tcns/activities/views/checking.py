"""The page that shows a session before it is submitted, as it will be stored, and asks what is
doubtful of it. Nothing is stored: everything typed goes along in the form."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug import Response

from tcns.activities.content import ActivityText
from tcns.activities.doubts import session_on_file_like
from tcns.activities.entry.forms import EntryForm
from tcns.activities.entry.rules import figures_in_doubt
from tcns.activities.models import Activity
from tcns.activities.vocabulary import TwinAnswer
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.teams.models import Team

# What the buttons say that lead to this page, and on from it.
REVIEW, SEND = "review", "send"
QUESTIONS = {"is_confirmed", "twin"}
TextOf = Callable[[EntryForm, Team], ActivityText]


def twin_of(form: EntryForm, team: Team, text: ActivityText) -> Activity | None:
    """The session on file that the one in the form is like."""
    record_id = form.record.id if form.record else None
    return session_on_file_like(team, text, client_key=form.client_key.data, but_id=record_id)


def not_submitted(form: EntryForm, team: Team, text: ActivityText) -> Response | None:
    """Where it leads that a session is the one on file; without an answer that is asked for."""
    if form.twin.data is TwinAnswer.ANOTHER or not (form.is_submitted() and form.validate()):
        return None
    twin = twin_of(form, team, text)
    if twin is None:
        return None
    if form.twin.data is TwinAnswer.SAME:
        flash(_("Nothing was submitted. This is the session that was logged before."), "info")
        return redirect(url_for("activities.show_activity", activity_id=twin.id))
    form.add_error(RuleViolation(_("Say whether it is the same session."), "twin"))
    return None


def is_to_be_checked(form: EntryForm) -> bool:
    """Whether the page is shown: asked for, and nothing is wrong but what it asks itself."""
    wrong = set(form.errors)
    asked = request.form.get("action") == REVIEW and form.is_submitted()
    return wrong <= QUESTIONS and (asked or bool(wrong))


def check_page(form: EntryForm, team: Team, text: ActivityText) -> str:
    """The session as it will be stored, with the questions."""
    return render_template(
        "activities/check_session.html",
        form=form,
        team=team,
        text=text,
        twin=twin_of(form, team, text),
        doubts=figures_in_doubt(team, text),
        activity=form.record,
    )
