"""Pages of the catalogue of indicators: the list with its file; added, renamed, ended."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.activities.vocabulary import Topic
from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.indicators import operations
from tcns.indicators.forms import AddForm, CorrectForm, EndForm
from tcns.indicators.models import Indicator
from tcns.indicators.queries import indicators_in_order
from tcns.indicators.spreadsheet import indicator_columns
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import send_list
from tcns.spreadsheets.writing import words_of
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.paging import paginate

blueprint = Blueprint("indicators", __name__)


def all_in_order() -> Any:
    """The query of all indicators, by the topics of sessions."""
    return indicators_in_order(my_scope(Permission.INDICATOR_READ), Topic)


@blueprint.get("/indicators")
@requires(Permission.INDICATOR_READ)
def list_indicators() -> str:
    """The indicators that sessions count or counted."""
    page = paginate(all_in_order())
    return render_template(
        "indicators/list_indicators.html",
        page=page,
        indicators=[row.Indicator for row in page.rows],
        topics=words_of(Topic),
        export_url=url_for("indicators.export_indicators"),
    )


@blueprint.get("/indicators/export")
@requires(Permission.INDICATOR_READ)
def export_indicators() -> Any:
    """The file of the indicators."""
    when = _("As on file on %(day)s", day=format_day(today()))
    columns = indicator_columns(words_of(Topic))
    return send_list(all_in_order(), list, columns, lines=[_("Indicators"), when])


@blueprint.route("/indicators/add", methods=["GET", "POST"])
@requires(Permission.INDICATOR_WRITE)
def add_indicator() -> Response | str:
    """Let sessions count something more."""
    form = AddForm()
    answer = submit_once(
        form,
        lambda: operations.add_indicator(form.wanted(), by=current_user),
        lambda made: to_list(
            _("Sessions count it from %(day)s on.", day=format_day(made.valid_from))
        ),
    )
    return answer or render_template("indicators/add_indicator.html", form=form)


@blueprint.route("/indicators/<int:indicator_id>/correct", methods=["GET", "POST"])
@requires(Permission.INDICATOR_WRITE, Indicator)
def correct_indicator(indicator: Indicator) -> Response | str:
    """Call an indicator otherwise."""
    form = CorrectForm.of(indicator)
    answer = submit_once(
        form,
        lambda: operations.correct_indicator(
            indicator, form.names(), version=form.version.data, by=current_user
        ),
        lambda _done: to_list(_("The indicator was corrected.")),
    )
    return answer or page("indicators/correct_indicator.html", form, indicator)


@blueprint.route("/indicators/<int:indicator_id>/end", methods=["GET", "POST"])
@requires(Permission.INDICATOR_WRITE, Indicator)
def end_indicator(indicator: Indicator) -> Response | str:
    """Let an indicator be counted up to a day."""
    form = EndForm.of(indicator)
    answer = submit_once(
        form,
        lambda: operations.end_indicator(
            indicator, form.last_day.data, version=form.version.data, by=current_user
        ),
        lambda _done: to_list(
            _("Sessions count it up to %(day)s.", day=format_day(form.last_day.data))
        ),
    )
    return answer or page("indicators/end_indicator.html", form, indicator)


def to_list(message: str) -> Any:
    """Back to the list, with what was done."""
    return lead_to(url_for("indicators.list_indicators"), message)


def page(template: str, form: Any, indicator: Indicator) -> str:
    """The page of a form about an indicator."""
    return render_template(template, form=form, indicator=indicator)
