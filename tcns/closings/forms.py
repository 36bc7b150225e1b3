"""What is asked when months are closed and opened."""

from datetime import timedelta

from wtforms import BooleanField, HiddenField
from wtforms.validators import Optional

from tcns.clock import today
from tcns.i18n import lazy_gettext as _l
from tcns.vietnamese import normalise
from tcns.web.fields import any_day_field, note_field
from tcns.web.filters import ListForm
from tcns.web.forms import WritingForm


class MonthForm(ListForm):
    """Which month the page shows."""

    month = HiddenField(validators=[Optional()], filters=[normalise])


class CloseForm(WritingForm):
    """That a month is closed although sessions wait in it."""

    is_confirmed = BooleanField(_l("Close it although sessions wait for review"))


class ReopenForm(WritingForm):
    """Why a month is opened again, and until when."""

    reason = note_field(_l("Why is the month opened again?"), required=True)
    open_until = any_day_field(_l("Open until the end of"))

    @classmethod
    def usual(cls) -> "ReopenForm":
        """The form with a week ahead."""
        return cls(data={"open_until": today() + timedelta(days=7)})


class AskForm(WritingForm):
    """Why a team asks for a month to be opened."""

    reason = note_field(_l("Why is it entered late, or to be corrected?"), required=True)


class DecideForm(WritingForm):
    """Until when a month is opened, or why it is not."""

    open_until = any_day_field(_l("Open until the end of"))
    answer = note_field(_l("Answer, where it is not opened"))

    @classmethod
    def usual(cls) -> "DecideForm":
        """The form with a week ahead."""
        return cls(data={"open_until": today() + timedelta(days=7)})
