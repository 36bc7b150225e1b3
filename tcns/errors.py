"""The errors operations raise when a rule of the field forbids what was asked."""

from collections.abc import Sequence
from typing import Any

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class RuleViolation(Exception):
    """A rule forbids the change; `field` names the form field it concerns, if one does.

    The message is said in the user's words and shown beside that field.
    """

    def __init__(self, message: str | LazyString, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    @property
    def each(self) -> Sequence["RuleViolation"]:
        """Every rule that was broken: this one alone, unless several were."""
        return (self,)


class RuleViolations(RuleViolation):
    """Several rules forbid the change: all are said at once, each beside its field."""

    def __init__(self, each: Sequence[RuleViolation]) -> None:
        super().__init__(each[0].message, each[0].field)
        self._each = each

    @property
    def each(self) -> Sequence[RuleViolation]:
        """Every rule that was broken."""
        return self._each


def raise_violations(broken: Sequence[RuleViolation]) -> None:
    """Raise what was found broken, all at once; do nothing when that is nothing."""
    if broken:
        raise broken[0] if len(broken) == 1 else RuleViolations(broken)


class Gone(Exception):
    """Somebody else took the record back in the meantime: it is as if it had never been."""


class Stale(RuleViolation):
    """Somebody else saved the record since the form was opened; nothing of either is lost.

    The form shows what is saved now beside what was typed.
    """

    def __init__(self, record: Any = None) -> None:
        super().__init__(
            _l("Somebody else saved this in the meantime. Compare, then save again."), None
        )
        self.record = record


def expect_version(record: Any, version: int | None) -> None:
    """Raise Stale unless the record, locked and read again, is the version that was looked at.

    None is whoever looked at no version.
    """
    if version is not None and record.version != version:
        raise Stale(record)
