"""The filter of a list that names a place: an area of a map."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import Select

from tcns.areas.places import Option, Place, areas_to_choose, find_place, usual_map
from tcns.areas.vocabulary import Level
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.permissions.scope import Scope
from tcns.vietnamese import normalise
from tcns.web.filters import ListForm, choice_field, day_field, text_field

# A province's are all offered at once; of more the districts, and then those of the one chosen.
MOST_CHOICES = 400


class AreaSelect(Select):
    """A choice among many areas: an option has a value and a label, and is written at once."""

    @classmethod
    def render_option(cls, choice: SelectChoice, **_attributes: Any) -> Markup:
        """One option; it has no attributes of its own."""
        mark = " selected" if choice.selected else ""
        value, label = escape(choice.value), escape(choice.label)
        return Markup(f'<option{mark} value="{value}">{label}</option>')  # noqa: S704 - escaped


class PlaceForm(ListForm):
    """A list's text to look for, the area it shows, and on which map."""

    unseen: ClassVar[tuple[str, ...]] = ("unallocated",)

    q = text_field(_l("Search"))
    under = SelectField(
        _l("Area"),
        choices=[],
        default="",
        validate_choice=False,
        filters=[normalise],
        widget=AreaSelect(),
    )
    unallocated = choice_field(_l("Not allocated to any"), Level, blank="")
    map_on = day_field(_l("Map of"))
    shows_all = False

    def place(self, scope: Scope, on: date) -> Place:
        """The place asked for among the areas of a scope; what is wrong is said beside the field.

        The map is that of `on`, or the deployment's if that is earlier, unless one is named.
        """
        map_on = self.value("map_on") or usual_map(on)
        self.shows_all = scope.everything
        options = areas_to_choose(scope, map_on)
        try:
            found = self._place(scope, options, map_on)
        except RuleViolation as broken:
            self.add_error(broken)
            found = Place(map_on)
        self.under.choices = _choices(options, found)
        return found

    def _place(self, scope: Scope, options: Sequence[Option], map_on: date) -> Place:
        """The place asked for: one of the options, else what the code names."""
        code, unallocated = self.value("under"), self.value("unallocated")
        for option in options:
            if option.label.code == code:
                return Place(map_on, option.id, option.label, unallocated)
        return find_place(scope, code, map_on, unallocated)


def _choices(options: Sequence[Option], place: Place) -> list[SelectChoice]:
    """The areas to choose, and the place itself where it is none of them."""
    all_of_them = _("All")
    if len(options) > MOST_CHOICES:
        options = _near(options, place)
        all_of_them = _("All (choose a district to choose among its communes)")
    choices = [SelectChoice(value="", label=all_of_them)]
    if place.label and place.label.code not in {option.label.code for option in options}:
        choices.append(SelectChoice(value=place.label.code, label=place.label.full_name))
    return choices + [
        SelectChoice(
            value=option.label.code, label=option.label.full_name, optgroup=option.district
        )
        for option in options
    ]


def _near(options: Sequence[Option], place: Place) -> list[Option]:
    """The districts, and what stands in that of the place; where there are no districts, all."""
    chosen = (option.district for option in options if option.id == place.area_id)
    district = next(chosen, None)
    return [option for option in options if option.district in (option.label.full_name, district)]


def _everywhere(form: PlaceForm) -> str:
    """What a list covers that no area narrows."""
    return _("the whole province") if form.shows_all else _("all areas in one's charge")


def lines_on_top(title: str, form: PlaceForm, place: Place, when: str) -> list[Any]:
    """What the file of a list says on top: what it is, where, when, and how it is filtered."""
    where = place.label.full_name if place.label else _everywhere(form)
    lines = [
        title,
        _("Area: %(area)s, on the map of %(day)s", area=where, day=format_day(place.map_on)),
        when,
    ]
    filters = form.in_words()
    return [*lines, _("Filters: %(filters)s", filters=filters)] if filters else lines
