"""What is asked about reports."""

from wtforms import HiddenField, SubmitField
from wtforms.validators import Optional

from tcns.i18n import lazy_gettext as _l
from tcns.reports.figures import Words
from tcns.reports.models import Report
from tcns.reports.vocabulary import ReportStatus
from tcns.vietnamese import normalise
from tcns.web.editing import NO_VERSION, EditingForm
from tcns.web.fields import line_field, note_field, past_day_field
from tcns.web.filters import ListForm, choice_field
from tcns.web.forms import WritingForm


class PeriodForm(ListForm):
    """Which period the page shows, and of the reports below those of one state or all."""

    period = HiddenField(validators=[Optional()], filters=[normalise])
    state = choice_field(_l("State"), ReportStatus, blank=_l("All"))


class WordsForm(EditingForm):
    """What people write in a report; its figures are computed."""

    remarks = note_field(_l("Outstanding results, remarks"))
    difficulties = note_field(_l("Difficulties"))
    proposals = note_field(_l("Proposals"))
    again = SubmitField(_l("Use last period's words again"))

    @classmethod
    def of_report(cls, report: Report | None) -> "WordsForm":
        """The form of a report, or of one that nobody has begun."""
        if report:
            return cls.of(report)
        return cls(data={"version": NO_VERSION})

    def take_over(self, before: Report | None) -> bool:
        """Where it is asked for, put the words of the report before into boxes that are empty.

        Nothing is stored by that: the form is shown again, to be changed and saved.
        """
        if before is None or not self.again.data:
            return False
        for box in (self.remarks, self.difficulties, self.proposals):
            box.data = box.data or getattr(before, box.name)
        return True

    def words(self) -> Words:
        """What the form says."""
        texts = (self.remarks.data, self.difficulties.data, self.proposals.data)
        return Words(*(text or "" for text in texts))


class SendForm(WritingForm):
    """What is said along with a report that was returned."""

    answer = note_field(_l("Words along with it, or the answer to what was asked"))


class WithdrawForm(WritingForm):
    """Why a report is taken back."""

    reason = note_field(_l("Why is it taken back?"), required=True)


class ReturnForm(WritingForm):
    """Why a report is returned."""

    reason = note_field(_l("What is to be corrected?"), required=True)


class NumberForm(WritingForm):
    """The number and the day of the signed document."""

    number = line_field(_l("Number of the document"), longest=20)
    issued_on = past_day_field(_l("Day of the document"))

    @classmethod
    def of_report(cls, report: Report | None) -> "NumberForm":
        """The form with what was entered before."""
        if report is None:
            return cls()
        return cls(data={"number": report.number, "issued_on": report.issued_on})
