"""What is asked of an agency."""

from collections.abc import Mapping
from typing import Any

from tcns.areas.agencies.rules import AgencyText
from tcns.i18n import lazy_gettext as _l
from tcns.web.editing import EditingForm
from tcns.web.fields import line_field, note_field, phone_field


class AgencyForm(EditingForm):
    """How an agency is named on documents, who signs, who receives them, who helps."""

    name = line_field(_l("Name of the agency"))
    superior = line_field(_l("Agency above it"), required=False)
    place = line_field(_l("Place before the date"))
    sign = line_field(_l("Letters after the number"), longest=20)
    authority = note_field(_l("Lines above the signature"), required=True)
    signer_name = line_field(_l("Name of who signs"), required=False)
    receivers = note_field(_l("Receivers, one a line"))
    helper_name = line_field(_l("Who helps when something does not work"), required=False)
    helper_phone = phone_field(_l("Phone of who helps"))

    @classmethod
    def saved_of(cls, record: Any) -> Mapping[str, Any]:
        """What is saved: the form shows no column of the area itself."""
        return {}

    @classmethod
    def showing(cls, area: Any, text: AgencyText) -> "AgencyForm":
        """The form of an agency: what holds now, or what was sent."""
        form = cls(data={**text._asdict(), "version": area.version})
        form.record = area
        return form

    def text(self) -> AgencyText:
        """What the form says."""
        said: dict[str, Any] = {name: self[name].data or None for name in AgencyText._fields}
        return AgencyText(**said)
