"""The form that registers teams: a decision, the areas it covers, villages not listed yet."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from wtforms import Field, HiddenField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice

from tcns.areas.models import Area
from tcns.areas.villages.add_operations import VillageText
from tcns.areas.villages.forms import area_name_field
from tcns.areas.vocabulary import VILLAGE_KINDS, AreaKind
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.teams.decisions.forms import DecisionFields
from tcns.teams.fields import team_name_field
from tcns.teams.lifecycle.establish.operations import NewTeam
from tcns.web.fields import line_field, past_day_field
from tcns.web.filters import NOT_OFFERED
from tcns.web.forms import WritingForm


class Offer(NamedTuple):
    """An area that may get a team: what it is called, the team's usual name, whether it has one."""

    area_id: int
    area: Area
    label: str
    team_name: str
    has_team: bool


class VillageRow(NamedTuple):
    """The fields of one village that is not listed yet."""

    key: str
    name: Field
    kind: Field
    first_day: Field


class EstablishForm(DecisionFields, WritingForm):
    """What is asked everywhere; `form_for` adds a name for each team and rows for villages."""

    areas = SelectMultipleField(_l("Teams of"), coerce=int)
    first_day = past_day_field(_l("First day of the teams"), is_optional=True)
    second_reason = line_field(_l("Why a second team"), required=False)
    rows = HiddenField()
    offers: Sequence[Offer] = ()
    row_count = 0

    def validate_areas(self, _field: Field) -> None:
        """At least one team is to be established."""
        if not self.areas.data and not any(row.name.data for row in self.village_rows()):
            raise ValidationError(_("Tick an area, or enter a village that is not listed."))

    def village_rows(self) -> Iterator[VillageRow]:
        """The rows of villages that are not listed yet."""
        for number in range(self.row_count):
            key = f"village_{number}"
            parts = (self[f"{key}_{part}"] for part in ("name", "kind", "first_day"))
            yield VillageRow(key, *parts)

    def chosen_day(self, issued_on: date | None) -> date | None:
        """The first day of the teams; left empty it is the decision's."""
        return self.first_day.data or issued_on

    def chosen_offers(self) -> list[Offer]:
        """The areas that were ticked."""
        return [offer for offer in self.offers if offer.area_id in (self.areas.data or ())]

    def new_teams(self, first_day: date, usual_name: str) -> list[NewTeam]:
        """The teams asked for; those of new villages are named after them."""
        listed = [
            NewTeam(self[f"name_{offer.area_id}"].data or offer.team_name, offer.area)
            for offer in self.chosen_offers()
        ]
        return listed + [
            _new_village(row, first_day, usual_name)
            for row in self.village_rows()
            if row.name.data and not (row.name.errors or row.kind.errors or row.first_day.errors)
        ]


def _new_village(row: VillageRow, first_day: date, usual_name: str) -> NewTeam:
    """The team of a village that is not listed; without a day it exists since the team does."""
    kind = AreaKind(row.kind.data)
    village = VillageText(row.name.data, kind, row.first_day.data or first_day)
    return NewTeam(f"{usual_name} {kind} {row.name.data}", village=village, field=row.key)


def form_for(offers: Sequence[Offer], row_count: int, **filled: Any) -> EstablishForm:
    """The form with a box and a team's name for each area offered, and rows for new villages."""
    fields: dict[str, Field] = {}
    for offer in offers:
        label = _l("Name of the team of %(area)s", area=offer.label)
        fields[f"name_{offer.area_id}"] = team_name_field(label, is_optional=True)
        filled.setdefault(f"name_{offer.area_id}", offer.team_name)
    for number in range(row_count):
        fields |= _row_fields(f"village_{number}")
    form = type("EstablishFormOfCommune", (EstablishForm,), fields)(data=filled)
    form.offers, form.row_count = offers, row_count
    form.areas.choices = [SelectChoice(value=offer.area_id, label=offer.label) for offer in offers]
    form.rows.data = str(row_count)
    return form  # type: ignore[no-any-return]


def _row_fields(key: str) -> dict[str, Field]:
    """The fields of one new village."""
    return {
        f"{key}_name": area_name_field(_l("Name of the village")),
        f"{key}_kind": SelectField(
            _l("Kind"),
            choices=[SelectChoice(value=kind.value, label=kind.value) for kind in VILLAGE_KINDS],
            default=AreaKind.THON.value,
            invalid_choice_message=NOT_OFFERED,
        ),
        f"{key}_first_day": past_day_field(_l("Exists since"), is_optional=True),
    }
