"""The filters of silent teams: in which area, by name, and for how long."""

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tcns.areas.place_forms import PlaceForm
from tcns.i18n import format_number, ngettext
from tcns.i18n import lazy_gettext as _l
from tcns.silence.steps import silent_steps
from tcns.web.filters import NOT_OFFERED


class SilenceForm(PlaceForm):
    """Where is looked, and from how many days on."""

    unseen = (*PlaceForm.unseen, "map_on")
    days = SelectField(_l("Silent for at least"), invalid_choice_message=NOT_OFFERED)

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        steps = silent_steps()
        self.days.choices = [
            SelectChoice(
                value=str(days),
                label=ngettext("%(count)s day", "%(count)s days", days, count=format_number(days)),
            )
            for days in steps
        ]
        self.days.default = str(steps[0])
        self.days.data = self.days.data or self.days.default

    def least_days(self) -> int:
        """The days asked for; the shortest step where that cannot be read."""
        return int(self.value("days") or silent_steps()[0])
