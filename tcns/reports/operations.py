"""What becomes of reports: worded, sent, withdrawn, returned, accepted, numbered, signed."""

from collections.abc import Container
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select

from tcns.accounts.queries import officials_of
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now, today
from tcns.closings.operations import close_month
from tcns.closings.queries import latest_closing
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation, expect_version
from tcns.files.scans import ReceivedScan
from tcns.files.strays import holds_files
from tcns.i18n import gettext as _
from tcns.notices.operations import notify
from tcns.notices.vocabulary import NoticeKind
from tcns.periods import PeriodKind
from tcns.reports.figure_queries import copy_of
from tcns.reports.figures import Words, as_values
from tcns.reports.letter_queries import letter_of
from tcns.reports.models import Report, ReportStep
from tcns.reports.queries import Subject, report_of, words_of
from tcns.reports.rules import expect_state
from tcns.reports.vocabulary import UNDER_WAY, ReportStatus, StepKind
from tcns.teams.members.queries import accounts_of_leaders

OPEN = (ReportStatus.DRAFT, ReportStatus.RETURNED)
SCANS = "reportscans"  # the folder of the store
# What belongs to the signed paper of one sending: the next has its own.
OF_THE_SIGNED = ("number", "issued_on", "scan_kind")


def write_words(subject: Subject, words: Words, *, version: int | None, by: Any) -> Report:
    """Keep what is written in a report that is not under way; raises RuleViolation, Stale.

    Without a version it is the first who writes; whoever wrote meanwhile is not written over.
    """
    if report_of(subject) is None and not any(asdict(words).values()):
        raise RuleViolation(_("Nothing is written."))
    if not version and any(asdict(words_of(report_of(subject))).values()):
        raise RuleViolation(_("Somebody else has begun to write this report. Look at it again."))
    report = _locked(subject)
    expect_state(report.state, *OPEN)
    expect_version(report, version or report.version)
    before = words_of(report)
    for name in asdict(words):
        setattr(report, name, getattr(words, name) or None)
    changes = {
        name: (getattr(before, name) or None, getattr(words, name) or None)
        for name in asdict(words)
    }
    _record(Event.REPORT_WORDED, report, subject, changes, by=by)
    return report


def send(subject: Subject, *, answer: str | None = None, by: Any) -> Report:
    """Send a report to whoever stands above: what it says now is kept as it is.

    Raises RuleViolation where the period is not over, or it is under way already.
    """
    if subject.period.days.last >= today():
        raise RuleViolation(_("The period is not over yet."))
    report = _locked(subject)
    expect_state(report.state, *OPEN)
    copy = copy_of(subject, words_of(report))
    report.status = ReportStatus.SENT
    forgotten = {name: (getattr(report, name), None) for name in OF_THE_SIGNED}
    report.number = report.issued_on = report.scan_key = report.scan_kind = None
    _step(report, StepKind.SENT, answer, as_values(copy, letter_of(subject, copy)), by=by)
    _record(Event.REPORT_SENT, report, subject, {"answer": (None, answer), **forgotten}, by=by)
    return report


def withdraw(subject: Subject, *, reason: str, by: Any) -> Report:
    """Take a report back that was sent and not answered yet: it is a draft again.

    What was sent stays on record. Raises RuleViolation.
    """
    report = _locked(subject)
    expect_state(report.state, ReportStatus.SENT)
    report.status = ReportStatus.DRAFT
    _step(report, StepKind.WITHDRAWN, reason, by=by)
    _record(Event.REPORT_WITHDRAWN, report, subject, {"reason": (None, reason)}, by=by)
    return report


def give_back(subject: Subject, *, reason: str, by: Any) -> Report:
    """Return a report that was sent, and say why; raises RuleViolation."""
    report = _locked(subject)
    expect_state(report.state, ReportStatus.SENT)
    report.status = ReportStatus.RETURNED
    _step(report, StepKind.RETURNED, reason, by=by)
    _record(Event.REPORT_RETURNED, report, subject, {"reason": (None, reason)}, by=by)
    _tell(NoticeKind.REPORT_RETURNED, report, subject, by=by)
    return report


