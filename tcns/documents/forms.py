"""What is asked for a document, and for a template."""

from flask import request
from flask_wtf.file import FileField
from werkzeug.datastructures import CombinedMultiDict
from wtforms import BooleanField, Field, HiddenField

from tcns.clock import today
from tcns.i18n import lazy_gettext as _l
from tcns.periods import Period
from tcns.teams.vocabulary import Purpose
from tcns.web.filters import ListForm, choice_field, day_field, not_after_today
from tcns.web.forms import WritingForm


class MembersForm(ListForm):
    """Of which day a list is, and whether phones stand on it."""

    on = day_field(_l("On"), not_after_today)
    phones = BooleanField(_l("With phones"))


class MemberListsForm(WritingForm):
    """Whether phones stand on the lists."""

    phones = BooleanField(_l("With phones"))


class DraftForm(ListForm):
    """What a decision is to do."""

    purpose = choice_field(_l("What the decision does"), list(Purpose))


class CertificateForm(ListForm):
    """Over which days a member's work is counted; usually this year so far."""

    first = day_field(_l("From"), name="from")
    last = day_field(_l("To"), not_after_today, name="to")

    def period(self, begun: Period) -> Period:
        """The days asked for; what is left out or lies outside is that of the membership."""
        first = self.first.data or max(begun.first, today().replace(month=1, day=1))
        last = self.last.data or begun.last
        return Period(max(first, begun.first), min(max(last, first), begun.last))


class TemplateForm(WritingForm):
    """A template for documents."""

    class Meta(WritingForm.Meta):
        def wrap_formdata(self, form: Field, formdata: object) -> object:
            """The texts that were sent, and the file."""
            texts = super().wrap_formdata(form, formdata)
            return None if texts is None else CombinedMultiDict([texts, request.files])

    file = FileField(_l("Template (.docx)"), render_kw={"accept": ".docx"})


class ChosenTemplateForm(WritingForm):
    """Which template is used; none is the usual one."""

    template = HiddenField()

    def chosen(self) -> int | None:
        """The id of the chosen template, if one was."""
        text = self.template.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
