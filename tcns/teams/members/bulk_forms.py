"""What is asked when many memberships end at once."""

from tcns.bulk.forms import LastDayForm
from tcns.i18n import lazy_gettext as _l
from tcns.web.fields import line_field


class EndManyForm(LastDayForm):
    """The last day of many memberships, and why they end."""

    reason = line_field(_l("Reason"), required=False)
