"""Pages of notices: what one was told, and on to the record each is about."""

from datetime import date

from flask import Blueprint, g, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from werkzeug import Response

from tcns.i18n import format_day, join_words
from tcns.jobs.kinds import KINDS
from tcns.notices import queries
from tcns.notices.addresses import address_of
from tcns.notices.models import Notice
from tcns.notices.operations import read_all_notices, read_notice
from tcns.periods import period_named
from tcns.permissions.guards import LARGEST_ID, guarded_write, requires, signed_in
from tcns.permissions.vocabulary import Permission
from tcns.web.paging import paginate

blueprint = Blueprint("notices", __name__)


@blueprint.record_once
def add_count(state: BlueprintSetupState) -> None:
    """Let the frame of every page say how many notices are unread."""
    state.app.jinja_env.globals["unread_notices"] = unread_notices
    state.app.jinja_env.globals["notice_line"] = notice_line


def unread_notices() -> int:
    """How many notices the visitor has not read; asked along with who they are."""
    return int(g.get("unread_notices") or 0)


def notice_line(notice: Notice) -> str:
    """What a notice is about, in words: the team or area, the day, the period, the work."""
    facts = notice.facts
    period = period_named(facts.get("period", ""))
    kind = KINDS.get(facts.get("work", ""))
    words = [
        facts.get("name", ""),
        format_day(date.fromisoformat(facts["day"])) if "day" in facts else "",
        period.label if period else "",
        str(kind.label) if kind else "",
    ]
    return join_words([word for word in words if word])


def own_notice(notice_id: int) -> Notice | None:
    """The visitor's own notice; anybody else's is as if it did not exist."""
    return queries.own_notice(current_user.id, notice_id) if notice_id <= LARGEST_ID else None


@blueprint.get("/notices")
@signed_in
def list_notices() -> str:
    """What one was told, the newest first."""
    page = paginate(queries.own_notices(current_user.id))
    return render_template("notices/list_notices.html", page=page)


@blueprint.post("/notices/<int:notice_id>/open")
@requires(Permission.AREA_READ, own_notice)
def open_notice(notice: Notice) -> Response:
    """Go to what a notice is about; it is read from then on."""
    with guarded_write():
        read_notice(notice)
        address = address_of(notice)
    return redirect(address)


@blueprint.post("/notices/read")
@signed_in
def read_all() -> Response:
    """Mark every notice as read."""
    with guarded_write():
        read_all_notices(by=current_user)
    return redirect(url_for("notices.list_notices"))
