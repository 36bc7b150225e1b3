"""The cockpit's page."""

from dataclasses import replace

from flask import Blueprint, render_template

from tcns.areas.boundaries.queries import boundaries_of, points_of
from tcns.areas.vocabulary import Level
from tcns.cockpit import pictures
from tcns.cockpit.forms import CockpitForm
from tcns.cockpit.pictures import Land
from tcns.coverage import links, queries
from tcns.coverage.comparison_queries import Comparison, compare
from tcns.coverage.comparison_vocabulary import Comparing
from tcns.coverage.views import answer_to, placed
from tcns.coverage.word_views import in_words, title_of
from tcns.errors import RuleViolation
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.web.kept_pages import kept_page

blueprint = Blueprint("cockpit", __name__)


@blueprint.route("/cockpit")
@requires(Permission.COVERAGE_READ)
@kept_page("areas", "teams", "activities", "indicators", "accounts")
def show_cockpit() -> str:
    """An area at a glance: what is notable, key figures, the areas below it ranked and mapped."""
    form = CockpitForm.from_address()
    answer = answer_to(form)
    if answer is None:
        return render_template("cockpit/show_cockpit.html", form=form, answer=None)
    question, before = answer.question, _before(answer)
    lowest = _by_commune(answer)
    lands = _lands(lowest)
    list_url = links.list_urls(question, answer.total.code)
    map_url = links.list_urls(lowest.question, answer.total.code)
    return render_template(
        "cockpit/show_cockpit.html",
        form=form,
        answer=answer,
        title=title_of(answer),
        days=in_words(question),
        figures=pictures.key_figures(answer, before, list_url),
        ranking=pictures.ranking(
            answer, before, list_url, lambda row: links.drill_url(question, row, {})
        ),
        map=pictures.area_map(lowest, lands, _borders(lowest), map_url),
        notable=pictures.notable(lowest, lands),
        level=lowest.question.by,
        lowest_url=links.page_url(lowest.question, under=answer.total.code),
        coverage_url=links.page_url(question, under=answer.total.code),
    )


def _before(answer: queries.Coverage) -> Comparison | None:
    """The figures of the period before; None where the calendar has none."""
    try:
        return compare(my_scope(Permission.COVERAGE_READ), answer, Comparing.PREVIOUS)
    except RuleViolation:
        return None


def _by_commune(answer: queries.Coverage) -> queries.Coverage:
    """The same figures by commune, where the page shows districts."""
    if answer.question.by is not Level.DISTRICT:
        return answer
    question = replace(answer.question, by=Level.COMMUNE)
    return queries.coverage(my_scope(Permission.COVERAGE_READ), question)


def _borders(answer: queries.Coverage) -> pictures.Borders:
    """The borders of the districts that some rows lie in, as far as they are known."""
    trails = placed(answer.rows, answer.question).values()
    ids = {trail[Level.DISTRICT].id for trail in trails if Level.DISTRICT in trail}
    return tuple(boundaries_of(ids, answer.question.map_on).values())


def _lands(answer: queries.Coverage) -> dict[int, Land]:
    """Where the areas of some rows lie."""
    ids = [row.area_id for row in answer.rows if row.area_id]
    points, day = points_of(ids), answer.question.map_on
    outlines, above = boundaries_of(ids, day), placed(answer.rows, answer.question)
    return {
        area_id: Land(
            points.get(area_id),
            outlines.get(area_id, ()),
            trail[Level.DISTRICT].label.name if Level.DISTRICT in trail else "",
        )
        for area_id, trail in above.items()
    }
