"""Fields of the forms that write persons and memberships."""

from typing import Any

from wtforms import SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.teams.members.person_operations import EARLIEST_BIRTH_YEAR, last_birth_year
from tcns.teams.vocabulary import Body, Sex
from tcns.vietnamese import normalise
from tcns.web.fields import name_field, written_with_letters
from tcns.web.filters import NOT_OFFERED, choice_field


def person_name_field(*, is_optional: bool = False) -> StringField:
    """A person's full name as it is written: letters of any script, kept as they are."""
    return name_field(_l("Full name"), written_with_letters, is_optional=is_optional)


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
        filters=[normalise],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


def year_of(text: str | None) -> int | None:
    """The year that was typed; None where nothing was, or no number."""
    return int(text) if text and text.isascii() and text.isdigit() else None


def sex_field() -> SelectField:
    """The sex, if it is known."""
    return choice_field(_l("Sex"), Sex, blank=_l("Not stated"))


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
