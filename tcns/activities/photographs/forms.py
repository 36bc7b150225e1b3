"""Which photographs are added to a session."""

from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import BooleanField

from tcns.files.pictures import ACCEPTED, Fault
from tcns.i18n import lazy_gettext as _l
from tcns.web.forms import FileForm


class PhotographsForm(FileForm):
    """Photographs of a session, and whether the place where they were taken is kept."""

    file = MultipleFileField(
        _l("Photographs"), [FileRequired(Fault.NONE.label)], render_kw={"accept": ACCEPTED}
    )
    keeps_place = BooleanField(_l("Keep the place where the photographs were taken"))
