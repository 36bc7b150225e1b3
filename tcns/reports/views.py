"""Pages of reports: which are due, what each says, and its way up."""

from collections.abc import Callable
from typing import Any

from flask import abort, render_template, url_for
from flask_login import current_user
from werkzeug import Response

from tcns.activities.months.queries import waiting_sessions
from tcns.audit.words import field_word
from tcns.clock import today
from tcns.i18n import gettext as _
from tcns.periods import NamedPeriod, PeriodKind, period_holding, period_named
from tcns.permissions.guards import my_scope, requires
from tcns.permissions.vocabulary import Permission
from tcns.reports import operations
from tcns.reports.blueprint import blueprint
from tcns.reports.comparison_queries import changed_since
from tcns.reports.document_queries import current_copy
from tcns.reports.forms import (
    NumberForm,
    PeriodForm,
    ReturnForm,
    SendForm,
    WithdrawForm,
    WordsForm,
)
from tcns.reports.lateness_queries import Due, Seen, days_late, due, units
from tcns.reports.models import Report
from tcns.reports.queries import (
    Subject,
    last_words,
    own_subjects,
    report_of,
    subject_named,
    subjects_below,
)
from tcns.reports.rules import receives, sends
from tcns.reports.vocabulary import UNDER_WAY, Heading, Reporter, ReportStatus
from tcns.web.forms import WritingForm
from tcns.web.idempotency import lead_to, submit_once


def last_month() -> NamedPeriod:
    """The last month that is over: the one whose report is due."""
    return period_holding(PeriodKind.MONTH, today()).step(-1)


def period_shown() -> NamedPeriod:
    """The period that the address names, else the last month that is over."""
    return period_named(PeriodForm.from_address().value("period") or "") or last_month()


def seen() -> Seen:
    """What the visitor may see of reports, and whose phones."""
    phones = my_scope(Permission.PHONE_READ) | my_scope(Permission.LEADER_PHONE_READ)
    return Seen(my_scope(Permission.REPORT_READ), phones)


def reports_due() -> Due:
    """What the visitor has to send for the last month, and to answer."""
    writing, answering = my_scope(Permission.REPORT_WRITE), my_scope(Permission.REPORT_REVIEW)
    return due(writing, answering, last_month())


def subject_of_address(period: str, owner: str) -> Subject | None:
    """Whose report an address names."""
    named = period_named(period)
    return subject_named(owner, named) if named else None


def sent_by_me(period: str, owner: str) -> Subject | None:
    """The same, where the visitor is who sends it; another's may be seen, not sent."""
    return _allowed(subject_of_address(period, owner), sends, Permission.REPORT_WRITE)


def answered_by_me(period: str, owner: str) -> Subject | None:
    """The same, where the visitor is who receives it."""
    return _allowed(subject_of_address(period, owner), receives, Permission.REPORT_REVIEW)


def _allowed(
    subject: Subject | None, rule: Callable[[Any, Subject], bool], permission: Permission
) -> Subject | None:
    """A subject, refused to whoever may see it but is not the one to do this."""
    can_see = subject is not None and subject.lies_in(my_scope(Permission.REPORT_READ))
    if subject and can_see and not rule(my_scope(permission), subject):
        abort(403)
    return subject


def address_of(subject: Subject, endpoint: str = "reports.show_report", **values: Any) -> str:
    """The address of a page of a report."""
    return url_for(endpoint, period=subject.period.name, owner=subject.owner, **values)


@blueprint.get("/reports")
@requires(Permission.REPORT_READ)
def show_reports() -> str:
    """The reports of a period: one's own, and those that go into it, the latest first."""
    period, scope = period_shown(), my_scope(Permission.REPORT_READ)
    wanted = PeriodForm.from_address().value("state")
    own = own_subjects(scope, period)
    parents = own[:1] if len(own) == 1 else []
    below = [one for parent in parents for one in subjects_below(scope, parent)]
    return render_template(
        "reports/show_reports.html",
        period=period,
        kinds=[period_holding(kind, period.days.last) for kind in PeriodKind],
        own=[one for kind in Reporter for one in units(seen(), _of_kind(own, kind), period)],
        below=units(seen(), below, period),
        wanted=wanted,
        parent=parents[0] if parents else None,
        address_of=address_of,
        is_over=period.days.last < today(),
        status=ReportStatus,
        archive=WritingForm(),
    )


def _of_kind(subjects: list[Subject], kind: Reporter) -> list[Subject]:
    """The subjects of one kind."""
    return [one for one in subjects if one.reporter is kind]


