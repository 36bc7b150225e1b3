"""The history of one record: what was changed, by whom and when; open to who may read it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from flask import render_template, url_for

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.areas.models import Area
from tcns.areas.queries import labels
from tcns.areas.views import area_on_day, day_asked_for
from tcns.audit.blueprint import blueprint
from tcns.audit.queries import history_of
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


class Subject(NamedTuple):
    """Whose history a page shows: its name and page, and the list it stands in."""

    name: str
    url: str
    list_name: str
    list_url: str


@blueprint.get("/teams/<int:team_id>/history")
@requires(Permission.TEAM_READ, Team)
def show_team_history(team: Team) -> str:
    """What happened to a team and to its memberships."""
    url = url_for("teams.show_team", team_id=team.id)
    subject = Subject(team.name, url, _("Teams"), url_for("teams.list_teams"))
    parts = {"membership": memberships_of_team(my_scope(Permission.TEAM_READ), team)}
    return _history(team, subject, parts=parts, naming=names_of_members)


@blueprint.get("/persons/<int:person_id>/history")
@requires(Permission.PERSON_READ, Person)
def show_person_history(person: Person) -> str:
    """What happened to what is known of a person, to their memberships and training."""
    url = url_for("teams.show_person", person_id=person.id)
    subject = Subject(person.full_name, url, _("Persons"), url_for("teams.list_persons"))
    parts = {
        "person": merged_into_person(person),
        "membership": memberships_of_person(my_scope(Permission.PERSON_READ), person),
        "training": training_of_person(person),
    }
    return _history(person, subject, parts=parts, naming=teams_of_memberships)


@blueprint.get("/activities/<int:activity_id>/history")
@requires(Permission.ACTIVITY_READ, Activity)
def show_activity_history(activity: Activity) -> str:
    """What happened to a session."""
    name = _("Session of %(team)s", team=activity.team.name)
    url = url_for("activities.show_activity", activity_id=activity.id)
    subject = Subject(name, url, _("Sessions"), url_for("activities.list_activities"))
    return _history(activity, subject)


@blueprint.get("/decisions/<int:decision_id>/history")
@requires(Permission.TEAM_READ, EstablishingDecision)
def show_decision_history(decision: EstablishingDecision) -> str:
    """What happened to what a decision says."""
    name = _("Decision No. %(number)s", number=decision.number)
    url = url_for("teams.show_decision", decision_id=decision.id)
    return _history(decision, Subject(name, url, _("Teams"), url_for("teams.list_teams")))


@blueprint.get("/accounts/<int:user_id>/history")
@requires(Permission.ACCOUNT_READ, User)
def show_account_history(user: User) -> str:
    """What happened to an account."""
    url = url_for("accounts.show_account", user_id=user.id)
    subject = Subject(user.full_name, url, _("Accounts"), url_for("accounts.list_accounts"))
    return _history(user, subject)


@blueprint.get("/areas/<string:code>/history")
@requires(Permission.AREA_READ, area_on_day)
def show_area_history(area: Area, code: str) -> str:
    """What was changed of an area here; what laws did to it stands on its own page."""
    day = day_asked_for()
    url = url_for("areas.show_area", code=code, on=day)
    name = labels([area.id], day)[area.id].full_name
    return _history(area, Subject(name, url, _("Areas"), url_for("areas.show_tree", on=day)))


def _history(
    record: Model,
    subject: Subject,
    *,
    parts: Mapping[str, Any] | None = None,
    naming: Naming | None = None,
) -> str:
    """The page of a record's history; of the memberships among its parts `naming` says whose."""
    page = paginate(history_of(record, my_scope(Permission.TEAM_READ), parts or {}))
    events = [row.AuditEvent for row in page.rows]
    of_parts = [event.object_id for event in events if event.object_type == "membership"]
    return render_template(
        "audit/show_history.html",
        subject=subject,
        page=page,
        changes=in_words(events),
        names=naming(of_parts) if naming else {},
    )
