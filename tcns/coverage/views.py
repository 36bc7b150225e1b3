"""The coverage page and its file."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user

from tcns.areas import queries as areas
from tcns.areas.history_queries import was_ever_in
from tcns.areas.places import Trail, trails, usual_map
from tcns.areas.vocabulary import Level
from tcns.coverage import links, queries, questions
from tcns.coverage.catalogue import USUAL
from tcns.coverage.choice_views import choices_of_measures
from tcns.coverage.forms import CoverageForm
from tcns.coverage.measure import Measure
from tcns.coverage.presets.queries import default_of, presets_of
from tcns.coverage.spreadsheet import coverage_columns
from tcns.coverage.table_views import Besides, besides_of, columns_beside, in_order, table_of
from tcns.coverage.word_views import compared_words, in_words, is_part, other_question, title_of
from tcns.errors import RuleViolation
from tcns.i18n import format_day, join_words
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.plans.word_views import amount_text, missing_text
from tcns.search.views import area_switched_to
from tcns.spreadsheets.sending import send_rows
from tcns.web.kept_pages import kept_page
from tcns.web.paging import page_of, same_filters
from tcns.web.sorting import list_state, wanted_order

blueprint = Blueprint("coverage", __name__)
CODE = re.compile(r"[\d.]+", re.ASCII)


# Row by row of a level, how many areas of it or of a higher one there are says nothing.
NOT_SHOWN = {
    Level.DISTRICT: (),
    Level.COMMUNE: ("commune_count",),
    Level.VILLAGE: ("commune_count", "commune_team_count", "village_count"),
}


@blueprint.route("/coverage")
@requires(Permission.COVERAGE_READ)
@kept_page("areas", "teams", "activities", "indicators", "accounts")
def show_coverage() -> Any:
    """Coverage by district, commune or village, within what the visitor may read; opened without a
    question it asks what the visitor has made their default."""
    saved = None if request.args else default_of(current_user)
    if saved:
        return redirect(f"{url_for('coverage.show_coverage')}?{saved}")
    form = CoverageForm.from_address()
    answer = answer_to(form)
    return render_template(
        "coverage/show_coverage.html", form=form, answer=answer, **_surroundings(form, answer)
    )


def _besides(form: CoverageForm, answer: queries.Coverage) -> Besides | None:
    """What stands beside the figures; a message in the form where that cannot be."""
    try:
        return besides_of(answer, form.value("compare"))
    except RuleViolation as broken:
        form.add_error(broken)
        return None


@blueprint.route("/coverage/export")
@requires(Permission.COVERAGE_READ)
def export_coverage() -> Any:
    """The rows of the page as a file; an unclear question is not exported."""
    form = CoverageForm.from_address()
    answer = answer_to(form)
    if answer is None:
        return redirect(same_filters("coverage.show_coverage"))
    question, rest = answer.question, answer.unallocated
    besides = _besides(form, answer)
    if form.errors:
        return redirect(same_filters("coverage.show_coverage"))
    ordered = in_order(answer.rows, question.measures, wanted_order(), besides)
    rows = [*ordered, *([rest] if rest else [])]
    levels = levels_between(question)
    return send_rows(
        rows,
        coverage_columns(
            levels,
            placed(answer.rows, question) if levels else {},
            question.measures,
            columns_beside(besides),
        ),
        lines=[title_of(answer), in_words(question), *compared_words(besides)],
        area_id=answer.total.area_id,
        total=replace(answer.total, name=_("Total")),
    )


def shown_measures(question: queries.Question) -> list[Measure]:
    """The measures in the columns: of the usual ones those that say something of such rows."""
    if question.measures != USUAL:
        return list(question.measures)
    return [m for m in question.measures if m.key not in NOT_SHOWN[question.by]]


def levels_between(question: queries.Question) -> list[Level]:
    """The levels above the rows and below the area shown, from the rows up: they tell villages of
    one name apart."""
    if question.under is None:
        return []
    between = areas.levels_below(question.under.id, question.map_on)
    return [level for level in reversed(between) if level.rank < question.by.rank]


def placed(rows: Sequence[queries.CoverageRow], question: queries.Question) -> dict[int, Trail]:
    """The areas of some rows with those above them; asked together with what is above the area
    shown, for its page says that as well."""
    ids = [row.area_id for row in rows if row.area_id]
    shown = [question.under.id] if question.under else []
    found = trails([*ids, *shown], question.map_on)
    return {area_id: found[area_id] for area_id in ids if area_id in found}


def places_of(rows: Sequence[queries.CoverageRow], question: queries.Question) -> dict[int, str]:
    """Where the areas of some rows stand below the area shown, in words, by their ids."""
    levels = levels_between(question)
    found = placed(rows, question) if levels else {}
    return {
        area_id: join_words([trail[level].label.full_name for level in levels if level in trail])
        for area_id, trail in found.items()
    }


def answer_to(form: CoverageForm) -> queries.Coverage | None:
    """The answer to the form's question; None, and a message in the form, where it has none: the
    figures of another day or period than was asked for would be taken for those.

    An area outside the visitor's scope is not found, like one that never existed.
    """
    scope = my_scope(Permission.COVERAGE_READ)
    if form.errors or not _is_understood(form):
        return None
    try:
        question = questions.ask(scope, form.wish())
    except RuleViolation as broken:
        if broken.field == "under" and not was_ever_in(scope, form.value("under")):
            abort(404)
        form.add_error(broken)
        return None
    if question.under:
        form.shown = scope, question.under.id, question.map_on
    return queries.coverage(scope, question)


def _is_understood(form: CoverageForm) -> bool:
    """Whether the area is named by its code, or by a text that means one area, which is then named
    by its code; where it means none or several, a message says so in the form."""
    text = form.value("under")
    if not text or CODE.fullmatch(text):
        return True
    found = area_switched_to(form, lowest=Level.COMMUNE)
    if found:
        form.under.data = found.label.code
    return found is not None


def filters_besides_area() -> list[tuple[str, str]]:
    """What the address says beside the area, and what follows from it."""
    return [
        pair for pair in request.args.items(multi=True) if pair[0] not in ("under", "by", "page")
    ]


def _surroundings(form: CoverageForm, answer: queries.Coverage | None) -> dict[str, Any]:
    """What the page shows around the figures: where it stands and where its links lead."""
    if answer is None:
        return {
            "other_filters": filters_besides_area(),
            "wider_url": _wider_url(form),
        }
    question = answer.question
    besides = _besides(form, answer)
    measures = shown_measures(question)
    kept = {**dict(list_state()), "compare": form.value("compare")}
    table = table_of(answer, measures, wanted_order(), besides)
    rows = page_of(table["ordered"])
    return {
        **table,
        "compared": compared_words(besides),
        "other_filters": filters_besides_area(),
        "presets": presets_of(current_user),
        "this_query": request.query_string.decode("utf-8", "replace"),
        "changes_url": links.changes_url(question, answer.total.code, other_question(besides)),
        "title": title_of(answer),
        "is_part": is_part(question),
        "other_provinces": _other_provinces(question),
        "measures": measures,
        "choices": choices_of_measures(question),
        "levels_below": areas.levels_below(question.under.id, question.map_on)
        if question.under
        else [],
        "list_url": links.list_urls(question, answer.total.code),
        "days": in_words(question),
        "periods": links.steps_in_time(question, answer.total.code, kept),
        "kinds": links.kinds_of_period(question, answer.total.code, kept),
        "comparisons": links.comparisons(question, answer.total.code, kept),
        "other_map": links.other_map(question, answer.total, kept),
        "missing_level": _missing_level(form, question),
        "export_url": same_filters("coverage.export_coverage"),
        "rows": rows,
        "places": places_of(rows.rows, question),
        "drill_url": lambda row: links.drill_url(question, row, kept),
        "unallocated_reason": _why_unallocated(question),
        "page_url": lambda **changes: links.page_url(question, **{**kept, **changes}),
        "amount_text": amount_text,
        "missing_text": missing_text,
        "is_old_map": _is_map_of_last_districts(question),
    }


def _wider_url(form: CoverageForm) -> str:
    """The same of everything one may read; measures that there are not are left out."""
    unknown = ("measure",) if form.measure.errors else ()
    return same_filters("coverage.show_coverage", without=("under", "by", *unknown))


def _is_map_of_last_districts(question: queries.Question) -> bool:
    """Whether districts are shown that have ended since, on the map of their last day."""
    usual = usual_map(question.on)
    if question.by is not Level.DISTRICT or question.map_on == usual:
        return False
    return question.map_on == areas.last_day_with(Level.DISTRICT, usual)


def _missing_level(form: CoverageForm, question: queries.Question) -> str:
    """That the level asked for does not exist on the map, and another is shown."""
    asked = form.value("by")
    if not asked or asked == question.by:
        return ""
    day = format_day(question.map_on)
    return _("There are no areas of this level on %(day)s.", day=day)


def _why_unallocated(question: queries.Question) -> str:
    """Why some figures stand under no area of the level shown."""
    if question.under and question.by not in areas.levels_below(question.under.id, question.map_on):
        return _("There are no areas of this level on %(day)s.", day=format_day(question.map_on))
    if question.by == Level.VILLAGE:
        return _("Commune-level teams, which belong to no single village.")
    return _("Teams whose area was divided since, or is not on this map.")


def _other_provinces(question: queries.Question) -> list[areas.Label]:
    """Where a province is shown, those besides it that have become today's and may be read."""
    if question.under is None or question.under.step is not Level.PROVINCE:
        return []
    scope = my_scope(Permission.COVERAGE_READ)
    others = [
        area.id
        for area in areas.provinces_of_today(question.map_on)
        if area != question.under and areas.reaches(scope, area.id, question.map_on)
    ]
    return list(areas.labels(others, question.map_on).values())
