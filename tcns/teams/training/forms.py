"""What may be typed of training."""

from tcns.i18n import lazy_gettext as _l
from tcns.teams.training.operations import TrainingText
from tcns.web.editing import EditingForm
from tcns.web.fields import line_field, past_day_field
from tcns.web.forms import WritingForm


class TrainingForm(WritingForm):
    """A course somebody took."""

    course = line_field(_l("Course"))
    platform = line_field(_l("Platform"))
    finished_on = past_day_field(_l("Finished on"))
    certificate_number = line_field(_l("Certificate number"), required=False)

    def training_text(self) -> TrainingText:
        """What was typed of the course."""
        return TrainingText(
            self.platform.data,
            self.course.data,
            self.finished_on.data,
            self.certificate_number.data or None,
        )


class TrainingCorrectionForm(TrainingForm, EditingForm):
    """A course on file, to be corrected."""