def accept(subject: Subject, *, by: Any) -> Report:
    """Accept a report that was sent; a commune's month is closed with it, unless it is already.

    Raises RuleViolation.
    """
    report = _locked(subject)
    expect_state(report.state, ReportStatus.SENT)
    report.status = ReportStatus.ACCEPTED
    _step(report, StepKind.ACCEPTED, None, by=by)
    _record(Event.REPORT_ACCEPTED, report, subject, {}, by=by)
    _tell(NoticeKind.REPORT_ACCEPTED, report, subject, by=by)
    if not subject.team and subject.period.kind is PeriodKind.MONTH:
        closing = latest_closing(subject.area, subject.period.days.first)
        if closing is None or not closing.is_closed_on(today()):
            close_month(subject.area, subject.period, by=by)
    return report


def enter_number(subject: Subject, *, number: str, issued_on: date, by: Any) -> Report:
    """Enter the number and day of the signed document, which is no draft from then on."""
    report = _locked(subject)
    expect_state(report.state, *UNDER_WAY)
    if issued_on < report.last_day:
        raise RuleViolation(_("The document is issued after the period."), "issued_on")
    changes = {"number": (report.number, number), "issued_on": (report.issued_on, issued_on)}
    report.number, report.issued_on = number, issued_on
    _record(Event.REPORT_NUMBERED, report, subject, changes, by=by)
    return report


def attach_scan(
    subject: Subject, received: ReceivedScan, *, version: int | None, by: Any
) -> Report:
    """Attach the scan of the signed document, in place of the one there is.

    Raises RuleViolation where the report is not under way, Stale.
    """
    report = _locked(subject)
    expect_state(report.state, *UNDER_WAY)
    expect_version(report, version)
    event = Event.REPORT_SCAN_REPLACED if report.scan_key else Event.REPORT_SCAN_ADDED
    changes = {
        "scan_kind": (report.scan_kind, received.kind.value),
        "file_name": (None, received.file_name),
    }
    report.scan_key, report.scan_kind = received.file_key, received.kind.value
    _record(event, report, subject, changes, by=by)
    return report


def remove_scan(subject: Subject, *, version: int | None, by: Any) -> Report:
    """Remove the scan of the signed document; nobody can open it from now on.

    Raises RuleViolation where there is none, Stale.
    """
    report = _locked(subject)
    if report.scan_key is None:
        raise RuleViolation(_("The report has no scan."))
    expect_version(report, version)
    changes = {"scan_kind": (report.scan_kind, None)}
    report.scan_key = report.scan_kind = None
    _record(Event.REPORT_SCAN_REMOVED, report, subject, changes, by=by)
    return report


@holds_files(SCANS)
def _held_scans() -> Container[str]:
    """The keys of the scans of all reports."""
    return set(db.session.scalars(select(Report.scan_key).where(Report.scan_key.is_not(None))))


def _locked(subject: Subject) -> Report:
    """The report of a subject, which nobody else changes meanwhile; made where there is none."""
    lock(subject.team or subject.area)
    report = report_of(subject)
    if report is not None:
        lock(report)
        return report
    days = subject.period.days
    report = Report(
        area_id=subject.area.id,
        team_id=subject.team.id if subject.team else None,
        period=subject.period.name,
        first_day=days.first,
        last_day=days.last,
        status=ReportStatus.DRAFT,
    )
    db.session.add(report)
    db.session.flush()
    return report


def _step(
    report: Report, kind: StepKind, words: str | None, frozen: Any = None, *, by: Any
) -> None:
    """Add a step to the history of a report."""
    step = ReportStep(kind=kind, by_id=by.id, at=now(), words=words, frozen=frozen)
    report.steps.append(step)
    db.session.flush()


def _tell(kind: NoticeKind, report: Report, subject: Subject, *, by: Any) -> None:
    """Tell whoever sent a report, and those whose report it is, what became of it."""
    owners = accounts_of_leaders([subject.team]) if subject.team else officials_of([subject.area])
    sending = report.last_sending
    told = owners | {sending.by_id} if sending else owners
    facts = {"name": subject.name, "period": subject.period.name, "owner": subject.owner}
    notify(told, kind, report.id, facts, by=by)


def _record(event: Event, report: Report, subject: Subject, changes: Any, *, by: Any) -> None:
    """Put what became of a report on record, in its area."""
    told = {"period": (None, subject.period.name), **changes}
    record(event, by=by, on=report, area_id=report.area_id, changes=told)
