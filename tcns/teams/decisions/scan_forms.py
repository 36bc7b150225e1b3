"""The scan of a signed paper, as it is handed in."""

from flask_wtf.file import FileField, FileRequired

from tcns.files.pictures import ACCEPTED
from tcns.files.sending import PDF
from tcns.i18n import lazy_gettext as _l
from tcns.web.editing import EditingForm
from tcns.web.forms import FileForm


class ScanForm(FileForm, EditingForm):
    """The scan of a decision or another signed paper: a PDF, or a picture of its page."""

    file = FileField(
        _l("Scan"),
        [FileRequired(_l("Choose the scanned file."))],
        render_kw={"accept": f"{PDF},{ACCEPTED}"},
    )


class RemoveScanForm(EditingForm):
    """The button that removes a scan."""
