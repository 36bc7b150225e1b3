"""The page that searches everywhere."""

import re
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from tcns.areas.place_forms import SwitchForm
from tcns.areas.vocabulary import Level
from tcns.clock import today
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.i18n import join_words
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.search import queries
from tcns.search.forms import SearchForm
from tcns.teams.phone_views import my_phones
from tcns.web.paging import same_page

blueprint = Blueprint("search", __name__)
# The code that a name with its code ends with: Xã Hòa Phú (02335).
CODED = re.compile(r"\(([\d.]+)\)\s*$", re.ASCII)


@blueprint.get("/search")
@requires(Permission.TEAM_READ)
def search() -> str:
    """The teams, persons, areas and decisions nearest to a text, of those the visitor may see."""
    form = SearchForm.from_address()
    text = form.value("q")
    found = find(text) if text else {}
    return render_template("search/search.html", form=form, text=text, on=today(), **found)


@blueprint.get("/search/areas.json")
@requires(Permission.AREA_READ)
def suggest_areas() -> Response:
    """The areas of the map nearest to a text, of those the visitor may see: name, code, place."""
    text = SearchForm.from_address().value("q")
    found = queries.find_areas(my_scope(Permission.AREA_READ), text).rows if text else []
    return jsonify([named_area(one) for one in found])


def named_area(found: queries.AreaFound) -> dict[str, str]:
    """An area by its name and code, and where it is: the areas above it but for the province."""
    above = [
        step.label.full_name
        for level, step in sorted(found.trail.items(), key=lambda step: -step[0].rank)
        if level not in (found.area.step, Level.PROVINCE)
    ]
    return {
        "name": found.label.full_name,
        "code": found.label.code,
        "place": join_words(above),
    }


def area_meant(text: str) -> list[queries.AreaFound]:
    """The areas that somebody may mean who typed a text: the one whose code it ends with, in
    brackets, or is; else those that are called so, else the nearest."""
    coded = CODED.search(text)
    code = coded[1] if coded else text
    found = queries.find_areas(my_scope(Permission.AREA_READ), code).rows
    exact = [one for one in found if code == one.label.code]
    exact = exact or [one for one in found if text in (one.label.full_name, one.label.name)]
    return exact or found


def area_switched_to(form: SwitchForm, lowest: Level = Level.VILLAGE) -> queries.AreaFound | None:
    """The one area, of a level or a higher one, that was named in the box for another; where it may
    be none or several, a message says so in the form."""
    found = [one for one in area_meant(form.value("under")) if one.area.step.rank <= lowest.rank]
    if len(found) == 1:
        return found[0]
    form.meant = [
        {**named_area(one), "url": same_page(under=one.label.code, page=None)} for one in found
    ]
    message = _("Several areas are called so.") if found else _("No area is called so.")
    form.add_error(RuleViolation(message, "under"))
    return None


def find(text: str) -> dict[str, queries.Found[Any]]:
    """What is found of each kind."""
    teams = my_scope(Permission.TEAM_READ)
    return {
        "teams": queries.find_teams(teams, text),
        "persons": queries.find_persons(my_scope(Permission.PERSON_READ), text, my_phones()),
        "areas": queries.find_areas(my_scope(Permission.AREA_READ), text),
        "decisions": queries.find_decisions(teams, text),
    }
