"""The pages and files that are open to everybody, where the province switches them on."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, request

from tcns.coverage.measure import Measure
from tcns.coverage.vocabulary import Group
from tcns.i18n import language, speak
from tcns.open_figures.forms import OpenForm
from tcns.open_figures.queries import OpenCoverage, open_coverage
from tcns.open_figures.rules import LEAST, open_measures
from tcns.open_figures.spreadsheet import as_csv, as_json, dictionary
from tcns.permissions.guards import public
from tcns.permissions.scope import EVERYTHING
from tcns.web.headers import embeddable, shared

blueprint = Blueprint("open_figures", __name__, url_prefix="/open")
# The columns of the page, table by table.
TABLES = ((Group.ORGANISATION, Group.MEMBERS), (Group.ACTIVITY,), (Group.RESULTS,))


@blueprint.before_request
def expect_open() -> None:
    """There is no such page unless the province switched it on; its language is that of its
    address, so that it is the same for everybody."""
    if not current_app.config["TCNS"].open_data:
        abort(HTTPStatus.NOT_FOUND)
    speak(request.args.get("lang"))


@blueprint.get("")
@public
@shared
def show_open_figures() -> Response:
    """What is open, how it is counted, what is left out, and how programs read it."""
    return _page("open_figures/show_open_figures.html", form=OpenForm())


@blueprint.get("/coverage")
@public
@shared
def show_coverage() -> Response:
    """Coverage and results by district or commune for a period that is over."""
    form = OpenForm.from_address()
    answer = _answer_to(form)
    tables = [_places(answer, groups) for groups in TABLES] if answer else []
    return _page("open_figures/show_coverage.html", form=form, answer=answer, tables=tables)


@blueprint.get("/coverage.json")
@public
@shared
def send_coverage_json() -> Response:
    """The same as JSON."""
    form = OpenForm.from_address()
    answer = _answer_to(form)
    return _json(as_json(answer)) if answer else _json({"errors": form.errors}, is_wrong=True)


@blueprint.get("/coverage.csv")
@public
@shared
def send_coverage_csv() -> Response:
    """The same as CSV."""
    form = OpenForm.from_address()
    answer = _answer_to(form)
    if answer is None:
        return _json({"errors": form.errors}, is_wrong=True)
    return _conditional(Response(as_csv(answer), content_type="text/csv; charset=utf-8"))


@blueprint.get("/dictionary")
@public
@shared
def show_dictionary() -> Response:
    """What each figure means, how it is counted, whether it may be added."""
    return _page("open_figures/show_dictionary.html", entries=dictionary(open_measures()))


@blueprint.get("/dictionary.json")
@public
@shared
def send_dictionary() -> Response:
    """The same as JSON."""
    return _json({"measures": dictionary(open_measures())})


@blueprint.get("/embed")
@public
@shared
@embeddable
def show_figure() -> Response:
    """One figure of the province and its day, for a page of another site to show."""
    form = OpenForm.from_address()
    answer, key = _answer_to(form), request.args.get("measure", "team_count")
    measure = next((one for one in open_measures() if one.key == key), None)
    if answer is None or measure is None:
        abort(HTTPStatus.NOT_FOUND)
    return _page(
        "open_figures/show_figure.html", answer=answer, measure=measure, figure=answer.figure(key)
    )


def _answer_to(form: OpenForm) -> OpenCoverage | None:
    """The answer; None where the form says what cannot be."""
    return None if form.errors else open_coverage(EVERYTHING, *form.question())


def _places(answer: OpenCoverage, groups: tuple[Group, ...]) -> list[tuple[int, Measure]]:
    """The columns of a table: where the figures of each stand in the rows."""
    measures = enumerate(open_measures())
    return [(place, one) for place, one in measures if one.group in groups]


def _page(name: str, **values: Any) -> Response:
    """A page that knows no visitor: it reads no session, so that caches may keep it."""
    template = current_app.jinja_env.get_template(name)
    return _conditional(make_response(template.render(least=LEAST, spoken=language(), **values)))


def _json(values: dict[str, Any], *, is_wrong: bool = False) -> Response:
    """Values as JSON; what was asked wrongly is answered so."""
    answer = Response(
        json.dumps(values, ensure_ascii=False, default=str), mimetype="application/json"
    )
    if is_wrong:
        answer.status_code = HTTPStatus.BAD_REQUEST
        return answer
    return _conditional(answer)


def _conditional(answer: Response) -> Response:
    """The answer with a tag of its content, or that it is what the cache has already."""
    answer.add_etag()
    answer.make_conditional(request)
    return answer
