"""The history of one record: what was changed, by whom and when; open to who may read it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import render_template, url_for

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.areas.models import Area
from tcns.areas.views import area_on_day
from tcns.audit.queries import history_of
from tcns.audit.views.root import blueprint
from tcns.audit.views.wording import in_words
from tcns.database import Model
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.history import (
    memberships_of_person,
    memberships_of_team,
    merged_into_person,
    names_of_members,
    teams_of_memberships,
    training_of_person,
)
from tcns.teams.models import EstablishingDecision, Person, Team
from tcns.web.paging import paginate

Naming = Callable[[Collection[int]], dict[int, str]]


@blueprint.get("/teams/<int:team_id>/history")
@requires(Permission.TEAM_READ, Team)
def show_team_history(team: Team) -> str:
    """What happened to a team and to its memberships."""
    parts = {"membership": memberships_of_team(my_scope(Permission.TEAM_READ), team)}
    page = url_for("teams.show_team", team_id=team.id)
    return _history(team, team.name, page, parts=parts, subjects=names_of_members)


@blueprint.get("/persons/<int:person_id>/history")
@requires(Permission.PERSON_READ, Person)
def show_person_history(person: Person) -> str:
    """What happened to what is known of a person, to their memberships and training."""
    parts = {
        "person": merged_into_person(person),
        "membership": memberships_of_person(my_scope(Permission.PERSON_READ), person),
        "training": training_of_person(person),
    }
    page = url_for("teams.show_person", person_id=person.id)
    return _history(person, person.full_name, page, parts=parts, subjects=teams_of_memberships)


@blueprint.get("/activities/<int:activity_id>/history")
@requires(Permission.ACTIVITY_READ, Activity)
def show_activity_history(activity: Activity) -> str:
    """What happened to a session."""
    title = _("Session of %(team)s", team=activity.team.name)
    return _history(activity, title, url_for("activities.show_activity", activity_id=activity.id))


@blueprint.get("/decisions/<int:decision_id>/history")
@requires(Permission.TEAM_READ, EstablishingDecision)
def show_decision_history(decision: EstablishingDecision) -> str:
    """What happened to what a decision says."""
    page = url_for("teams.show_decision", decision_id=decision.id)
    return _history(decision, decision.number, page)


@blueprint.get("/accounts/<int:user_id>/history")
@requires(Permission.ACCOUNT_READ, User)
def show_account_history(user: User) -> str:
    """What happened to an account."""
    return _history(user, user.full_name, url_for("accounts.show_account", user_id=user.id))


@blueprint.get("/areas/<string:code>/history")
@requires(Permission.AREA_READ, area_on_day)
def show_area_history(area: Area, code: str) -> str:
    """What was changed of an area here; what laws did to it stands on its own page."""
    return _history(area, code, url_for("areas.show_area", code=code))


def _history(
    record: Model,
    title: str,
    url: str,
    *,
    parts: Mapping[str, Any] | None = None,
    subjects: Naming | None = None,
) -> str:
    """The page of a record's history."""
    page = paginate(history_of(record, my_scope(Permission.TEAM_READ), parts or {}))
    events = [row.AuditEvent for row in page.rows]
    of_parts = [event.object_id for event in events if event.object_type == "membership"]
    return render_template(
        "audit/show_history.html",
        title=title,
        url=url,
        page=page,
        changes=in_words(events),
        subjects=subjects(of_parts) if subjects else {},
    )
