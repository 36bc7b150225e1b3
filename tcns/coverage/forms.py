"""The question a visitor puts to the coverage page."""

from wtforms import SelectMultipleField

from tcns.areas.place_forms import AreaForm, SwitchForm
from tcns.areas.vocabulary import Level
from tcns.coverage.questions import Wish
from tcns.coverage.vocabulary import Comparing
from tcns.i18n import lazy_gettext as _l
from tcns.vietnamese import normalise
from tcns.web.filters import PeriodField, choice_field, day_field, not_after_today

BY = (Level.DISTRICT, Level.COMMUNE, Level.VILLAGE)


class CoverageForm(SwitchForm, AreaForm):
    """By which areas, on which day, over which period, on which map; all may be left out."""

    by = choice_field(_l("By"), BY, blank=_l("next level"))
    on = day_field(_l("On"), not_after_today)
    period = PeriodField(_l("Reporting period"), blank=_l("by days"), filters=[normalise])
    first = day_field(_l("Sessions from"), name="from")
    last = day_field(_l("Sessions to"), name="to")
    map_on = day_field(_l("Map of"))
    compare = choice_field(_l("Compare with"), Comparing, blank=_l("no comparison"))
    # Which there are is known to the catalogue alone; it names those that it has not.
    measure = SelectMultipleField(_l("Measures"), choices=[], validate_choice=False)

    of_the_area = (*AreaForm.of_the_area, "by")

    def wish(self) -> Wish:
        """What was given; a field that could not be understood counts as left out."""
        by = self.value("by")
        return Wish(
            by=Level(by) if by else None,
            on=self.value("on"),
            first=self.value("first"),
            last=self.value("last"),
            map_on=self.value("map_on"),
            under=self.value("under"),
            period=None if self.period.errors else self.period.period,
            measures=tuple(self.value("measure") or ()),
        )
