"""The errors operations raise when a rule of the field forbids what was asked."""

from typing import Any

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class RuleBroken(Exception):
    """A rule forbids the change; `field` names the form field it concerns, if one does.

    The message is said in the user's words and shown beside that field.
    """

    def __init__(self, message: str | LazyString, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(RuleBroken):
    """Somebody else saved the record since the form was opened; nothing of either is lost.

    The form shows what is saved now beside what was typed.
    """

    def __init__(self, record: Any) -> None:
        super().__init__(
            _l("Somebody else saved this in the meantime. Compare, then save again."), None
        )
        self.record = record


def expect_version(record: Any, version: int | None) -> None:
    """Raise Stale unless the record is still the version that the form was opened with."""
    if version is not None and record.version != version:
        raise Stale(record)
