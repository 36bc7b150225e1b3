"""The filters of the audit trail."""

from tcns.audit.vocabulary import Event
from tcns.i18n import lazy_gettext as _l
from tcns.web.filters import PeriodForm, choice_field, text_field


class EventFilterForm(PeriodForm):
    """Which events the trail shows."""

    event = choice_field(_l("Event"), Event, blank=_l("All"))
    actor = text_field(_l("User name"))
