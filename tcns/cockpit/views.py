"""The cockpit's page, its list of silent areas, and its charts to be taken along."""

from functools import partial

from flask import Blueprint, Response, abort, render_template, request

from tcns.charts.drawing import Chart
from tcns.charts.slides import slide_png, slide_svg
from tcns.clock import now
from tcns.cockpit import courses, pictures
from tcns.cockpit.board import Board, by_lowest, reader
from tcns.cockpit.forms import CockpitForm
from tcns.cockpit.month_queries import SHOWN
from tcns.cockpit.spreadsheet import chart_columns
from tcns.cockpit.vocabulary import TEAMS
from tcns.cockpit.word_views import lines_of, note_of, source_of
from tcns.coverage import links, queries
from tcns.coverage.views import answer_to, filters_besides_area, places_of
from tcns.coverage.word_views import in_words
from tcns.i18n import format_moment
from tcns.i18n import gettext as _
from tcns.permissions.guards import requires
from tcns.permissions.vocabulary import Permission
from tcns.spreadsheets.sending import Way, send_rows
from tcns.web.kept_pages import kept_page
from tcns.web.paging import page_of, same_filters

blueprint = Blueprint("cockpit", __name__)


@blueprint.route("/cockpit")
@requires(Permission.COVERAGE_READ)
@kept_page("areas", "teams", "activities", "indicators", "accounts", "sign_ins", "duplicates")
def show_cockpit() -> str:
    """An area at a glance: what is notable, key figures, the areas below it ranked and mapped."""
    form = CockpitForm.from_address()
    answer = answer_to(form)
    if answer is None:
        return _without_answer(form)
    board = Board(answer)
    return render_template(
        "cockpit/show_cockpit.html",
        form=form,
        other_filters=filters_besides_area(),
        answer=answer,
        board=board,
        days=in_words(answer.question),
        notable=pictures.notable(board.lately, board.lands),
        coverage_url=links.page_url(answer.question, under=answer.total.code),
        drawn=courses.drawn,
        slides=slides_of,
        note=partial(note_of, board),
        source=partial(source_of, board),
    )


def _without_answer(form: CockpitForm) -> str:
    """What is wrong with a question, and the way to another."""
    return render_template(
        "cockpit/show_cockpit.html", form=form, answer=None, other_filters=filters_besides_area()
    )


@blueprint.route("/cockpit/silent")
@requires(Permission.COVERAGE_READ)
@kept_page("areas", "teams", "activities", "indicators", "accounts")
def list_silent() -> str:
    """The areas that have teams, none of which held a session in a period, the longest silent
    first."""
    form = CockpitForm.from_address()
    asked = answer_to(form)
    if asked is None:
        return _without_answer(form)
    question = by_lowest(asked.question)
    answer = asked if question is asked.question else queries.coverage(reader(), question)
    board = Board(answer)
    teams = pictures.measure_named(TEAMS)
    list_url = links.list_urls(question, answer.total.code)
    return render_template(
        "cockpit/list_silent.html",
        form=form,
        other_filters=filters_besides_area(),
        answer=answer,
        days=in_words(question),
        page=page_of(board.silent_rows),
        months_shown=SHOWN,
        places=places_of([row for row, _month in board.silent_rows], question),
        area_url=board.area_url,
        teams_url=lambda row: list_url(row, teams),
    )


@blueprint.route("/cockpit/slide")
@requires(Permission.COVERAGE_READ)
def show_slide() -> Response:
    """The chart that the address names to be taken along: as a slide, in lines or in dots, or its
    figures as a file."""
    name, kind = request.args.get("chart", ""), request.args.get("as", "svg")
    answer = answer_to(CockpitForm.from_address())
    if answer is None:
        abort(404)
    board = Board(answer)
    chart = board.chart(name)
    if chart is None:
        abort(404)
    if kind in (Way.XLSX, Way.CSV):
        return _send_figures(board, name, chart)
    moment = _("Figures as of %(moment)s", moment=format_moment(now()))
    foot = f"{source_of(board, name, is_alone=True)} {moment}."
    draw = slide_svg if kind == "svg" else slide_png
    picture = draw(chart, chart.title, f"{answer.total.name}. {note_of(board, name)}", foot)
    return Response(picture, mimetype="image/svg+xml" if kind == "svg" else "image/png")


def _send_figures(board: Board, name: str, chart: Chart) -> Response:
    """The figures of a chart as a file that says what they are."""
    table = chart.table()
    return send_rows(
        table.rows,
        chart_columns(table),
        lines=lines_of(board, name, chart),
        area_id=board.answer.total.area_id,
        is_passed_on=True,
    )


def slides_of(name: str) -> dict[str, str]:
    """A chart of this page to be taken along, by the names of the formats."""
    address = same_filters("cockpit.show_slide")
    joint = "&" if "?" in address else "?"
    ways = {"SVG": "svg", "PNG": "png", "CSV": Way.CSV, "Excel": Way.XLSX}
    return {label: f"{address}{joint}chart={name}&as={way}" for label, way in ways.items()}
