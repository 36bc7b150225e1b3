"""The form that prepares accounts for members."""

import secrets
from collections.abc import Iterable

from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from tcns.i18n import lazy_gettext as _l
from tcns.teams.models import Membership
from tcns.web.forms import WritingForm
from tcns.web.replay import LONGEST_KEY


class MemberAccountsForm(WritingForm):
    """Which members get a slip; the codes are derived from the form's replay key."""

    replay_key = HiddenField(
        default=secrets.token_urlsafe, validators=[InputRequired(), Length(max=LONGEST_KEY)]
    )
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
