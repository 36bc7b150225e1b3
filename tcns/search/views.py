"""The page that searches everywhere."""

from typing import Any

from flask import Blueprint, render_template

from tcns.clock import today
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.search import queries
from tcns.search.forms import SearchForm
from tcns.teams.phone_views import my_phones

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@requires(Permission.TEAM_READ)
def search() -> str:
    """The teams, persons, areas and decisions nearest to a text, of those the visitor may see."""
    form = SearchForm.from_address()
    text = form.value("q")
    found = find(text) if text else {}
    return render_template("search/search.html", form=form, text=text, on=today(), **found)


def find(text: str) -> dict[str, queries.Found[Any]]:
    """What is found of each kind."""
    teams = my_scope(Permission.TEAM_READ)
    return {
        "teams": queries.find_teams(teams, text),
        "persons": queries.find_persons(my_scope(Permission.PERSON_READ), text, my_phones()),
        "areas": queries.find_areas(my_scope(Permission.AREA_READ), text),
        "decisions": queries.find_decisions(teams, text),
    }
