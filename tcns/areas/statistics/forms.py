"""What is asked of the statistics of villages."""

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from tcns.areas.place_forms import PlaceForm
from tcns.areas.statistics.rows import Statistics
from tcns.areas.statistics.vocabulary import WHOLES, YES_OR_NO, Counted, Statistic
from tcns.i18n import lazy_gettext as _l
from tcns.web.fields import CountField, count_field, missing, past_day_field
from tcns.web.filters import NOT_OFFERED, choice_field, day_field
from tcns.web.forms import WritingForm

WHOLE = "_of"  # behind the name of a share's field: that of how many there are in all
NOT_SAID, YES, NO = "", "1", "0"


def yes_no_field(statistic: Statistic) -> SelectField:
    """Whether a village has something, or that nothing is said of it."""
    return SelectField(
        statistic.label,
        choices=[
            SelectChoice(value=NOT_SAID, label=_l("Leave as on record")),
            SelectChoice(value=YES, label=_l("Yes")),
            SelectChoice(value=NO, label=_l("No")),
        ],
        default=NOT_SAID,
        invalid_choice_message=NOT_OFFERED,
    )


def share_fields(statistic: Statistic) -> tuple[CountField, CountField]:
    """How many have something, and how many were asked: where one is said the other is as well."""
    return count_field(statistic.label, _both), count_field(WHOLES[statistic], _both)


def _both(form: Any, field: Any) -> None:
    """Refuse one of the two figures of a share without the other."""
    own = field.short_name
    other = form[own.removesuffix(WHOLE) if own.endswith(WHOLE) else own + WHOLE]
    if field.data is None and other.raw_data and other.raw_data[0].strip():
        raise StopValidation(missing(field))


class StatisticsForm(WritingForm):
    """What was counted of a village on a day."""

    mobile_signal = yes_no_field(Statistic.MOBILE_SIGNAL)
    fixed_broadband = yes_no_field(Statistic.FIXED_BROADBAND)
    broadband_households, broadband_households_of = share_fields(Statistic.BROADBAND_HOUSEHOLDS)
    smartphone_households, smartphone_households_of = share_fields(Statistic.SMARTPHONE_HOUSEHOLDS)
    smartphone_adults, smartphone_adults_of = share_fields(Statistic.SMARTPHONE_ADULTS)
    first_day = past_day_field(_l("Counted on"))

    def said(self) -> Statistics:
        """What was typed, by statistic; what was left out is not said."""
        known = {each: self[each.value].data for each in YES_OR_NO}
        said = {each: Counted(int(data)) for each, data in known.items() if data != NOT_SAID}
        for each in WHOLES:
            value, whole = self[each.value].data, self[each.value + WHOLE].data
            if value is not None and whole is not None:
                said[each] = Counted(value, whole)
        return said


class StatisticsFilterForm(PlaceForm):
    """Which villages a list of statistics shows, and on which day their figures held."""

    has = choice_field(_l("Having"), YES_OR_NO, blank=_l("All"))
    known = choice_field(_l("With a figure for"), Statistic, blank=_l("All"))
    on = day_field(_l("Figures on"))
