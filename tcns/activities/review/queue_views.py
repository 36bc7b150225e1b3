"""The queue of those who review: what waits in a month, with what speaks against it."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask_login import current_user

from tcns.activities.blueprint import blueprint
from tcns.activities.list_rows import topics_of
from tcns.activities.review import queue_queries as queries
from tcns.activities.review.forms import ButtonForm
from tcns.activities.review.queue_queries import QueueRow
from tcns.activities.review.vocabulary import Flag
from tcns.clock import today
from tcns.i18n import format_number, ngettext
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod, PeriodKind, period_holding, period_named
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.web.forms import WritingForm
from tcns.web.paging import page_of


@blueprint.get("/activities/review")
@requires(Permission.ACTIVITY_REVIEW)
def show_queue() -> str:
    """The sessions of a month that wait, flagged ones first; those of older months are folded."""
    scope, month = my_scope(Permission.ACTIVITY_REVIEW), wanted_month()
    rows = queries.queue_of(
        scope,
        month.days,
        queries.own_decisions(current_user),
        asks_photographs=current_app.config["TCNS"].photographs_asked,
    )
    page = page_of(rows)
    queries.fill_in(page.rows)
    return render_template(
        "activities/review/show_queue.html",
        month=month,
        present=period_holding(PeriodKind.MONTH, today()),
        page=page,
        waiting=sum(row.decision is None for row in rows),
        flagged=sum(row.decision is None and bool(row.flags) for row in rows),
        older=queries.older_months(scope, month.days.first),
        new_form=ButtonForm.of,
        switch_form=WritingForm,
        flag_text=flag_text,
        reasons=reasons_to_return,
        topics_of=topics_of,
        address_of=address_of,
    )


def wanted_month() -> NamedPeriod:
    """The month that the address names, else the present one."""
    found = period_named(request.args.get("month", ""))
    if found and found.kind is PeriodKind.MONTH:
        return found
    return period_holding(PeriodKind.MONTH, today())


def address_of(endpoint: str, row: QueueRow) -> str:
    """Where a button of a row leads, and from there back to its place."""
    shown = {name: request.args[name] for name in ("month", "page") if request.args.get(name)}
    values: dict[str, Any] = {"activity_id": row.activity.id, "queue": 1, **shown}
    return url_for(endpoint, **values)


def flag_text(row: QueueRow, flag: Flag) -> str:
    """A flag in words, with the figures behind it."""
    if flag is Flag.HOUSEHOLDS and row.village_households is not None:
        return _(
            "Beyond the village's households: %(count)s / %(known)s",
            count=format_number(row.activity.household_count),
            known=format_number(row.village_households),
        )
    if flag is Flag.LATE:
        late = row.activity.days_to_entry
        return ngettext("Entered %(num)s day late", "Entered %(num)s days late", late)
    return str(flag.label)


def reasons_to_return(row: QueueRow) -> list[tuple[str, str]]:
    """The usual reasons to return a session, each with the sentence it writes."""
    known, count = row.village_households, row.activity.household_count
    households = _("Please check the number of households.")
    if known is not None and count is not None:
        households = _(
            "Please check the number of households: %(count)s were recorded, %(place)s has "
            "%(known)s.",
            count=format_number(count),
            place=row.place,
            known=format_number(known),
        )
    return [
        (_("More households than the village has"), households),
        (_("Households not recorded"), _("Please add the number of households.")),
        (_("Participants not right"), _("Please check the number of participants.")),
        (_("Logged before"), _("This session seems to be on file already: please check.")),
        (_("Helpers missing"), _("Please add who of the team helped.")),
        (_("No photograph"), _("Please add a photograph of the session.")),
    ]
