"""How the sessions of the demonstration were entered, submitted and reviewed; often late."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tcns.activities.models import LATE_AFTER_DAYS
from tcns.activities.vocabulary import Status
from tcns.clock import ZONE

SOON, LATER, LATE = (0, 1), (2, LATE_AFTER_DAYS - 1), (LATE_AFTER_DAYS + 1, 40)
DELAYS = (SOON, LATER, LATE)
DELAY_WEIGHTS = (70, 18, 12)
DRAFT_SHARE = 0.03
REVIEWED = (Status.APPROVED, Status.RETURNED, Status.SUBMITTED)  # the last: still waiting
REVIEW_WEIGHTS = (93, 3, 4)
LONGEST_REVIEW_DAYS = 12

RETURN_REASONS = (
    "Đề nghị ghi rõ số hộ được hướng dẫn.",
    "Số người tham gia chưa khớp với danh sách của thôn.",
    "Buổi này đã được nhập trước đó, đề nghị kiểm tra lại.",
    "Đề nghị bổ sung thành viên tổ tham gia hỗ trợ.",
)


def draw_course(
    held_on: date, last_day: date, entered_by: int, official: int, rng: Random
) -> dict[str, Any]:
    """The session's way up to `last_day`, in the columns of its table."""
    delay = rng.randint(*rng.choices(DELAYS, DELAY_WEIGHTS)[0])
    entered_on = min(held_on + timedelta(days=delay), last_day)
    entered_at = _moment(entered_on, 17, 21, rng)
    course = {
        "status": Status.DRAFT,
        "entered_by_id": entered_by,
        "entered_at": entered_at,
        "submitted_at": None,
        "reviewed_by_id": None,
        "reviewed_at": None,
        "return_reason": None,
    }
    if rng.random() < DRAFT_SHARE:
        return course
    course |= {"status": Status.SUBMITTED, "submitted_at": entered_at + timedelta(minutes=5)}
    reviewed_on = entered_on + timedelta(days=rng.randint(1, LONGEST_REVIEW_DAYS))
    status = rng.choices(REVIEWED, REVIEW_WEIGHTS)[0]
    if status is Status.SUBMITTED or reviewed_on > last_day:
        return course
    reason = rng.choice(RETURN_REASONS) if status is Status.RETURNED else None
    return course | {
        "status": status,
        "reviewed_by_id": official,
        "reviewed_at": _moment(reviewed_on, 8, 16, rng),
        "return_reason": reason,
    }


def _moment(day: date, first_hour: int, last_hour: int, rng: Random) -> datetime:
    """A moment of the day, in Vietnam's time, between two hours."""
    at = time(rng.randint(first_hour, last_hour), rng.randrange(60))
    return datetime.combine(day, at, ZONE)
