"""The filter of a list that names a place: an area of a map."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from markupsafe import Markup, escape
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import Select

from tcns.areas.list_queries import Option, areas_to_choose
from tcns.areas.places import Place, find_place, steps_to, usual_map
from tcns.areas.vocabulary import Level
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.permissions.scope import Scope
from tcns.vietnamese import fold, normalise
from tcns.web.filters import ListForm, choice_field, day_field, text_field
from tcns.web.paging import same_page

# So many are offered at once; among more one types a part of the name.
MOST_CHOICES = 60
# The code that a name with its code ends with: Xã Hòa Phú (02335).
CODED = re.compile(r"\(([\d.]+)\)$", re.ASCII)
MOST_NAMED = 5


class AreaSelect(Select):
    """A choice among many areas: an option has a value and a label, and is written at once."""

    @classmethod
    def render_option(cls, choice: SelectChoice, **_attributes: Any) -> Markup:
        """One option; it has no attributes of its own."""
        mark = " selected" if choice.selected else ""
        value, label = escape(choice.value), escape(choice.label)
        return Markup(f'<option{mark} value="{value}">{label}</option>')  # noqa: S704 - escaped


class SwitchForm(ListForm):
    """A page with a box that leads to the same of another area, named by its code or its name."""

    under = HiddenField(_l("Area"), validators=[Optional()], filters=[normalise])
    # The areas that what was typed may mean, where these are several.
    meant: Sequence[Mapping[str, str]] = ()


class AreaForm(ListForm):
    """What is shown of an area: the way to it leads to the same of the areas above."""

    # What follows from the area, and is left out for another.
    of_the_area: ClassVar[tuple[str, ...]] = ("page",)
    # Where the area shown is looked up: within which scope, its id, on the map of which day.
    shown: tuple[Scope, int, date] | None = None

    @property
    def area_trail(self) -> list[tuple[str, str]]:
        """The areas above the one shown, itself last, each with the page that shows it, the other
        filters kept."""
        others = dict.fromkeys(self.of_the_area)
        steps = steps_to(*self.shown) if self.shown else ()
        return [
            (step.label.full_name, same_page(**others, under=step.label.code)) for step in steps
        ]


class PlaceForm(AreaForm):
    """A list's text to look for, the area it shows, and on which map."""

    unseen: ClassVar[tuple[str, ...]] = ("unallocated",)
    of_the_area = (*AreaForm.of_the_area, "unallocated")

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
    # Whether there are areas to choose among, and so many that one types a part of the name.
    offers_areas = is_picker = False

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
        else:
            self.under.data = found.label.code if found.label else self.under.data
            self.shown = (scope, found.area_id, map_on) if found.area_id else None
        self.is_picker = len(options) > MOST_CHOICES
        self.offers_areas = len(options) > 1 or bool(self.under.errors)
        self.under.choices = _choices([] if self.is_picker else options, found)
        return found

    @property
    def typed_area(self) -> str:
        """What the box for an area shows: the area there is, else what was typed."""
        if self.under.errors:
            return str(self.under.data or "")
        chosen = (choice for choice in self.under.choices if choice.value == self.under.data)
        label = next((str(choice.label) for choice in chosen if choice.value), "")
        return f"{label} ({self.under.data})" if label else ""

    def _place(self, scope: Scope, options: Sequence[Option], map_on: date) -> Place:
        """The place asked for: one of the options, else what the code names."""
        text, unallocated = self.value("under") or "", self.value("unallocated")
        meant = _meant(text, options) if text else []
        if len(meant) == 1:
            return Place(map_on, meant[0].id, meant[0].label, unallocated)
        if meant:
            raise _several(meant)
        coded = CODED.search(text)
        return find_place(scope, coded[1] if coded else text or None, map_on, unallocated)


def _meant(text: str, options: Sequence[Option]) -> list[Option]:
    """The areas that a text means: the one whose code it is, or ends with; else those that are
    called so, marks and case aside; else those whose name holds it."""
    coded = CODED.search(text)
    code, wanted = coded[1] if coded else text, fold(text)
    exact = [option for option in options if option.label.code == code]
    if exact or not wanted:
        return exact
    called = [
        option
        for option in options
        if wanted in (fold(option.label.full_name), fold(option.label.name))
    ]
    return called or [option for option in options if wanted in fold(option.label.full_name)]


def _several(meant: Sequence[Option]) -> RuleViolation:
    """That a text means several areas, with the first of them."""
    names = [
        ", ".join(filter(None, (f"{one.label.full_name} ({one.label.code})", one.district)))
        for one in meant[:MOST_NAMED]
    ]
    further = len(meant) - MOST_NAMED
    names += [_("%(count)s more", count=further)] if further > 0 else []
    message = _("Several areas are called so: %(names)s.", names="; ".join(names))
    return RuleViolation(message, "under")


def _choices(options: Sequence[Option], place: Place) -> list[SelectChoice]:
    """The areas to choose, and the place itself where it is none of them."""
    choices = [SelectChoice(value="", label=_("All"))]
    if place.label and place.label.code not in {option.label.code for option in options}:
        choices.append(SelectChoice(value=place.label.code, label=place.label.full_name))
    return choices + [
        SelectChoice(
            value=option.label.code, label=option.label.full_name, optgroup=option.district
        )
        for option in options
    ]


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
