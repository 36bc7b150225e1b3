"""Which of the open figures are asked for."""

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tcns.areas.vocabulary import Level
from tcns.i18n import lazy_gettext as _l
from tcns.open_figures.rules import open_periods
from tcns.open_figures.vocabulary import LEVELS
from tcns.periods import NamedPeriod, period_named
from tcns.web.filters import NOT_OFFERED, ListForm, choice_field


def _offered() -> list[SelectChoice]:
    """The periods that are over, by their kind."""
    return [
        SelectChoice(value=one.name, label=one.label, optgroup=str(one.kind.label))
        for one in open_periods()
    ]


class OpenForm(ListForm):
    """By which areas and for which period; left out it is by commune for the last month."""

    by = choice_field(_l("By"), LEVELS)
    period = SelectField(
        _l("Reporting period"),
        choices=_offered,
        default=lambda: open_periods()[0].name,
        filters=[lambda name: name.upper() if name else open_periods()[0].name],
        validate_choice=True,
        invalid_choice_message=NOT_OFFERED,
    )

    def question(self) -> tuple[Level, NamedPeriod]:
        """What is asked for, once the form is found valid."""
        named = period_named(self.period.data)
        assert named is not None
        return Level(self.by.data or LEVELS[0]), named
