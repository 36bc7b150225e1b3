"""What may be typed of a saved question."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from wtforms import BooleanField, Field, HiddenField, ValidationError
from wtforms.validators import Length

from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.web.editing import EditingForm
from tcns.web.fields import line_field
from tcns.web.forms import WritingForm

# What the address of the coverage page may say; nothing else is kept.
ASKED = frozenset("by on period from to map_on under measure compare sort size".split())
LONGEST_NAME, LONGEST_QUERY = 60, 4000


def asked_in(query: str | None) -> str:
    """The part of an address that asks something of coverage."""
    pairs = parse_qsl((query or "")[:LONGEST_QUERY])
    return urlencode([(name, value) for name, value in pairs if name in ASKED and value])


class PresetFields:
    """What a saved question is called, and whether the page opens with it."""

    name = line_field(_l("Name"), longest=LONGEST_NAME)
    opens_page = BooleanField(_l("Open the coverage page with it"))


class NewPresetForm(PresetFields, WritingForm):
    """A question to be saved."""

    query = HiddenField(validators=[Length(max=LONGEST_QUERY)], filters=[asked_in])

    def validate_query(self, field: Field) -> None:
        """Refuse what asks nothing of coverage."""
        if field.raw_data and field.raw_data[0] and not field.data:
            raise ValidationError(_("This is no question to coverage."))


class PresetForm(PresetFields, EditingForm):
    """A saved question, to be called otherwise."""

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is on file."""
        return {"name": record.name, "opens_page": record.is_default}


class DeletePresetForm(EditingForm):
    """Nothing is typed."""
