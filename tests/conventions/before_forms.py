"""What must be on file before a form that writes can succeed, beside the world; each answers the
values that it gives the address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.activities.review.operations import approve_one
from tcns.activities.vocabulary import Status
from tcns.clock import now, today
from tcns.closings.models import Closing
from tcns.database import db
from tcns.duplicates.models import DistinctPair
from tcns.files.scans import ScanKind
from tcns.jobs.models import Job
from tcns.notices.models import Notice
from tcns.reports.models import Report, ReportStep
from tcns.reports.operations import SCANS
from tcns.reports.vocabulary import ReportStatus, StepKind
from tcns.teams.models import Team, Training
from tcns.teams.vocabulary import EndReason
from tests.factories import make_activity, make_membership, make_sign_in, make_team
from tests.world import World

Values = Mapping[str, Any]


def june_closed(world: World) -> Values:
    """June 2025 is closed for the commune."""
    closed = {"first_day": date(2025, 5, 15), "last_day": date(2025, 6, 14), "closed_at": now()}
    by = world.users["own"]
    db.session.add(Closing(area_id=world.commune.id, closed_by_id=by, **closed))
    return {}


def report_sent(world: World) -> Values:
    """Hòa An has sent its report of June 2025; the copy tells nothing."""
    report = Report(
        area_id=world.commune.id,
        period="2025-06",
        first_day=date(2025, 5, 15),
        last_day=date(2025, 6, 14),
        status=ReportStatus.SENT,
    )
    step = ReportStep(kind=StepKind.SENT, by_id=world.users["own"], at=now())
    report.steps.append(step)
    db.session.add(report)
    return {}


def report_signed(world: World) -> Values:
    """The same with the scan of the signed document."""
    report_sent(world)
    report = db.session.query(Report).one()
    report.scan_key, report.scan_kind = f"{SCANS}/{'3' * 32}", ScanKind.DOCUMENT
    return {}


def team_by_mistake(world: World) -> Values:
    """A team without members."""
    return {"team_id": make_team(world.quiet_village.id, name="Tổ nhập nhầm")}


def is_across(world: World) -> Values:
    """The deputy has joined a team of the far commune as well."""
    days = {"valid_from": date(2024, 1, 1)}
    make_membership(world.teams["far"], world.persons["deputy"], **days)
    return {}


def also_across(world: World) -> Values:
    """The commune that is to keep the deputy's data."""
    return {"team": str(world.teams["far"])}


def second_device(world: World) -> Values:
    """The official is signed in on another device as well."""
    make_sign_in(world.users["own"], "another device")
    return {}


def closed_account(world: World) -> Values:
    """The member's account is closed."""
    db.session.get_one(User, world.users["member"]).disabled_at = now()
    return {}


def told_apart(world: World) -> Values:
    """Two members of one team were found not to be the same."""
    pair = sorted((world.persons["deputy"], world.persons["member"]))
    db.session.add(
        DistinctPair(person_id=pair[0], other_id=pair[1], by_id=world.users["own"], at=now())
    )
    return {}


def somebody_enrolled(world: World) -> Values:
    """The deputy is enrolled in the course, with the next training after the world's."""
    training = Training(
        person_id=world.persons["deputy"],
        course_id=world.course,
        course="Kỹ năng số cơ bản",
        platform="MOOC",
    )
    db.session.add(training)
    return {}


def dissolved_by_mistake(world: World) -> Values:
    """The team of Nà Đình was dissolved, and nothing came after it."""
    team = db.session.get_one(Team, world.teams["hamlet"])
    team.valid_to = date(2025, 6, 1)
    for membership in team.memberships:
        membership.valid_to, membership.end_reason = team.valid_to, EndReason.DISSOLVED
    return {}


def asked_back(world: World) -> Values:
    """The team asks for its approved session."""
    activity = db.session.get_one(Activity, world.activities["approved"])
    activity.recall_asked_at, activity.recall_reason = now(), "Ghi thiếu 4 người"
    return {}


def approved_a_moment_ago(world: World) -> Values:
    """The official has just approved a session held today."""
    held = {"held_on": today(), "status": Status.SUBMITTED}
    made = make_activity(world.teams["village"], world.users["member"], **held)
    own = db.session.get_one(User, world.users["own"])
    approve_one(db.session.get_one(Activity, made), by=own)
    return {"activity_id": made}


def unread_notice(world: World) -> Values:
    """The official has not read their notice yet."""
    db.session.get_one(Notice, world.notice).read_at = None
    return {}


def unseen_result(world: World) -> Values:
    """The official has not seen yet what came of their job."""
    db.session.get_one(Job, world.job).seen_at = None
    return {}
