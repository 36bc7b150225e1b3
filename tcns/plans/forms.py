"""What may be typed of plans and their targets."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.i18n import LabelledEnum, format_number
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.plans.operations import PlanText, TargetText
from tcns.plans.vocabulary import Standing
from tcns.vietnamese import normalise
from tcns.web.editing import EditingForm
from tcns.web.fields import Filled, any_day_field, count_in, line_field, past_day_field
from tcns.web.filters import NOT_OFFERED, ListForm, choice_field
from tcns.web.forms import WritingForm

DECIMAL = re.compile(r"([0-9]{1,9})[.,]([0-9])", re.ASCII)


class Unit(LabelledEnum):
    """In what a target is set."""

    COUNT = "count", _l("A number")
    SHARE = "share", _l("Per cent (%)")


class AmountField(StringField):
    """A number with at most one decimal: 95, 95,5 and 1.200 as people write them."""

    def process_formdata(self, values: list[str]) -> None:
        """Understand the number; what was typed stays."""
        self.data = None
        text = (normalise(values[0]) if values else "") or ""
        if text:
            self.data = _amount(text.removesuffix("%").strip())

    def _value(self) -> str:
        """What was typed, else the number."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else _written(self.data)


def _written(amount: Decimal) -> str:
    """A number as the visitor's language writes it, with a decimal only where there is one."""
    return format_number(float(amount), 0 if amount == int(amount) else 1)


def _amount(text: str) -> Decimal:
    """The number a text is."""
    count = count_in(text)
    parts = DECIMAL.fullmatch(text)
    if parts is not None:
        return Decimal(f"{parts[1]}.{parts[2]}")
    if count is None:
        raise ValueError(_("Write a number, like 1.200 or 95,5."))
    return Decimal(count)


class PlanFields:
    """What a plan says on its head, and when work on it begins."""

    number = line_field(_l("Number (số)"))
    issued_on = past_day_field(_l("Day (ngày)"))
    title = line_field(_l("Title"))
    starts_on = any_day_field(_l("Work begins on"))

    def text(self) -> PlanText:
        """What was typed of the plan."""
        return PlanText(self.number.data, self.issued_on.data, self.title.data, self.starts_on.data)


class NewPlanForm(PlanFields, WritingForm):
    """A plan to be put on file."""


class PlanForm(PlanFields, EditingForm):
    """A plan on file, to be corrected."""


class TargetFields:
    """Which measure, of which areas, how much, by when."""

    measure = SelectField(_l("Measure"), choices=[], invalid_choice_message=NOT_OFFERED)
    level = choice_field(_l("Of each"), Level)
    area = line_field(_l("Only in this area (code or name)"), required=False)
    amount = AmountField(_l("To reach"), [Filled()], render_kw={"inputmode": "decimal"})
    unit = choice_field(_l("Unit"), Unit)
    due_on = any_day_field(_l("Due on"))

    def offer_measures(self, groups: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> None:
        """Offer measures, by key and label, under their headings."""
        self.measure.choices = [
            SelectChoice(value=key, label=label, optgroup=heading)
            for heading, measures in groups
            for key, label in measures
        ]

    def text(self, area: Area | None) -> TargetText:
        """What was typed of the target; the area was found by what was typed of it."""
        return TargetText(
            measure=self.measure.data,
            level=Level(self.level.data),
            area=area,
            amount=self.amount.data or Decimal(0),
            is_share=self.unit.data == Unit.SHARE,
            due_on=self.due_on.data,
        )


class NewTargetForm(TargetFields, WritingForm):
    """A target to be set."""


class TargetForm(TargetFields, EditingForm):
    """A target, to be corrected."""

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is on file; the area as it may be typed."""
        return {
            "measure": record.measure,
            "level": record.step,
            "area": record.area.names[-1].code if record.area else None,
            "amount": record.amount,
            "unit": Unit.SHARE if record.is_share else Unit.COUNT,
            "due_on": record.due_on,
        }


class DeletingForm(EditingForm):
    """Nothing is typed: a plan or a target is deleted as it stands on file."""

    @classmethod
    def saved_of(cls, _record: Any) -> Mapping[str, Any]:
        """Nothing that could differ."""
        return {}


class StandingForm(ListForm):
    """Which areas of a target a list shows."""

    standing = choice_field(_l("Status"), Standing, blank=_l("All"))