@blueprint.get("/reports/<string:period>/<string:owner>")
@requires(Permission.REPORT_READ, subject_of_address)
def show_report(subject: Subject) -> str:
    """A report: how far it is, what it says and lacks, what has changed since it was sent."""
    report = report_of(subject)
    copy = current_copy(subject)
    sending = report.last_sending if report and report.state in UNDER_WAY else None
    below = subjects_below(my_scope(Permission.REPORT_READ), subject)
    return render_template(
        "reports/show_report.html",
        subject=subject,
        report=report,
        state=report.state if report else ReportStatus.DRAFT,
        copy=copy,
        headings=Heading,
        status=ReportStatus,
        late=days_late(report, subject.due_on),
        is_over=subject.period.days.last < today(),
        since=changed_since(subject, copy, sending.at) if sending else None,
        sending=sending,
        below=units(seen(), below, subject.period),
        waiting=_waiting(subject),
        may_send=sends(my_scope(Permission.REPORT_WRITE), subject),
        may_answer=receives(my_scope(Permission.REPORT_REVIEW), subject),
        address_of=address_of,
        field_word=field_word,
        archive=WritingForm(),
    )


def _waiting(subject: Subject) -> int:
    """How many sessions of the period wait for review."""
    scope, days = my_scope(Permission.ACTIVITY_READ), subject.period.days
    found = waiting_sessions(scope, subject.area, days, subject.map_on)
    return sum(1 for one in found if subject.team is None or one.team_id == subject.team.id)


@blueprint.route("/reports/<string:period>/<string:owner>/words", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE, sent_by_me)
def write_words(subject: Subject) -> Response | str:
    """Write remarks, difficulties and proposals, with those of the report before at hand."""
    report = report_of(subject)
    form, before = WordsForm.of_report(report), last_words(subject)
    answer = not form.take_over(before) and submit_once(
        form,
        lambda: operations.write_words(
            subject, form.words(), version=form.version.data, by=current_user
        ),
        lambda _done: lead_to(address_of(subject), _("What you wrote is saved.")),
    )
    return answer or render_template(
        "reports/write_words.html",
        form=form,
        subject=subject,
        before=before,
        period_named=period_named,
        address_of=address_of,
    )


@blueprint.route("/reports/<string:period>/<string:owner>/send", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE, sent_by_me)
def send_report(subject: Subject) -> Response | str:
    """Send a report, after a look at what is missing in it."""
    report, form = report_of(subject), SendForm()
    answer = submit_once(
        form,
        lambda: operations.send(subject, answer=form.answer.data or None, by=current_user),
        lambda _done: lead_to(address_of(subject), _("The report is sent.")),
    )
    return answer or render_template(
        "reports/send_report.html",
        form=form,
        subject=subject,
        report=report,
        copy=current_copy(subject),
        waiting=_waiting(subject),
        status=ReportStatus,
        address_of=address_of,
    )


@blueprint.route("/reports/<string:period>/<string:owner>/withdraw", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE, sent_by_me)
def withdraw_report(subject: Subject) -> Response | str:
    """Take a report back that nobody has answered yet."""
    form = WithdrawForm()
    return _answered(
        subject,
        form,
        lambda: operations.withdraw(subject, reason=form.reason.data, by=current_user),
        _("The report is taken back. Correct it and send it again."),
        "reports/withdraw_report.html",
    )


@blueprint.route("/reports/<string:period>/<string:owner>/return", methods=["GET", "POST"])
@requires(Permission.REPORT_REVIEW, answered_by_me)
def return_report(subject: Subject) -> Response | str:
    """Return a report, with what is to be corrected."""
    form = ReturnForm()
    return _answered(
        subject,
        form,
        lambda: operations.give_back(subject, reason=form.reason.data, by=current_user),
        _("The report is returned."),
        "reports/return_report.html",
    )


@blueprint.route("/reports/<string:period>/<string:owner>/accept", methods=["GET", "POST"])
@requires(Permission.REPORT_REVIEW, answered_by_me)
def accept_report(subject: Subject) -> Response | str:
    """Accept a report, which closes a commune's month."""
    return _answered(
        subject,
        WritingForm(),
        lambda: operations.accept(subject, by=current_user),
        _("The report is accepted."),
        "reports/accept_report.html",
    )


@blueprint.route("/reports/<string:period>/<string:owner>/number", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE, sent_by_me)
def number_report(subject: Subject) -> Response | str:
    """Enter the number and day of the signed document."""
    report = report_of(subject)
    form = NumberForm.of_report(report)
    return _answered(
        subject,
        form,
        lambda: operations.enter_number(
            subject, number=form.number.data, issued_on=form.issued_on.data, by=current_user
        ),
        _("The number is entered."),
        "reports/number_report.html",
    )


def _answered(
    subject: Subject, form: WritingForm, operate: Callable[[], Report], said: str, template: str
) -> Response | str:
    """A page with a form about a report, which leads back to it."""
    answer = submit_once(form, operate, lambda _done: lead_to(address_of(subject), said))
    return answer or render_template(
        template, form=form, subject=subject, waiting=_waiting(subject), address_of=address_of
    )
