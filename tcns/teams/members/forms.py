"""What may be typed of members: who joins, roles, last days, and corrections."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tcns.areas.place_forms import PlaceForm
from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.teams.forms import DayForm
from tcns.teams.members.fields import body_field, person_name_field, sex_field, year_field, year_of
from tcns.teams.members.person_operations import PersonText
from tcns.teams.members.person_queries import Keeper, KnownPerson
from tcns.teams.members.rules import LeaderInOffice, MembershipSpec
from tcns.teams.vocabulary import Body, MemberRole, SexShown, Trained
from tcns.web.editing import EditingForm
from tcns.web.fields import line_field, past_day_field, phone_field
from tcns.web.filters import (
    NOT_OFFERED,
    choice_field,
)
from tcns.web.forms import WritingForm

NEW_PERSON = "new"


def known_field() -> RadioField:
    """Whether somebody is one of those on file, who are offered later."""
    return RadioField(
        _l("Is it the same person?"),
        [InputRequired(_l("Say whether it is the same person or a new one."))],
        choices=[],
        invalid_choice_message=NOT_OFFERED,
    )


class AskedField(HiddenField):
    """Of whom it was asked whether it is them, as the page writes it: p12 p15."""

    data: str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuse what no page wrote."""
        super().process_formdata(valuelist)
        if self.data and not re.fullmatch(r"p\d+( p\d+)*", self.data):
            self.data = ""
            raise ValueError(NOT_OFFERED)

    def names(self, persons: Iterable[KnownPerson]) -> bool:
        """Whether it was asked of each of these."""
        return {f"p{each.person_id}" for each in persons} <= set((self.data or "").split())


def ask(known: RadioField, asked: AskedField, persons: Sequence[KnownPerson]) -> None:
    """Ask whether it is one of these; an answer holds while nobody is added of whom it was not
    asked."""
    if not asked.names(persons):
        known.data, known.raw_data = None, []
    known.choices = known_choices(persons)
    asked.data = " ".join(f"p{each.person_id}" for each in persons)


def known_choices(persons: Iterable[KnownPerson]) -> list[SelectChoice]:
    """Those on file, by name and commune or team, and somebody else; empty without any."""
    same = [
        SelectChoice(
            value=str(each.person_id),
            label=_("The same: %(name)s, %(place)s", name=each.name, place=each.place),
        )
        for each in persons
    ]
    new = SelectChoice(value=NEW_PERSON, label=_("Somebody else: a new person"))
    return [*same, new] if same else []


class PersonFields(WritingForm):
    """Who somebody is."""

    full_name = person_name_field()
    phone = phone_field(_l("Phone"))
    birth_year = year_field()
    sex = sex_field()

    def person_text(self) -> PersonText:
        """What was typed of the person."""
        year = year_of(self.birth_year.data)
        return PersonText(self.full_name.data, self.phone.data, year, self.sex.data or None)


class PersonForm(PersonFields, EditingForm):
    """A person's details, to be corrected."""

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is on file."""
        year = str(record.birth_year) if record.birth_year else None
        return {
            "full_name": record.full_name,
            "phone": record.phone,
            "birth_year": year,
            "sex": record.sex or "",
        }


class HandOverForm(EditingForm):
    """Which commune is to keep a person's data."""

    team = RadioField(
        _l("Commune that is to keep the data"),
        [InputRequired(_l("Choose the commune."))],
        choices=[],
        invalid_choice_message=NOT_OFFERED,
    )

    @classmethod
    def saved_of(cls, _record: Any) -> Mapping[str, Any]:
        """Nothing is chosen beforehand."""
        return {}

    def offer(self, keepers: Iterable[Keeper]) -> None:
        """Offer the communes in which the person is a member as well."""
        self.team.choices = [
            SelectChoice(value=str(each.team_id), label=each.commune) for each in keepers
        ]


class SpecFields(WritingForm):
    """What somebody is to be in a team, and from which day; who leads may have to make way."""

    role = choice_field(_l("Role"), MemberRole)
    body = body_field()
    first_day = past_day_field(_l("First day"))
    replaces_leader = BooleanField(_l("Change of leader"))
    in_office: LeaderInOffice | None = None

    def add_error(self, broken: RuleViolation) -> None:
        """Offer a change where there is a leader in office; other rules as every form does."""
        for one in broken.each:
            if isinstance(one, LeaderInOffice):
                self.in_office = one
                self.replaces_leader.label.text = self._change_in_words(one)
            else:
                super().add_error(one)

    def has_spec(self) -> bool:
        """Whether role and days were understood."""
        days = (self[name] for name in ("first_day", "last_day", "role") if name in self)
        return bool(self.first_day.data) and not any(field.errors for field in days)

    def spec(self) -> MembershipSpec:
        """What was typed of the part."""
        return MembershipSpec(
            self.role.data,
            self.body.data or None,
            self.first_day.data,
            replaces_leader=self.replaces_leader.data,
        )

    def _change_in_words(self, broken: LeaderInOffice) -> str:
        """What a change of leader does."""
        return _(
            "Change of leader: from %(day)s on %(name)s is a member",
            name=broken.leader.person.full_name,
            day=format_day(self.first_day.data),
        )


class MemberForm(PersonFields, SpecFields):
    """Somebody who joins a team: new, or one of those on file who may be meant."""

    last_day = past_day_field(_l("Last day"), is_optional=True)
    known = known_field()
    asked = AskedField()

    def offer_known(self, persons: Sequence[KnownPerson]) -> "MemberForm":
        """Ask whether it is one of these, if any."""
        ask(self.known, self.asked, persons)
        if not persons:
            del self.known
        return self

    def chosen_person(self) -> int | None:
        """The id of the person on file who was chosen; None for a new one."""
        chosen = self.known.data if self.known else NEW_PERSON
        return None if chosen == NEW_PERSON else int(chosen)

    def spec(self) -> MembershipSpec:
        """What was typed of the part."""
        return MembershipSpec(
            self.role.data,
            self.body.data or None,
            self.first_day.data,
            self.last_day.data,
            self.replaces_leader.data,
        )


class RoleForm(SpecFields, EditingForm):
    """Another role of a member, from a day on."""

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What the member is."""
        return {"role": record.member_role, "body": record.member_body or ""}


class EndForm(EditingForm):
    """The last day of a membership, and why it ends."""

    last_day = past_day_field(_l("Last day"))
    reason = line_field(_l("Reason"), required=False)

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """The last day, once there is one."""
        return {"last_day": record.last_day} if record.last_day else {}


class MembershipForm(EditingForm):
    """The days of a membership and the body represented, to be corrected."""

    body = body_field()
    first_day = past_day_field(_l("First day"))
    last_day = past_day_field(_l("Last day"), is_optional=True)

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is on file."""
        return {
            "body": record.member_body or "",
            "first_day": record.valid_from,
            "last_day": record.last_day,
        }


class MemberFilterForm(PlaceForm, DayForm):
    """Whose memberships, or which, a list shows."""

    role = choice_field(_l("Role"), MemberRole, blank=_l("All"))
    body = choice_field(_l("Body represented"), Body, blank=_l("All"))
    sex = choice_field(_l("Sex"), SexShown, blank=_l("All"))
    training = choice_field(_l("Training"), Trained, blank=_l("All"))
