"""Pages of plans: how they stand; adding, correcting and deleting them and their targets."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.areas import queries as areas
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.coverage.catalogue import all_measures
from tcns.coverage.links import drill_url, list_urls
from tcns.coverage.vocabulary import Comparing, Group
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.plans import operations, queries
from tcns.plans.forms import (
    DeletingForm,
    NewPlanForm,
    NewTargetForm,
    PlanForm,
    StandingForm,
    TargetFields,
    TargetForm,
)
from tcns.plans.models import Plan, Target
from tcns.plans.queries import TargetStanding
from tcns.plans.spreadsheet import plan_columns, standing_columns
from tcns.plans.word_views import amount_text, by_when, measure_name, missing_text, value_text
from tcns.search.views import area_meant
from tcns.spreadsheets.sending import send_rows
from tcns.web.idempotency import lead_to, submit_once
from tcns.web.paging import page_of, same_filters

blueprint = Blueprint("plans", __name__)


@blueprint.get("/plans")
@requires(Permission.PLAN_READ)
def list_plans() -> str:
    """The plans, the latest first."""
    return render_template(
        "plans/list_plans.html", plans=queries.plans(my_scope(Permission.PLAN_READ))
    )


@blueprint.route("/plans/add", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def add_plan() -> Response | str:
    """Put a plan of the province on file."""
    form = NewPlanForm()
    answer = submit_once(
        form,
        lambda: operations.add_plan(form.text(), area=province(), by=current_user),
        lambda plan: lead_to(
            url_for("plans.show_plan", plan_id=plan.id),
            _("The plan is added. Set its targets next."),
        ),
    )
    return answer or render_template("plans/add_plan.html", form=form)


def province() -> Area:
    """The province whose plans these are."""
    found = areas.province(areas.map_day())
    if found is None:
        raise RuleViolation(_("There is no province on this map."))
    return found


def standings_of(plan: Plan) -> list[TargetStanding]:
    """How the targets of a plan stand today, of the areas that the visitor may read of."""
    return queries.standings(my_scope(Permission.COVERAGE_READ), queries.targets_of(plan))


@blueprint.get("/plans/<int:plan_id>")
@requires(Permission.PLAN_READ, Plan)
def show_plan(plan: Plan) -> str:
    """A plan, and how each of its targets stands today."""
    return render_template(
        "plans/show_plan.html",
        plan=plan,
        standings=standings_of(plan),
        measure_name=measure_name,
        value_text=value_text,
        amount_text=amount_text,
        by_when=by_when,
        missing_text=missing_text,
    )


@blueprint.get("/plans/<int:plan_id>/export")
@requires(Permission.PLAN_READ, Plan)
def export_plan(plan: Plan) -> Any:
    """The targets of a plan as a file."""
    return send_rows(
        standings_of(plan),
        plan_columns(measure_name),
        lines=[plan_title(plan), plan.title, as_of(today())],
        area_id=plan.area_id,
    )


def plan_title(plan: Plan) -> str:
    """A plan by its number and day."""
    day = format_day(plan.issued_on)
    return _("Plan No. %(number)s of %(day)s", number=plan.number, day=day)


def as_of(day: Any) -> str:
    """On which day something stands so."""
    return _("As of the end of %(day)s", day=format_day(day))


@blueprint.route("/plans/<int:plan_id>/correct", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE, Plan)
def correct_plan(plan: Plan) -> Response | str:
    """Correct what a plan says."""
    form = PlanForm.of(plan)
    answer = submit_once(
        form,
        lambda: operations.correct_plan(
            plan, form.text(), version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            url_for("plans.show_plan", plan_id=plan.id), _("The plan is corrected.")
        ),
    )
    return answer or render_template("plans/correct_plan.html", form=form, plan=plan)


@blueprint.route("/plans/<int:plan_id>/delete", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE, Plan)
def delete_plan(plan: Plan) -> Response | str:
    """Delete a plan with its targets."""
    form = DeletingForm.of(plan)
    answer = submit_once(
        form,
        lambda: operations.delete_plan(plan, version=form.version.data, by=current_user),
        lambda _done: lead_to(url_for("plans.list_plans"), _("The plan is deleted.")),
    )
    return answer or render_template("plans/delete_plan.html", form=form, plan=plan)


@blueprint.route("/plans/<int:plan_id>/targets/add", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE, Plan)
def add_target(plan: Plan) -> Response | str:
    """Set a target of a plan."""
    form = NewTargetForm()
    offer_measures(form)
    answer = submit_once(
        form,
        lambda: operations.add_target(plan, form.text(area_typed(form)), by=current_user),
        lambda _done: lead_to(url_for("plans.show_plan", plan_id=plan.id), _("The target is set.")),
    )
    return answer or render_template("plans/add_target.html", form=form, plan=plan)


def offer_measures(form: TargetFields) -> None:
    """Offer every measure there is, under the heading it belongs to."""
    measures = all_measures()
    form.offer_measures(
        (str(group.label), [(one.key, str(one.label)) for one in measures if one.group is group])
        for group in Group
    )


def area_typed(form: TargetFields) -> Area | None:
    """The area that was typed by its code or its name; raises RuleViolation where it is none of
    the level, or several."""
    text = form.area.data
    if not text:
        return None
    level = Level(form.level.data)
    chosen = [one for one in area_meant(text) if one.area.step is level]
    if len(chosen) == 1:
        return chosen[0].area
    names = "; ".join(f"{one.label.full_name} ({one.label.code})" for one in chosen)
    message = _("Which one: %(names)s? Write the code.", names=names)
    raise RuleViolation(message if chosen else _("There is no such area of this level."), "area")


@blueprint.get("/targets/<int:target_id>")
@requires(Permission.PLAN_READ, Target)
def show_target(target: Target) -> str:
    """How the areas of a target stand today, the worst first."""
    form = StandingForm.from_address()
    (standing,) = queries.standings(my_scope(Permission.COVERAGE_READ), [target])
    wanted = form.value("standing")
    rows = [one for one in standing.areas if wanted in (None, one.judged.standing)]
    return render_template(
        "plans/show_target.html",
        form=form,
        plan=target.plan,
        standing=standing,
        page=page_of(rows),
        measure_name=measure_name,
        value_text=value_text,
        amount_text=amount_text,
        by_when=by_when,
        missing_text=missing_text,
        list_url=_list_url(standing),
        figures_url=_figures_url(standing),
        export_url=same_filters("plans.export_target", target_id=target.id),
    )


def _list_url(standing: TargetStanding) -> Any:
    """Of a row, the list behind its figure; None where a measure has none."""
    measure, answer = standing.measure, standing.answer
    if answer is None or measure is None or measure.ratio:
        return lambda _row: None
    urls = list_urls(answer.question, answer.total.code)
    return lambda row: urls(row, measure)


def _figures_url(standing: TargetStanding) -> Any:
    """Of a row, the figures of the areas below it, beside their targets."""
    answer, kept = (
        standing.answer,
        {"measure": standing.target.measure, "compare": Comparing.TARGET},
    )
    if answer is None:
        return lambda _row: None
    return lambda row: drill_url(answer.question, row, kept)


@blueprint.get("/targets/<int:target_id>/export")
@requires(Permission.PLAN_READ, Target)
def export_target(target: Target) -> Any:
    """How the areas of a target stand, as a file."""
    form = StandingForm.from_address()
    if form.errors:
        return redirect(same_filters("plans.show_target", target_id=target.id))
    (standing,) = queries.standings(my_scope(Permission.COVERAGE_READ), [target])
    wanted = form.value("standing")
    return send_rows(
        [one for one in standing.areas if wanted in (None, one.judged.standing)],
        standing_columns(standing),
        lines=[measure_name(standing), plan_title(target.plan), as_of(standing.on)],
        area_id=target.plan.area_id,
    )


@blueprint.route("/targets/<int:target_id>/correct", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE, Target)
def correct_target(target: Target) -> Response | str:
    """Correct a target."""
    form = TargetForm.of(target)
    offer_measures(form)
    answer = submit_once(
        form,
        lambda: operations.correct_target(
            target, form.text(area_typed(form)), version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(
            url_for("plans.show_plan", plan_id=target.plan_id), _("The target is corrected.")
        ),
    )
    return answer or render_template("plans/correct_target.html", form=form, plan=target.plan)


@blueprint.route("/targets/<int:target_id>/delete", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE, Target)
def delete_target(target: Target) -> Response | str:
    """Delete a target."""
    form, plan_id = DeletingForm.of(target), target.plan_id
    answer = submit_once(
        form,
        lambda: operations.delete_target(target, version=form.version.data, by=current_user),
        lambda _done: lead_to(
            url_for("plans.show_plan", plan_id=plan_id), _("The target is deleted.")
        ),
    )
    return answer or render_template("plans/delete_target.html", form=form, plan=target.plan)
