"""The form that prepares accounts for members."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from tcns.areas.place_forms import PlaceForm
from tcns.clock import now
from tcns.i18n import format_moment
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.teams.models import Membership
from tcns.teams.vocabulary import Holders
from tcns.web.filters import choice_field
from tcns.web.forms import WritingForm
from tcns.web.idempotency import LONGEST_KEY


class HoldersForm(PlaceForm):
    """For whom accounts are prepared in bulk, and where."""

    whom = choice_field(_l("For"), Holders)


class SlipsForm(WritingForm):
    """A form that gives one-time codes: they are derived from its idempotency key."""

    idempotency_key = HiddenField(
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

    def offer(self, members: Sequence[Membership]) -> None:
        """Offer these members; ticked are those who hold no slip that still serves, which a new
        one would make void."""
        until = {str(member.id): _slip_until(member) for member in members}
        names = {str(member.id): member.person.full_name for member in members}
        self.members.choices = [
            SelectChoice(value=key, label=_in_words(name, until[key]))
            for key, name in names.items()
        ]
        if not self.is_submitted():
            self.members.data = [key for key, moment in until.items() if moment is None]


def _slip_until(member: Membership) -> datetime | None:
    """Until when the slip that a member holds can be used; None where there is none."""
    user = member.person.user
    moment = user.code_expires_at if user and user.code_hash else None
    return moment if moment and moment > now() else None


def _in_words(name: str, until: datetime | None) -> str:
    """A member, and the slip they hold."""
    if until is None:
        return name
    moment = format_moment(until)
    return _("%(name)s (has a slip, valid until %(moment)s)", name=name, moment=moment)
