"""The error every operation raises when a rule of the field forbids what was asked."""

from flask_babel.speaklater import LazyString


class RuleBroken(Exception):
    """A rule forbids the change; `field` names the form field it concerns, if one does.

    The message is said in the user's words and shown beside that field.
    """

    def __init__(self, message: str | LazyString, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
