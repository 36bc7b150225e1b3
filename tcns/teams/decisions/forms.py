"""What may be typed of decisions, and of teams that decisions establish or dissolve."""

from collections.abc import Iterable
from typing import Any

from wtforms import Field, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, StopValidation

from tcns.areas.place_forms import PlaceForm
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.teams.decisions.operations import DecisionText
from tcns.teams.models import EstablishingDecision
from tcns.teams.vocabulary import Purpose
from tcns.vietnamese import normalise
from tcns.web.days import YEARS
from tcns.web.editing import EditingForm
from tcns.web.fields import LONGEST_LINE, Filled, past_day_field, visible
from tcns.web.filters import NOT_OFFERED, choice_field

LONGEST_SUMMARY = 500


def only_if_new(form: Any, field: Field) -> None:
    """What a decision says is asked only where none on file was chosen."""
    if form.decision and form.decision.data:
        field.errors = []
        raise StopValidation


def head_field(label: Any, longest: int = LONGEST_LINE) -> StringField:
    """A line of a decision's head."""
    too_long = _l("Use at most %(count)s characters.", count=longest)
    return StringField(
        label,
        [only_if_new, Filled(), Length(max=longest, message=too_long), visible],
        filters=[normalise],
        render_kw={"autocomplete": "off"},
    )


class DecisionFields(Form):
    """A decision on file, or what a new one says."""

    decision = SelectField(
        _l("On file, or new"), choices=[], default="", invalid_choice_message=NOT_OFFERED
    )
    number = head_field(_l("Number (số)"))
    issued_on = past_day_field(_l("Day (ngày)"), only_if_new)
    issuer = head_field(_l("Issued by (cơ quan ban hành)"))
    summary = head_field(_l("Summary (trích yếu)"), LONGEST_SUMMARY)

    def offer_decisions(self, decisions: Iterable[EstablishingDecision]) -> None:
        """Offer the decisions on file, by id, besides a new one."""
        known = [SelectChoice(value=str(each.id), label=decision_words(each)) for each in decisions]
        self.decision.choices = [SelectChoice(value="", label=_("A new decision")), *known]
        if not known:
            del self.decision

    def chosen_decision(self) -> int | None:
        """The id of the decision chosen of those on file."""
        if not self.decision or self.decision.errors or not self.decision.data:
            return None
        return int(self.decision.data)

    def decision_text(self) -> DecisionText:
        """What the new decision says."""
        return DecisionText(
            self.number.data, self.issued_on.data, self.issuer.data, self.summary.data
        )


def decision_words(decision: EstablishingDecision) -> str:
    """A decision in one line."""
    return _(
        "No. %(number)s of %(day)s, %(issuer)s",
        number=decision.number,
        day=format_day(decision.issued_on),
        issuer=decision.issuer,
    )


class DecisionForm(EditingForm):
    """What a decision says, to be corrected."""

    decision = None
    number = head_field(_l("Number (số)"))
    issued_on = past_day_field(_l("Day (ngày)"))
    issuer = head_field(_l("Issued by (cơ quan ban hành)"))
    summary = head_field(_l("Summary (trích yếu)"), LONGEST_SUMMARY)

    def decision_text(self) -> DecisionText:
        """What the decision says."""
        return DecisionText(
            self.number.data, self.issued_on.data, self.issuer.data, self.summary.data
        )


def _year(text: object) -> int | None:
    """A year as it stands in an address, or none; raises ValueError when it can be no year."""
    if not text:
        return None
    if int(str(text)) not in YEARS:
        raise ValueError
    return int(str(text))


class DecisionFilterForm(PlaceForm):
    """Which decisions a list shows."""

    year = SelectField(
        _l("Year"),
        coerce=_year,
        choices=[],
        validate_choice=False,
        invalid_value_message=NOT_OFFERED,
    )
    purpose = choice_field(_l("Purpose"), Purpose, blank=_l("All"))

    def offer_years(self, years: Iterable[int]) -> None:
        """Offer these years, and the one asked for."""
        offered = sorted({*years, self.value("year")} - {None}, reverse=True)
        choices = [SelectChoice(value=str(year), label=str(year)) for year in offered]
        self.year.choices = [SelectChoice(value="", label=_l("All")), *choices]
