"""Ending many memberships at once."""

from flask import render_template
from flask_login import current_user
from werkzeug import Response

from tcns.bulk.actions import Outcome
from tcns.bulk.choosing import back_to, flash_outcome, wanted_rows
from tcns.i18n import format_day, ngettext
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.teams.blueprint import blueprint
from tcns.teams.members import queries as member_queries
from tcns.teams.members.bulk_forms import EndManyForm
from tcns.teams.members.bulk_operations import EndMemberships
from tcns.teams.members.list_views import wanted_members
from tcns.teams.models import Membership


@blueprint.route("/memberships/end", methods=["GET", "POST"])
@requires(Permission.PERSON_WRITE)
def end_memberships() -> Response | str:
    """End the memberships chosen of the list on one day."""
    form, back = EndManyForm(), back_to("teams.list_memberships")
    if not form.is_submitted():
        _form, wanted = wanted_members()
        listed = member_queries.memberships_in(my_scope(Permission.PERSON_READ), wanted)
        form.choose(wanted_rows(listed, Membership))
        form.suggest_today()
    answer = form.carried_out(
        lambda: _action(form).carry_out(form.chosen()), lambda outcome: _ended(form, outcome, back)
    )
    return answer or render_template(
        "teams/members/end_memberships.html",
        form=form,
        plan=form.planned(lambda: _action(form)),
        back=back,
    )


def _action(form: EndManyForm) -> EndMemberships:
    """What is to be done, as the form says."""
    day, reason = form.last_day.data, form.reason.data or None
    return EndMemberships(last_day=day, reason=reason, by=current_user)


def _ended(form: EndManyForm, outcome: Outcome[Membership], back: str) -> str:
    """Say how many ended, and lead back."""
    done = ngettext(
        "%(num)s membership ends on %(day)s.",
        "%(num)s memberships end on %(day)s.",
        len(outcome.ready),
        day=format_day(form.last_day.data),
    )
    flash_outcome(done, outcome)
    return back
