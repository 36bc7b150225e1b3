"""Which changes of teams a list shows."""

from datetime import timedelta

from wtforms import Field, ValidationError

from tcns.areas.place_forms import PlaceForm
from tcns.clock import today
from tcns.coverage.changes.vocabulary import TeamChange
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.periods import Period, reporting_month
from tcns.web.filters import choice_field, day_field, not_after_today


class TeamChangeForm(PlaceForm):
    """Between which two days, of which place; without days between the last day of the reporting
    month before and today."""

    first = day_field(_l("Compare from the end of"), not_after_today, name="from")
    last = day_field(_l("To the end of"), not_after_today, name="to")
    change = choice_field(_l("Gained or lost"), TeamChange, blank=_l("All"))

    def validate_last(self, field: Field) -> None:
        """Refuse days that do not follow one another."""
        if field.data and self.first.data and self.first.data >= field.data:
            raise ValidationError(_("The second day must lie after the first."))

    def days(self) -> Period:
        """The two days: the change is between their ends."""
        last = self.settle("last", today())
        before = reporting_month(last).first - timedelta(days=1)
        return Period(self.settle("first", min(before, last)), last)
