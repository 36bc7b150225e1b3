"""The closed list of what somebody is told of."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class NoticeKind(LabelledEnum):
    """What happened, in alphabetical order."""

    JOB_DONE = "job_done", _l("Work finished")
    JOB_FAILED = "job_failed", _l("Work failed")
    MONTH_REOPENED = "month_reopened", _l("Month opened again")
    REOPENING_ASKED = "reopening_asked", _l("Asked to open a month")
    REOPENING_DECLINED = "reopening_declined", _l("Month stays closed")
    REOPENING_GRANTED = "reopening_granted", _l("Month opened as asked")
    REPORT_ACCEPTED = "report_accepted", _l("Report accepted")
    REPORT_RETURNED = "report_returned", _l("Report returned")
    SESSION_ASKED_BACK = "session_asked_back", _l("Session asked back")
    SESSION_KEPT = "session_kept", _l("Session stays approved")
    SESSION_RETURNED = "session_returned", _l("Session returned")
    WEEKLY_DIGEST = "weekly_digest", _l("The week of the commune")


JOB_KINDS = (NoticeKind.JOB_DONE, NoticeKind.JOB_FAILED)
