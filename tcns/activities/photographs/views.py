"""Photographs of a session: the page that adds and removes them, and the pictures themselves."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response
from werkzeug.datastructures import FileStorage

from tcns.activities.blueprint import blueprint
from tcns.activities.models import Activity, Photograph
from tcns.activities.photographs.forms import PhotographsForm
from tcns.activities.photographs.operations import (
    MOST_PHOTOGRAPHS,
    ReceivedPhotograph,
    receive_photograph,
)
from tcns.activities.photographs.operations import add_photograph as add_to_session
from tcns.activities.photographs.operations import remove_photograph as remove_from_session
from tcns.activities.rules import check_may_change_photographs, is_allowed
from tcns.errors import RuleViolation
from tcns.files.pictures import LARGEST_PICTURE, thumbnail_of
from tcns.files.sending import send_picture
from tcns.files.store import NoSuchFile, file_store
from tcns.i18n import format_number
from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.uploads import ROOM_FOR_FIELDS, takes_file

# Together as much as proxies let through.
LARGEST_REQUEST = 30 * 1024 * 1024 + ROOM_FOR_FIELDS


@blueprint.route("/activities/<int:activity_id>/photographs", methods=["GET", "POST"])
@takes_file(LARGEST_REQUEST)
@requires(Permission.ACTIVITY_WRITE, Activity)
def add_photographs(activity: Activity) -> Response | str:
    """Add photographs to a session, and see those it has; what cannot be read is named."""
    form = PhotographsForm()
    if not is_allowed(check_may_change_photographs, activity, current_user):
        flash(_("The photographs of this session cannot be changed now."), "warning")
        return redirect(url_for("activities.show_activity", activity_id=activity.id))
    answer = None
    if form.validate_on_submit():
        received = _received(form, len(activity.photographs))
        if received:
            answer = submit_once(
                form,
                lambda: _add_all(activity, received, form.idempotency_key.data),
                lambda _done: lead_to(_page_of(activity), _("The photographs are added.")),
            )
    return answer or render_template(
        "activities/photographs/add_photographs.html",
        form=form,
        activity=activity,
        most=MOST_PHOTOGRAPHS,
        button=WritingForm(),
    )


@blueprint.post("/photographs/<int:photograph_id>/remove")
@requires(Permission.ACTIVITY_WRITE, Photograph)
def remove_photograph(photograph: Photograph) -> Response:
    """Remove a photograph from its session."""
    form, activity = WritingForm(), photograph.activity
    answer = submit_once(
        form,
        lambda: remove_from_session(photograph, by=current_user),
        lambda _done: lead_to(_page_of(activity), _("The photograph is removed.")),
    )
    if answer is None:
        flash(" ".join(str(message) for message in form.form_errors), "warning")
    return answer or redirect(_page_of(activity))


@blueprint.get("/photographs/<int:photograph_id>")
@requires(Permission.ACTIVITY_READ, Photograph)
def show_photograph(photograph: Photograph) -> Response:
    """The picture itself."""
    try:
        return send_picture(file_store().read(photograph.file_key))
    except NoSuchFile:
        abort(HTTPStatus.NOT_FOUND)


@blueprint.get("/photographs/<int:photograph_id>/thumbnail")
@requires(Permission.ACTIVITY_READ, Photograph)
def show_thumbnail(photograph: Photograph) -> Response:
    """The small picture, drawn when it is first asked for."""
    try:
        return send_picture(thumbnail_of(photograph.file_key))
    except NoSuchFile:
        abort(HTTPStatus.NOT_FOUND)


def _received(form: PhotographsForm, count: int) -> list[ReceivedPhotograph]:
    """The pictures that can be added; the others are named, beside the field or on the next page.

    More than the session may have are refused before any is opened.
    """
    files = [file for file in form.file.data if isinstance(file, FileStorage) and file.filename]
    if count + len(files) > MOST_PHOTOGRAPHS:
        most = format_number(MOST_PHOTOGRAPHS)
        message = _("A session has at most %(count)s photographs.", count=most)
        form.add_error(RuleViolation(message, "file"))
        return []
    received, broken = [], []
    for file in files:
        try:
            content = file.stream.read(LARGEST_PICTURE + 1)
            received.append(receive_photograph(content, keeps_place=form.keeps_place.data))
        except RuleViolation as error:
            broken.append(RuleViolation(f"{file.filename}: {error.message}", "file"))
    for one in broken:
        if received:
            flash(str(one.message), "warning")
        else:
            form.add_error(one)
    return received


def _add_all(activity: Activity, received: list[ReceivedPhotograph], key: str) -> None:
    """Add the pictures of one form, each under a key of its own."""
    for number, one in enumerate(received, start=1):
        add_to_session(activity, one, client_key=f"{key}-{number}", by=current_user)


def _page_of(activity: Activity) -> str:
    """The page of a session's photographs."""
    return url_for("activities.add_photographs", activity_id=activity.id)
