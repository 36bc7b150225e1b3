"""Undoing what was done as a whole."""

from flask import Blueprint, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from werkzeug import Response

from tcns.bulk.choosing import filters_to_keep
from tcns.i18n import gettext as _
from tcns.permissions.guards import LARGEST_ID, my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse
from tcns.undo.queries import reversible_by_id
from tcns.undo.vocabulary import OF_THE_PLACE, ReversibleKind
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once

blueprint = Blueprint("undo", __name__)


@blueprint.record_once
def add_choice(state: BlueprintSetupState) -> None:
    """Let lists send their filters along with the choice of their rows."""
    state.app.jinja_env.globals["filters_to_keep"] = filters_to_keep


# What somebody must still be allowed to do where they did it. An imported file has its own page,
# and what was decided of one session is taken back where it was decided.
NEEDED = {
    ReversibleKind.MEMBERSHIPS_ENDED: Permission.PERSON_WRITE,
    ReversibleKind.PERSONS_MERGED: Permission.PERSON_WRITE,
    ReversibleKind.SESSIONS_APPROVED: Permission.ACTIVITY_REVIEW,
    ReversibleKind.TEAM_AMENDED: Permission.TEAM_WRITE,
    ReversibleKind.TEAM_REFORMED: Permission.TEAM_WRITE,
    ReversibleKind.TEAMS_DISSOLVED: Permission.TEAM_WRITE,
    ReversibleKind.TEAMS_MERGED: Permission.TEAM_WRITE,
    ReversibleKind.VILLAGE_ADDED: Permission.AREA_WRITE,
    ReversibleKind.VILLAGE_CLOSED: Permission.AREA_WRITE,
    ReversibleKind.VILLAGE_RENAMED: Permission.AREA_WRITE,
    ReversibleKind.VILLAGES_MERGED: Permission.AREA_WRITE,
}


def own_reversible(reversible_id: int) -> Reversible | None:
    """What the visitor did themselves, or what belongs to the place, if they may still do it
    there; None else."""
    if reversible_id > LARGEST_ID:
        return None
    found = reversible_by_id(my_scope(Permission.AREA_READ), reversible_id)
    if found is None or found.what not in NEEDED:
        return None
    if found.by_id != current_user.id and found.what not in OF_THE_PLACE:
        return None
    return found if my_scope(NEEDED[found.what]).covers(found) else None


@blueprint.route("/undo/<int:reversible_id>", methods=["GET", "POST"])
@requires(Permission.AREA_READ, own_reversible)
def undo(reversible: Reversible) -> Response | str:
    """Undo what was done as a whole, after a look at what it was."""
    form = WritingForm()
    answer = submit_once(
        form,
        lambda: reverse(reversible, by=current_user),
        lambda _done: lead_to(
            url_for("home.show_home"), _("Undone: %(what)s.", what=reversible.what.label)
        ),
    )
    return answer or render_template("undo/undo.html", form=form, reversible=reversible)
