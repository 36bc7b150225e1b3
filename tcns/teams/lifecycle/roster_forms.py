"""The rows of a form that lists a team's present members, one for each."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wtforms import (
    BooleanField,
    Field,
    Form,
    HiddenField,
)

from tcns.i18n import lazy_gettext as _l
from tcns.teams.lifecycle.roster import Listed, changed_meanwhile, stamp
from tcns.teams.members.fields import body_field
from tcns.teams.models import Membership
from tcns.teams.vocabulary import MemberRole
from tcns.web.filters import choice_field


class MemberRow(NamedTuple):
    """The fields of one present member; a merger asks for no body."""

    membership: Membership
    key: str
    stays: Field
    role: Field
    body: Field | None


class RosterFields(Form):
    """The present members as the form was opened with them; `listed` says which they were."""

    listed = HiddenField()
    members: Sequence[Membership] = ()

    def member_rows(self) -> Iterator[MemberRow]:
        """The rows of the present members."""
        for membership in self.members:
            key = key_of(membership)
            body = self._fields.get(f"{key}_body")
            yield MemberRow(membership, key, self[f"{key}_stays"], self[f"{key}_role"], body)

    def roster(self) -> list[Listed]:
        """Each present member as the form wants them."""
        return [
            Listed(
                row.membership,
                row.role.data if row.stays.data else None,
                (row.body.data or None) if row.body else row.membership.member_body,
                row.key,
            )
            for row in self.member_rows()
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody else's changes of the members are looked at before the form goes through."""
        is_right = bool(super().validate(extra_validators))
        if (self.listed.data or "") == stamp(self.members):
            return is_right
        self.form_errors.append(changed_meanwhile().message)
        self._list_anew()
        return False

    def _list_anew(self) -> None:
        """Know the members of now; who was not listed before stays."""
        known = {pair.partition(":")[0] for pair in (self.listed.data or "").split()}
        for row in self.member_rows():
            row.stays.data = row.stays.data or str(row.membership.id) not in known
        self.listed.data = stamp(self.members)


def key_of(membership: Membership) -> str:
    """How a form calls the row of a member."""
    return f"member_{membership.id}"


def member_fields(
    members: Sequence[Membership], stays: Any, *, with_body: bool
) -> dict[str, Field]:
    """The fields of the rows of some members; `stays` is the label of the box."""
    fields: dict[str, Field] = {}
    for membership in members:
        key = key_of(membership)
        fields[f"{key}_stays"] = BooleanField(stays, default=True)
        fields[f"{key}_role"] = choice_field(_l("Role"), MemberRole)
        if with_body:
            fields[f"{key}_body"] = body_field()
    return fields


MOST_ROWS = 40


def wanted_rows(text: str | None, usual: int, *, more: bool) -> int:
    """How many rows for new villages a page shows: as many as before, and five more if asked."""
    before = int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else usual
    return min(max(before, usual) + (5 if more else 0), MOST_ROWS)
