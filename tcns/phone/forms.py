"""A session as a phone hands it in: the form that logs one, with whose it is beside it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import Field, HiddenField

from tcns.activities.entry.fields import ClientKeyField, record_id
from tcns.activities.entry.forms import AMOUNT, EntryForm
from tcns.activities.models import Activity
from tcns.files.pictures import Fault
from tcns.i18n import format_day
from tcns.web.editing import NO_VERSION, VersionField, words_of
from tcns.web.filters import NOT_OFFERED
from tcns.web.forms import BaseForm, FileForm

OF_THE_FRAME = (
    "csrf_token",
    "idempotency_key",
    "client_key",
    "version",
    "owner",
    "team",
    "replaces",
)
NAMED_AMOUNT = re.compile(rf"{AMOUNT}(\d{{1,9}})")


class TeamIdField(HiddenField):
    """The id of a team."""

    def process_formdata(self, values: list[str]) -> None:
        """Read the id; whatever else was sent is no team."""
        self.data = None
        try:
            self.data = record_id(values[0] if values else "")
        except ValueError as error:
            raise ValueError(NOT_OFFERED) from error


class SentSessionForm(EntryForm):
    """A session that was logged on a phone.

    `owner` names the account that logged it there, `replaces` the version of what is on file that
    a person chose to replace with this.
    """

    owner = HiddenField()
    team = TeamIdField()
    replaces = VersionField(default=NO_VERSION)

    def beside(self, saved: Activity) -> list[dict[str, Any]]:
        """Every field that is said in either version, in words: what is on file, what was sent."""
        kept = {**self.saved_of(saved), "held_on": format_day(saved.held_on)}
        sent = {field.name: field.data for field in self}
        sent["held_on"] = format_day(self.day) if self.day else None
        lines = [
            {
                "label": _label(self[name]),
                "saved": words_of(self[name], value),
                "sent": words_of(self[name], sent[name]),
            }
            for name, value in kept.items()
            if name in self._fields and name not in OF_THE_FRAME
        ]
        said = [line for line in lines if line["saved"] or line["sent"]]
        return [{**line, "differs": line["saved"] != line["sent"]} for line in said]


class SentPhotographForm(FileForm):
    """A photograph that a phone made small: of which session, under a key of its own."""

    owner = HiddenField()
    session = ClientKeyField()
    photograph_key = ClientKeyField()
    file = FileField(validators=[FileRequired(Fault.NONE.label)])


def wrong_fields(form: BaseForm) -> list[dict[str, str]]:
    """What is wrong, field by field, for the phone to keep beside what it sent."""
    wrong = [
        {"field": field.name, "label": _label(field), "message": str(message)}
        for field in form
        for message in field.errors
    ]
    return [{"field": "", "label": "", "message": str(one)} for one in form.form_errors] + wrong


def _label(field: Field) -> str:
    return str(field.label.text)


def named_indicators(names: Iterable[str]) -> Iterator[int]:
    """The ids of the indicators of which the fields that were sent tell an amount."""
    return (int(found[1]) for name in names if (found := NAMED_AMOUNT.fullmatch(name)))
