"""The form that prepares accounts for members."""

import secrets
from collections.abc import Iterable

from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from tcns.areas.place_filter import PlaceForm
from tcns.i18n import lazy_gettext as _l
from tcns.teams.models import Membership
from tcns.teams.vocabulary import Holders
from tcns.web.filters import choice_field
from tcns.web.forms import WritingForm
from tcns.web.replay import LONGEST_KEY


class HoldersForm(PlaceForm):
    """For whom accounts are prepared in bulk, and where."""

    whom = choice_field(_l("For"), Holders)


class SlipsForm(WritingForm):
    """A form that gives one-time codes: they are derived from its replay key."""

    replay_key = HiddenField(
        default=secrets.token_urlsafe, validators=[InputRequired(), Length(max=LONGEST_KEY)]
    )


class MemberAccountsForm(SlipsForm):
    """Which members get a slip."""

    members = SelectMultipleField(
        _l("Members"),
        [InputRequired(_l("Choose at least one member."))],
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, members: Iterable[Membership]) -> None:
        """Offer these members, all ticked."""
        found = list(members)
        self.members.choices = [
            SelectChoice(value=str(member.id), label=member.person.full_name) for member in found
        ]
        if not self.is_submitted():
            self.members.data = [str(member.id) for member in found]
