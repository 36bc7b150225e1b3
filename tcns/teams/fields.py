"""Fields of the forms that write teams, members and decisions."""

from datetime import date
from typing import Any
from unicodedata import category

from wtforms import DateField, Field, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.teams.person_operations import EARLIEST_BIRTH_YEAR, last_birth_year
from tcns.teams.vocabulary import Body
from tcns.web.filters import DAY_FORMATS, NOT_A_DAY, NOT_OFFERED, YEARS, not_after_today
from tcns.web.forms import tidy

LONGEST_NAME = 120
BETWEEN_LETTERS = " '’.-"
FILL_IN = _l("Fill this in.")
TOO_LONG = _l("Use at most %(count)s characters.", count=LONGEST_NAME)


def person_name_field(*, is_optional: bool = False) -> StringField:
    """A person's full name as it is written: letters of any script, kept as they are."""
    return _name_field(_l("Full name"), written_with_letters, is_optional=is_optional)


def area_name_field(label: Any, *, is_optional: bool = True) -> StringField:
    """The name of a village without its kind: letters and numbers."""
    return _name_field(label, written_plainly, is_optional=is_optional)


def team_name_field(label: Any, *, is_optional: bool = False) -> StringField:
    """The name of a team."""
    return _name_field(label, written_plainly, is_optional=is_optional)


def _name_field(label: Any, *checks: Any, is_optional: bool = False) -> StringField:
    """A name, tidied."""
    begin = Optional() if is_optional else InputRequired(FILL_IN)
    return StringField(
        label,
        [begin, Length(max=LONGEST_NAME, message=TOO_LONG), *checks],
        filters=[tidy],
        render_kw={"autocomplete": "off"},
    )


def written_with_letters(_form: Any, field: Field) -> None:
    """Refuse a name that holds anything but letters and what stands between them."""
    text = field.data or ""
    if not any(letter.isalpha() for letter in text):
        raise ValidationError(FILL_IN)
    if not all(category(c)[0] in "LM" or c in BETWEEN_LETTERS for c in text):
        raise ValidationError(_("A person's name is written with letters only."))


def written_plainly(_form: Any, field: Field) -> None:
    """Refuse a name without letters or digits, and one with signs that no name has."""
    text = field.data or ""
    if not any(letter.isalnum() for letter in text):
        raise ValidationError(FILL_IN)
    if not all(category(c)[0] in "LMN" or c in f'{BETWEEN_LETTERS},–()/&"“”' for c in text):
        raise ValidationError(_("A name is written with letters and numbers."))


def past_day_field(label: Any, *checks: Any, is_optional: bool = False) -> DateField:
    """A day that has come already."""
    begin = Optional() if is_optional else InputRequired(_l("Give a day."))
    return DateField(
        label,
        [*checks, begin, _in_our_time, not_after_today],
        format=DAY_FORMATS,
        invalid_value_message=NOT_A_DAY,
    )


def _in_our_time(_form: Any, field: Field) -> None:
    """Refuse a day of another age."""
    if isinstance(field.data, date) and field.data.year not in YEARS:
        raise StopValidation(NOT_A_DAY)


class YearField(StringField):
    """A year of birth as text of four digits, or None."""

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is no year in which a member can have been born."""
        text = self.data or ""
        years = range(EARLIEST_BIRTH_YEAR, last_birth_year() + 1)
        is_year = text.isascii() and text.isdigit() and len(text) == 4 and int(text) in years
        if text and not is_year:
            message = _("Write a year from %(first)s to %(last)s.", first=years[0], last=years[-1])
            raise ValidationError(message)


def year_field() -> YearField:
    """The year of birth, if it is known."""
    return YearField(
        _l("Year of birth"),
        [Optional()],
        filters=[tidy],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


def body_field() -> SelectField:
    """The body a member represents, if it is known."""
    choices = [SelectChoice(value=body.value, label=body.label) for body in Body]
    return SelectField(
        _l("Body represented"),
        choices=[SelectChoice(value="", label=_l("Not stated")), *choices],
        coerce=lambda text: Body(text) if text else "",
        default="",
        invalid_value_message=NOT_OFFERED,
        invalid_choice_message=NOT_OFFERED,
    )
