"""Where each notice leads."""

from typing import Any

from flask import url_for

from tcns.notices.models import Notice
from tcns.notices.vocabulary import NoticeKind
from tcns.periods import period_named
from tcns.permissions.guards import can_open


def address_of(notice: Notice) -> str:
    """The address of the page about what a notice tells."""
    match notice.what:
        case NoticeKind.SESSION_ASKED_BACK | NoticeKind.SESSION_KEPT | NoticeKind.SESSION_RETURNED:
            return url_for("activities.show_activity", activity_id=notice.subject_id)
        case NoticeKind.REOPENING_ASKED:
            return url_for("closings.decide_request", request_id=notice.subject_id)
        case NoticeKind.REPORT_ACCEPTED | NoticeKind.REPORT_RETURNED:
            facts = notice.facts
            return url_for("reports.show_report", period=facts["period"], owner=facts["owner"])
        case NoticeKind.JOB_DONE | NoticeKind.JOB_FAILED:
            return url_for("jobs.show_job", job_id=notice.subject_id)
        case NoticeKind.WEEKLY_DIGEST:
            return url_for("digests.show_digest", notice_id=notice.id)
        case _about_a_month:
            return _of_month(notice.facts["period"])


def _of_month(name: str) -> str:
    """How a month stands, for those who may see that; for members of teams its sessions."""
    period = period_named(name)
    if can_open("closings.list_months") or period is None:
        return url_for("closings.list_months", month=name)
    days: dict[str, Any] = {"from": period.days.first, "to": period.days.last}
    return url_for("activities.list_activities", **days)
