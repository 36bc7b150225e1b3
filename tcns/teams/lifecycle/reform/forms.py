"""The form that re-forms a team: a decision, the present members, rows for who joins."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from wtforms import Field, HiddenField

from tcns.i18n import lazy_gettext as _l
from tcns.teams.decisions.forms import DecisionFields
from tcns.teams.lifecycle.roster import stamp
from tcns.teams.lifecycle.roster_forms import RosterFields, key_of, member_fields
from tcns.teams.members.fields import body_field, person_name_field, year_field, year_of
from tcns.teams.members.forms import NEW_PERSON, AskedField, ask, known_field
from tcns.teams.members.person_operations import PersonText
from tcns.teams.members.person_queries import KnownPerson
from tcns.teams.models import Membership, Team
from tcns.teams.vocabulary import Body, MemberRole
from tcns.web.editing import EditingForm
from tcns.web.fields import missing, past_day_field, phone_field
from tcns.web.filters import choice_field

Find = Callable[[PersonText], Sequence[KnownPerson]]


class NewRow(NamedTuple):
    """The fields of one who joins; `known` is asked where somebody is on file like that."""

    key: str
    full_name: Field
    phone: Field
    birth_year: Field
    role: Field
    body: Field
    known: Field
    asked: AskedField

    def is_used(self) -> bool:
        """Whether anything of a person was typed into it."""
        return any(field.raw_data and field.raw_data[0] for field in self[1:4])

    def is_understood(self) -> bool:
        """Whether there is a person in it and nothing wrong with it."""
        return bool(self.full_name.data) and not any(field.errors for field in self[1:])

    def person_text(self) -> PersonText:
        """What was typed of the person."""
        return PersonText(self.full_name.data, self.phone.data, year_of(self.birth_year.data))

    def chosen_person(self) -> int | None:
        """The id of the person on file who was chosen; None for a new one."""
        return int(self.known.data) if self.known.data not in (None, "", NEW_PERSON) else None

    def spec(self) -> tuple[MemberRole, Body | None]:
        """What they are to be."""
        return self.role.data, self.body.data or None


class Compared(NamedTuple):
    """Somebody's role before and after; none where they are no member then."""

    name: str
    before: MemberRole | None
    after: MemberRole | None


class ReformForm(RosterFields, DecisionFields, EditingForm):
    """What is asked everywhere; `reform_form_for` adds the rows."""

    first_day = past_day_field(_l("First day of the new membership"), is_optional=True)
    rows = HiddenField()
    row_count = 0

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """Nothing of the team itself is edited."""
        return {}

    def new_rows(self) -> Iterator[NewRow]:
        """The rows of those who join."""
        for number in range(self.row_count):
            key = f"new_{number}"
            yield NewRow(key, *(self[f"{key}_{spec}"] for spec in NewRow._fields[1:]))

    def offer_known(self, find: Find) -> None:
        """Ask of each who joins whether it is somebody on file, where somebody is."""
        for row in self.new_rows():
            is_clear = row.full_name.data and not row.phone.process_errors
            ask(row.known, row.asked, find(row.person_text()) if is_clear else ())

    def validate(self, extra_validators: Any = None) -> bool:
        """A row of which anything is filled in needs a name."""
        self.skip_unasked()
        is_right = bool(super().validate(extra_validators))
        nameless = [row for row in self.new_rows() if row.is_used() and not row.full_name.data]
        for row in nameless:
            row.full_name.errors = [missing(row.full_name)]
        return is_right and not nameless

    def skip_unasked(self) -> None:
        """Whether it is the same person is not asked where nobody is on file."""
        for row in self.new_rows():
            if not row.known.choices:
                row.known.validators = ()
                row.known.validate_choice = False

    def compared(self) -> list[Compared]:
        """The members before and after: the present ones, then those who join."""
        present = [
            Compared(
                row.membership.person.full_name,
                row.membership.member_role,
                row.role.data or None if row.stays.data else None,
            )
            for row in self.member_rows()
        ]
        joining = [row for row in self.new_rows() if row.full_name.data]
        return present + [
            Compared(row.full_name.data, None, row.role.data or None) for row in joining
        ]

    def chosen_day(self, issued_on: date | None) -> date | None:
        """The day from which it holds; left empty it is the decision's."""
        return self.first_day.data or issued_on


def reform_form_for(
    team: Team, members: Sequence[Membership], row_count: int, **filled: Any
) -> ReformForm:
    """The form with a row for each present member, as they are, and rows for new ones."""
    fields = member_fields(members, _l("Stays"), with_body=True)
    for membership in members:
        key = key_of(membership)
        filled[f"{key}_role"] = membership.member_role
        filled[f"{key}_body"] = membership.member_body or ""
    for number in range(row_count):
        fields |= _row_fields(f"new_{number}")
        filled[f"new_{number}_role"] = MemberRole.MEMBER
    filled |= {"version": team.version, "listed": stamp(members)}
    form = type("ReformFormOfTeam", (ReformForm,), fields)(data=filled)
    form.record, form.members, form.row_count = team, members, row_count
    form.rows.data = str(row_count)
    return form  # type: ignore[no-any-return]


def _row_fields(key: str) -> dict[str, Field]:
    return {
        f"{key}_full_name": person_name_field(is_optional=True),
        f"{key}_phone": phone_field(_l("Phone")),
        f"{key}_birth_year": year_field(),
        f"{key}_role": choice_field(_l("Role"), MemberRole),
        f"{key}_body": body_field(),
        f"{key}_known": known_field(),
        f"{key}_asked": AskedField(),
    }
