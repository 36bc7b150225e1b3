"""Who issues a report, who signs and who receives it; and how its period is called in text."""

from tcns.areas import queries as areas
from tcns.areas.agencies.queries import agency_of
from tcns.areas.agencies.rules import AgencyText, lines
from tcns.documents.heads import head_of, signature_of
from tcns.documents.member_queries import issuing_area
from tcns.letters.content import Head, Signature, written_month
from tcns.periods import ROMAN, NamedPeriod, PeriodKind
from tcns.reports.queries import Subject


def period_in_text(period: NamedPeriod) -> str:
    """A period within a sentence: tháng 11 năm 2026, quý IV năm 2026."""
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {written_month(period.days.last)}"
        case PeriodKind.QUARTER:
            return f"quý {ROMAN[period.number - 1]} năm {period.year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm {period.year}"
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng đầu năm {period.year}"
        case _year:
            return f"năm {period.year}"


def frame(subject: Subject) -> tuple[Head, Signature, tuple[str, ...]]:
    """Who issues it, who signs and who receives it; a team reports to its commune."""
    if subject.team is None:
        agency = agency_of(subject.area, areas.map_day())
        return head_of(agency, "BC"), signature_of(agency), lines(agency.receivers)
    agency = _agency_above(subject)
    head = Head(
        agency=subject.team.name,
        superior=agency.name,
        place=agency.place,
        sign="BC-TCNSCĐ",
    )
    return head, Signature(("TỔ TRƯỞNG",)), (agency.name, "Lưu: Tổ công nghệ số cộng đồng")


def _agency_above(subject: Subject) -> AgencyText:
    """The agency of the commune that a team reports to."""
    assert subject.team is not None
    return agency_of(issuing_area(subject.team, subject.map_on), areas.map_day())
