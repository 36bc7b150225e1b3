"""The filters of a list: read from the address; what cannot be read is named and ignored."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, StopValidation

from tcns.clock import today
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.periods import NamedPeriod, Period, PeriodKind, not_a_period, period_holding, period_named
from tcns.vietnamese import normalise
from tcns.web.days import NOT_A_DAY, YEARS, DayField
from tcns.web.forms import FilterForm
from tcns.web.paging import same_page

LONGEST_TEXT = 100
NOT_OFFERED = _l("Choose one of the list.")


class Chip(NamedTuple):
    """A filter in force, in words, and the address of the list without it."""

    text: str
    clear_url: str


def text_field(label: Any) -> StringField:
    """A field of free text."""
    too_long = _l("Use at most %(count)s characters.", count=LONGEST_TEXT)
    return StringField(
        label, filters=[normalise], validators=[Length(max=LONGEST_TEXT, message=too_long)]
    )


class FilterDayField(DayField):
    """A day of an address, where it stands in ISO form."""

    def _value(self) -> str:
        """The day that was understood, else what was typed."""
        return format_day(self.data) if self.data else " ".join(self.raw_data or ())


def day_field(label: Any, *checks: Any, name: str | None = None) -> FilterDayField:
    """A field of one day; left empty it asks for nothing."""
    named = {"name": name} if name else {}
    return FilterDayField(label, [Optional(), _in_our_time, *checks], **named)


def _in_our_time(_form: Any, field: Field) -> None:
    """Refuse a day of another age."""
    if field.data and field.data.year not in YEARS:
        raise StopValidation(NOT_A_DAY)


def not_after_today(_form: Any, field: Field) -> None:
    """Refuse a day that is still to come: nothing is known of it yet."""
    if field.data and field.data > today():
        raise ValidationError(_("The day lies in the future."))


def choice_field(label: Any, words: Iterable[StrEnum], *, blank: Any = None) -> SelectField:
    """A field that offers words of a vocabulary, behind a blank one where there is one.

    What it says is the word itself.
    """
    offered: list[Any] = list(words)
    vocabulary = type(offered[0])
    choices = [SelectChoice(value=word.value, label=word.label) for word in offered]
    if blank is not None:
        choices.insert(0, SelectChoice(value="", label=blank))
    return SelectField(
        label,
        choices=choices,
        coerce=lambda text: vocabulary(text) if text else "",
        default=choices[0].value,
        invalid_value_message=NOT_OFFERED,
        invalid_choice_message=NOT_OFFERED,
    )


# Of each kind of period so many are offered, the last begun first.
OFFERED = {
    PeriodKind.MONTH: 13,
    PeriodKind.QUARTER: 8,
    PeriodKind.HALF: 4,
    PeriodKind.NINE_MONTHS: 3,
    PeriodKind.YEAR: 5,
}


def _upper(name: Any) -> str:
    return str(name or "").upper()


class PeriodField(SelectField):
    """A field of a period of the reporting calendar, by its name; left empty it asks for none.

    Those of late are offered; that of the address as well.
    """

    def __init__(self, label: Any, *, blank: Any, **more: Any) -> None:
        more |= {"choices": [], "default": "", "validate_choice": False}
        super().__init__(label, coerce=_upper, **more)
        self.blank = blank

    @property
    def period(self) -> NamedPeriod | None:
        """The period that was named."""
        return period_named(self.data) if self.data else None

    def iter_choices(self) -> Any:
        """The choices as of today, and the one of the address."""
        self.choices = self._offered()
        return super().iter_choices()

    def has_groups(self) -> bool:
        """They stand in groups by their kind."""
        return True

    def iter_groups(self) -> Any:
        """The choices as of today by their kind."""
        self.choices = self._offered()
        return super().iter_groups()

    def pre_validate(self, _form: Any) -> None:
        """Refuse what names no period."""
        if self.data and self.period is None:
            raise ValidationError(not_a_period())

    def _offered(self) -> list[SelectChoice]:
        """Those of late, by their kind, behind none at all."""
        named, running = self.period, [period_holding(kind, today()) for kind in PeriodKind]
        offered = [one.step(-ago) for one in running for ago in range(OFFERED[one.kind])]
        if named and named not in offered:
            offered.append(named)
        kinds = list(PeriodKind)
        offered.sort(key=lambda one: (kinds.index(one.kind), -one.year, -one.number))
        return [
            SelectChoice(value="", label=self.blank, optgroup=""),
            *(
                SelectChoice(value=one.name, label=one.label, optgroup=str(one.kind.label))
                for one in offered
            ),
        ]


class ListForm(FilterForm):
    """The filters of a list; subclasses add theirs.

    Those named in `unseen` come by links alone: they have no control, but a chip.
    """

    unseen: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def from_address(cls) -> Self:
        """The form as the address fills it, checked; what no page may hold is left out."""
        form = cls(
            MultiDict((name, normalise(text)) for name, text in request.args.items(multi=True))
        )
        form.validate()
        return form

    def value(self, name: str) -> Any:
        """What a filter asks for; None when it was left out or could not be read."""
        field = self[name]
        return None if field.errors else (field.data or None)

    def settle(self, name: str, usual: Any) -> Any:
        """What a filter asks for, else the usual, which its control then shows."""
        field = self[name]
        field.default = usual
        if not field.errors:
            field.data = field.data or usual
        return self.value(name) or usual

    def is_in_force(self, name: str) -> bool:
        """Whether a filter asks for something else than when nothing is said."""
        return bool(self.value(name)) and self[name].data != self[name].default

    def chips(self) -> list[Chip]:
        """The filters in force, each with the way to take it off."""
        return [
            Chip(
                f"{field.label.text}: {_shown(field)}",
                same_page(**{field.name: None, "page": None}),
            )
            for name, field in self._fields.items()
            if self.is_in_force(name)
        ]

    def in_words(self) -> str:
        """The filters in force in one line, as the file of the list prints them."""
        return "; ".join(chip.text for chip in self.chips())

    def kept(self) -> list[tuple[str, Any]]:
        """Name and value of the filters without a control, to be sent along."""
        return [(self[name].name, self.value(name)) for name in self.unseen if self.value(name)]

    def unseen_errors(self) -> list[str]:
        """What is wrong with the filters without a control."""
        return [str(error) for name in self.unseen for error in self[name].errors]


class PeriodForm(ListForm):
    """The filters of a list of what happened in a period; both days belong to it."""

    first = day_field(_l("From"), name="from")
    last = day_field(_l("To"), name="to")

    def validate_last(self, field: Field) -> None:
        """Refuse a period that ends before it begins."""
        if field.data and self.first.data and self.first.data > field.data:
            raise ValidationError(_("The first day of the period lies after its last day."))

    def period(self, usual: Period) -> Period:
        """The period asked for; an end that was not given is that of the usual one."""
        asked = usual.between(self.value("first"), self.value("last"))
        return Period(self.settle("first", asked.first), self.settle("last", asked.last))


def _shown(field: Field) -> str:
    """A filter's value in words."""
    if isinstance(field, SelectField):
        chosen = (choice.label for choice in field.iter_choices() if choice.selected)
        return str(next(chosen, field.data))
    return format_day(field.data) if isinstance(field, DayField) else str(field.data)
