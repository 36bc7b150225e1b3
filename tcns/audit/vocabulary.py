"""The closed list of events that can be on record."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class Event(StrEnum):
    """What happened, as `object:verb`, in alphabetical order."""

    ACCOUNT_CREATED = "account:created"
    ACCOUNT_DISABLED = "account:disabled"
    ACCOUNT_ENABLED = "account:enabled"
    LIST_EXPORTED = "list:exported"
    PASSWORD_CHANGED = "password:changed"
    PASSWORD_RESET = "password:reset"
    ROLE_GRANTED = "role:granted"
    ROLE_REVOKED = "role:revoked"
    SIGN_IN_FAILED = "sign-in:failed"
    SIGN_IN_REVOKED = "sign-in:revoked"
    SIGNED_IN = "sign-in:created"
    SIGNED_OUT = "sign-in:ended"

    @property
    def label(self) -> LazyString:
        """The event in words."""
        return EVENT_LABELS[self]


EVENT_LABELS = {
    Event.ACCOUNT_CREATED: _l("Account created"),
    Event.ACCOUNT_DISABLED: _l("Account closed"),
    Event.ACCOUNT_ENABLED: _l("Account opened again"),
    Event.LIST_EXPORTED: _l("List exported"),
    Event.PASSWORD_CHANGED: _l("Password changed"),
    Event.PASSWORD_RESET: _l("One-time code issued"),
    Event.ROLE_GRANTED: _l("Role granted"),
    Event.ROLE_REVOKED: _l("Role revoked"),
    Event.SIGN_IN_FAILED: _l("Sign-in failed"),
    Event.SIGN_IN_REVOKED: _l("Device signed out"),
    Event.SIGNED_IN: _l("Signed in"),
    Event.SIGNED_OUT: _l("Signed out"),
}
