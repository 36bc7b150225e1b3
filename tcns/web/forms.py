"""The base of all forms: own translations, NFC text, errors of rules beside their field."""

import secrets
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField

from tcns.i18n import FormTranslations
from tcns.rules import RuleBroken
from tcns.vietnamese import clean


def tidy(text: str | None) -> str | None:
    """What was typed, in NFC, trimmed, single-spaced; without characters no text may hold."""
    return clean(text.replace("\x00", "")) if isinstance(text, str) else text


class BaseForm(FlaskForm):
    """A form of ours; messages come from our own catalogue."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> FormTranslations:
            """WTForms' messages in the visitor's language."""
            return FormTranslations()

    def say(self, broken: RuleBroken) -> None:
        """Show a broken rule beside its field, or on top of the form when it has none."""
        if broken.field in self._fields:
            self[broken.field].errors = [*self[broken.field].errors, broken.message]
        else:
            self.form_errors.append(broken.message)


class WritingForm(BaseForm):
    """A form that changes something: its replay key makes pressing twice do it once."""

    replay_key = HiddenField(default=secrets.token_urlsafe)


class FilterForm(BaseForm):
    """The filters of a list: sent in the address, without a token, changing nothing."""

    class Meta(BaseForm.Meta):
        csrf = False
