"""The base of all forms: own translations, NFC text, errors of rules beside their field."""

import secrets
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import HiddenField

from tcns.errors import RuleViolation
from tcns.i18n import FormTranslations
from tcns.vietnamese import normalise, strip_unprintable
from tcns.web.form_restore import is_resumed


def texts_of(sent: MultiDict[str, Any]) -> MultiDict[str, str]:
    """The texts that were sent, without characters that the page could not even show again."""
    return MultiDict(
        (name, strip_unprintable(value))
        for name, value in sent.items(multi=True)
        if isinstance(value, str)
    )


class BaseForm(FlaskForm):
    """A form of ours; messages come from our own catalogue."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> FormTranslations:
            """WTForms' messages in the visitor's language."""
            return FormTranslations()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The texts that were sent, as every field may see them; none if not one was sent.

            What no page of ours sends, JSON and files, holds what no field can read.
            """
            if formdata is None or isinstance(formdata, MultiDict):
                sent = formdata
            else:
                sent = request.form if request.method == "POST" else None
            return None if sent is None else texts_of(sent)

    def is_submitted(self) -> bool:
        """Whether the form was sent, and not only carried through signing in."""
        return bool(super().is_submitted()) and not is_resumed()

    def add_error(self, broken: RuleViolation) -> None:
        """Show each broken rule beside its field, or on top of the form when it has none."""
        for one in broken.each:
            if one.field in self._fields:
                self[one.field].errors = [*self[one.field].errors, one.message]
            else:
                self.form_errors.append(one.message)


class WritingForm(BaseForm):
    """A form that changes something: its idempotency key makes pressing twice do it once.

    `record` is what it changes, if that is one record that others may be changing as well.
    """

    idempotency_key = HiddenField(default=secrets.token_urlsafe, filters=[normalise])
    record: Any = None

    def renew_keys(self) -> None:
        """Let what stands in the form count as another form, once it is sent again."""
        self.idempotency_key.data = secrets.token_urlsafe()


class FileForm(WritingForm):
    """A form that takes files as well."""

    class Meta(WritingForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The texts that were sent, and the files."""
            texts = super().wrap_formdata(form, formdata)
            return None if texts is None else CombinedMultiDict([texts, request.files])


class FilterForm(BaseForm):
    """The filters of a list: sent in the address, without a token, changing nothing."""

    class Meta(BaseForm.Meta):
        csrf = False
