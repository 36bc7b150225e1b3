"""The document of a report as it stands: what was sent, or what a draft says now."""

from tcns.letters.content import Letter
from tcns.reports.figure_queries import copy_of
from tcns.reports.figures import Copy, copy_of_values, letter_of_values
from tcns.reports.letter_queries import letter_of
from tcns.reports.queries import Subject, report_of, words_of
from tcns.reports.vocabulary import UNDER_WAY


def current_letter(subject: Subject) -> Letter:
    """The document: of a report that was sent exactly what was sent, whatever has changed since."""
    report = report_of(subject)
    sending = report.last_sending if report and report.state in UNDER_WAY else None
    if report and sending and sending.frozen:
        return letter_of_values(sending.frozen, report.number or "", report.issued_on)
    return letter_of(subject, copy_of(subject, words_of(report)))


def current_copy(subject: Subject) -> Copy:
    """What the report says, as its page shows it."""
    report = report_of(subject)
    sending = report.last_sending if report and report.state in UNDER_WAY else None
    if sending and sending.frozen:
        return copy_of_values(sending.frozen)
    return copy_of(subject, words_of(report))
