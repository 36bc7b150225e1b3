"""The page on which an agency says how it is named."""

from flask import render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries
from tcns.areas.agencies.forms import AgencyForm
from tcns.areas.agencies.operations import set_agency
from tcns.areas.agencies.queries import agency_of
from tcns.areas.agencies.rules import may_have_agency
from tcns.areas.models import Area
from tcns.areas.places import trails
from tcns.areas.views import area_on_day, blueprint
from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.web.idempotency import lead_to, submit_once


def seat_on_day(code: str) -> Area | None:
    """The commune or province that bears the code on the day the address asks for."""
    found = area_on_day(code)
    return found if found and may_have_agency(found.step) else None


@blueprint.route("/areas/<string:code>/agency", methods=["GET", "POST"])
@requires(Permission.AREA_WRITE, seat_on_day)
def edit_agency(area: Area) -> Response | str:
    """Say how the agency of an area is named on documents, who signs them, who helps."""
    day = queries.map_day()
    form = AgencyForm.showing(area, agency_of(area, day))
    trail = sorted(trails([area.id], day)[area.id].items(), key=lambda step: step[0].rank)
    code = trail[-1][1].label.code
    answer = submit_once(
        form,
        lambda: set_agency(area, form.text(), version=form.version.data, by=current_user),
        lambda _done: lead_to(
            url_for("areas.show_area", code=code), _("What stands on documents is saved.")
        ),
    )
    return answer or render_template(
        "areas/agencies/edit_agency.html", form=form, area=area, trail=trail, day=day
    )
