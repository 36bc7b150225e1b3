"""What may be typed on the pages of accounts, and what is said when it is wrong."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    SearchField,
    SelectField,
    StringField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from tcns.accounts.queries import home_code
from tcns.accounts.vocabulary import ROLE_LEVELS, State
from tcns.i18n import lazy_gettext as _l
from tcns.vietnamese import normalise
from tcns.web.editing import EditingForm
from tcns.web.fields import Filled, visible
from tcns.web.forms import BaseForm, FilterForm, WritingForm
from tcns.web.idempotency import LONGEST_KEY

LONGEST_NAME = 120
LONGEST_USER_NAME = 40
Choices = list[tuple[str, str]]


def full_name_field() -> StringField:
    """The full name of whoever holds an account."""
    checks = [Filled(), visible, Length(max=LONGEST_NAME)]
    return StringField(_l("Full name"), checks, filters=[normalise])


def home_field() -> SelectField:
    """The area an account belongs to."""
    return SelectField(_l("Belongs to"), [Filled(_l("Area"))])


class ShortcutsForm(WritingForm):
    """Whether single keys do something: 1, or nothing."""

    is_on = HiddenField(validators=[AnyOf(("", "1"))], filters=[normalise])


class SignInForm(BaseForm):
    """User name and password; a team member may stay signed in on a phone of their own.

    `typed` carries what was typed into a form whose sign-in had ended.
    """

    user_name = StringField(_l("User name"), [Filled()], filters=[normalise])
    password = PasswordField(_l("Password"), [Filled()])
    own_phone = BooleanField(_l("This is my own phone: keep me signed in"))
    typed = HiddenField()


class ActivationForm(BaseForm):
    """A user name, the one-time code on the slip, and the password to be."""

    user_name = StringField(_l("User name"), [Filled()], filters=[normalise])
    code = StringField(_l("One-time code"), [Filled()], filters=[normalise])
    password = PasswordField(_l("New password"), [Filled()])
    own_phone = BooleanField(_l("This is my own phone: keep me signed in"))


class PasswordForm(WritingForm):
    """The password there is, and the one to be."""

    old_password = PasswordField(_l("Present password"), [Filled()])
    password = PasswordField(_l("New password"), [Filled()])


class CodeForm(WritingForm):
    """The button that issues a one-time code, which is derived from the form's idempotency key."""

    idempotency_key = HiddenField(
        default=secrets.token_urlsafe, validators=[InputRequired(), Length(max=LONGEST_KEY)]
    )


class RoleForm(WritingForm):
    """A role and the area it is granted over, both out of what is given as choices."""

    role = SelectField(_l("Role"), [Filled()])
    area = SelectField(_l("Over the area"), [Filled(_l("Area"))])

    def offer(self, areas: Choices) -> "RoleForm":
        """Offer the roles and these areas, as (code, label)."""
        self.role.choices = [("", _l("Choose a role")), *role_choices()]
        self.area.choices = [("", _l("Choose an area")), *areas]
        return self


class AccountForm(CodeForm):
    """A new account; without a user name it gets the one that is suggested."""

    full_name = full_name_field()
    area = home_field()
    role = SelectField(_l("Role over this area"), [Optional()], default="")
    user_name = StringField(
        _l("User name"), [Optional(), Length(max=LONGEST_USER_NAME)], filters=[normalise]
    )

    def offer(self, areas: Choices, *, with_roles: bool) -> "AccountForm":
        """Offer these areas, as (code, label), and roles only to those who may grant them."""
        self.area.choices = home_choices(areas)
        self.role.choices = [("", _l("No role: a team member")), *role_choices()]
        if not with_roles:
            del self.role
        return self


class AccountCorrectionForm(EditingForm):
    """The full name of an account and the area it belongs to, to be put right."""

    full_name = full_name_field()
    area = home_field()

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is saved; of an area that is gone, the one that took it over."""
        return {"full_name": record.full_name, "area": home_code(record)}

    def offer(self, areas: Choices, *, with_name: bool) -> "AccountCorrectionForm":
        """Offer these areas, as (code, label), and the name unless it is that of a person."""
        self.area.choices = home_choices(areas)
        if not with_name:
            del self.full_name
        return self


class AccountFilter(FilterForm):
    """What a list of accounts is narrowed by."""

    q = SearchField(_l("Name or user name"), [Length(max=100)], filters=[normalise])
    role = SelectField(_l("Role"), default="")
    area = SelectField(_l("Area"), default="")
    state = SelectField(_l("State"), default="")

    def offer(self, areas: Choices, no_role: str) -> "AccountFilter":
        """Offer these areas, as (code, label), all states, all roles and `no_role` for none."""
        self.role.choices = [("", _l("All")), *role_choices(), (no_role, _l("No granted role"))]
        self.area.choices = [("", _l("All")), *areas]
        self.state.choices = [("", _l("All")), *((state.value, state.label) for state in State)]
        return self

    def understood(self, name: str) -> str | None:
        """What a filter says, if anything and if it makes sense."""
        field = self[name]
        return field.data or None if not field.errors else None


def role_choices() -> Choices:
    """The roles that are granted, as (value, label)."""
    return [(role.value, str(role.label)) for role in ROLE_LEVELS]


def home_choices(areas: Choices) -> Choices:
    """The areas an account can belong to, behind a blank one unless there is nothing to choose."""
    return areas if len(areas) == 1 else [("", _l("Choose an area")), *areas]


def area_choices(named: Iterable[tuple[str, str]]) -> Choices:
    """Areas as (code, label), the code in the label because names repeat."""
    return [(code, f"{name} ({code})") for code, name in named]
