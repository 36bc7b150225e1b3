"""Pages of the whole audit trail."""

from typing import Any

from flask import render_template, url_for

from tcns.audit.blueprint import blueprint
from tcns.audit.forms import EventFilterForm
from tcns.audit.models import AuditEvent
from tcns.audit.queries import EventFilter, events_in
from tcns.audit.views.wording import in_words, record_names
from tcns.audit.words import record_word
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.web.paging import paginate
from tcns.web.sorting import wanted_order

# The records that have a page of their own, and what its address calls their id.
PAGES = {
    "activity": ("activities.show_activity", "activity_id"),
    "establishing_decision": ("teams.show_decision", "decision_id"),
    "person": ("teams.show_person", "person_id"),
    "team": ("teams.show_team", "team_id"),
    "user": ("accounts.show_account", "user_id"),
}


def record_url(event: AuditEvent) -> str | None:
    """The page of the record an event is about; None where it has none."""
    if event.object_type not in PAGES or event.object_id is None:
        return None
    endpoint, name = PAGES[event.object_type]
    values: dict[str, Any] = {name: event.object_id}
    return url_for(endpoint, **values)


@blueprint.get("/audit")
@requires(Permission.AUDIT_READ)
def list_events() -> str:
    """What happened, the newest first."""
    form = EventFilterForm.from_address()
    wanted = EventFilter(
        event=form.value("event"),
        actor=form.value("actor") or "",
        first=form.value("first"),
        last=form.value("last"),
        order=wanted_order(),
    )
    page = paginate(events_in(my_scope(Permission.AUDIT_READ), wanted))
    return render_template(
        "audit/list_events.html",
        form=form,
        page=page,
        record_word=record_word,
        names=record_names([row.AuditEvent for row in page.rows]),
    )


@blueprint.get("/audit/<int:event_id>")
@requires(Permission.AUDIT_READ, AuditEvent)
def show_event(event: AuditEvent) -> str:
    """One event: who, what, where, when, and every value before and after."""
    return render_template(
        "audit/show_event.html",
        event=event,
        name=record_names([event]).get(event.id),
        url=record_url(event),
        record_word=record_word,
        changes=in_words([event])[event.id],
    )
