"""The page of silent teams."""

from flask import Blueprint, render_template

from tcns.areas.places import Place, usual_map
from tcns.clock import today
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.silence.forms import SilenceForm
from tcns.silence.queries import (
    Silence,
    SilenceFilter,
    describe_silent,
    silence,
    silent_teams,
)
from tcns.silence.steps import silent_steps
from tcns.teams.phone_views import decide_phones
from tcns.web.paging import paginate

blueprint = Blueprint("silence", __name__)
# How many a first page shows; a link leads to all.
WORST = 5


@blueprint.get("/silence")
@requires(Permission.COVERAGE_READ)
def show_silent_teams() -> str:
    """The teams without a session for long, the longest first, each with a message to send."""
    form, scope = SilenceForm.from_address(), my_scope(Permission.TEAM_READ)
    place = form.place(my_scope(Permission.AREA_READ), today())
    wanted = SilenceFilter(today(), place, form.least_days(), form.value("q") or "")
    page = paginate(silent_teams(scope, wanted))
    rows = describe_silent(scope, [row[0] for row in page.rows], wanted)
    decide_phones([row.leader.id for row, _silent in rows if row.leader])
    return render_template(
        "silence/show_silent_teams.html", form=form, page=page, rows=rows, map_on=place.map_on
    )


def worst_silent() -> Silence:
    """For a first page: how many teams are silent for each number of days, and the worst."""
    scope, on = my_scope(Permission.TEAM_READ), today()
    place, steps = Place(usual_map(on)), silent_steps()
    found = silence(scope, SilenceFilter(on, place, steps[0]), steps, WORST)
    decide_phones([one.leader.id for one in found.worst if one.leader])
    return found
