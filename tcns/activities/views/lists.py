"""Pages that show sessions: the list, its file, and one session."""

from typing import Any

from flask import redirect, render_template
from flask_login import current_user

from tcns.activities import list_rows, queries, spreadsheet
from tcns.activities.blueprint import blueprint
from tcns.activities.doubts import doubts_of
from tcns.activities.forms import ActivityFilterForm
from tcns.activities.models import Activity
from tcns.activities.queries import ActivityFilter
from tcns.activities.review.forms import ButtonForm
from tcns.activities.review.queue_queries import own_decisions
from tcns.activities.review.views import what_i_may
from tcns.activities.spreadsheet_rows import session_lines, with_details
from tcns.activities.vocabulary import Shown
from tcns.areas.place_forms import lines_on_top
from tcns.areas.places import has_districts, trails, usual_map
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.indicators.names import all_indicators
from tcns.periods import reporting_month
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.teams.queries import team_by_id
from tcns.web.paging import paginate, same_filters
from tcns.web.sorting import wanted_order


def wanted_activities() -> tuple[ActivityFilterForm, ActivityFilter]:
    """The filters of the list of sessions as the address gives them."""
    form, scope = ActivityFilterForm.from_address(), my_scope(Permission.ACTIVITY_READ)
    period = form.period(reporting_month(today()))
    form.name_team(team_by_id(scope, form.value("team")))
    return form, ActivityFilter(
        place=form.place(my_scope(Permission.AREA_READ), period.last),
        period=period,
        text=form.value("q") or "",
        team_id=form.value("team"),
        shown=form.value("status") or Shown.COUNTED,
        kind=form.value("kind"),
        form=form.value("form"),
        topic=form.value("topic"),
        indicator=form.offer_indicators(all_indicators()),
        households=form.value("households"),
        order=wanted_order(),
    )


@blueprint.get("/activities")
@requires(Permission.ACTIVITY_READ)
def list_activities() -> str:
    """The sessions held in a period, and what they add up to."""
    form, wanted = wanted_activities()
    scope = my_scope(Permission.ACTIVITY_READ)
    listed = queries.activities_in(scope, wanted)
    page = paginate(listed)
    activities = [row.Activity for row in page.rows]
    return render_template(
        "activities/list_activities.html",
        form=form,
        wanted=wanted,
        page=page,
        rows=list_rows.activity_rows(activities, wanted.place.map_on),
        totals=list_rows.totals(listed, wanted.indicator),
        with_team=wanted.team_id is None and scope.is_wide,
        export_url=same_filters("activities.export_activities"),
    )


@blueprint.get("/activities/export")
@requires(Permission.ACTIVITY_READ)
def export_activities() -> Any:
    """The file of the list of sessions; a list with an unclear filter is not exported."""
    form, wanted = wanted_activities()
    if form.errors:
        return redirect(same_filters("activities.list_activities"))
    first, last = format_day(wanted.period.first), format_day(wanted.period.last)
    when = _("Held from %(first)s to %(last)s, both days included", first=first, last=last)
    scope = my_scope(Permission.ACTIVITY_READ)
    return send_list(
        session_lines(scope, wanted),
        lambda found: with_details(found, wanted.place.map_on),
        spreadsheet.activity_columns(
            all_indicators(),
            has_districts=has_districts(wanted.place.map_on),
            with_names=bool(wanted.team_id) or not scope.everything,
        ),
        lines=lines_on_top(_("List of sessions"), form, wanted.place, when),
        area_id=wanted.place.area_id,
    )


@blueprint.get("/activities/<int:activity_id>")
@requires(Permission.ACTIVITY_READ, Activity)
def show_activity(activity: Activity) -> str:
    """One session: what was done, who helped, what was counted, how far it has come."""
    day = usual_map(activity.held_on)
    return render_template(
        "activities/show_activity.html",
        activity=activity,
        topics=list_rows.topics_of(activity),
        doubts=doubts_of([activity]).get(activity.id, ()),
        area_trail=trails([activity.team.area_id], day).get(activity.team.area_id, {}),
        map_on=day,
        helpers=queries.helpers_at(activity),
        counts=queries.counts_of(activity),
        names=queries.names_of_users(activity),
        asked_by=queries.who_asked_back(activity),
        may=what_i_may(activity),
        decision=own_decisions(current_user).get(activity.id),
        button=ButtonForm.of(activity),
    )
