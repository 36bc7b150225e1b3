"""Number, day and issuer of a decision that stand in one cell: 45/QĐ-UBND ngày 15/5/2022."""

import re

from tcns.errors import RuleViolation
from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.imports.rows.day_cells import read_day
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Mark, ProblemKind

DECISION = re.compile(
    r"(?:quyết định\s*|qđ\s+)?(?:số\s*:?\s*)?(?P<number>\S.*?)\s*"
    r"(?:[,;(]\s*|\bký\s+|\bban hành\s+|\bngày\s+|\n)+"
    r"(?P<day>\d{1,2}\s*[/.–-]\s*\d{1,2}\s*[/.–-]\s*\d{4}|\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4})"
    r"\)?(?:\s*(?:,|của|do)\s*(?P<issuer>.+))?",
    re.IGNORECASE,
)


def split_decision(finding: Finding) -> None:
    """Take the day, and the issuer, that stand with the number of a decision to their own fields.

    A day that the row gives as well must be the same one.
    """
    text = finding.value("number")
    found = DECISION.fullmatch(text) if text else None
    if found is None:
        return
    try:
        day = read_day(found["day"], lambda _mark, _message: None)
    except RuleViolation as broken:
        finding.note("number", ProblemKind.FORMAT, broken.message)
        return
    given = finding.value("issued_on")
    if given and given != day:
        message = _(
            "The day of the decision is %(day)s elsewhere in the row.", day=format_day(given)
        )
        finding.note("number", ProblemKind.CONFLICT, message)
        return
    finding.values["number"], finding.values["issued_on"] = found["number"], day
    if found["issuer"] and not finding.value("issuer"):
        finding.values["issuer"] = found["issuer"].strip()
    words = ", ".join(filter(None, (found["number"], format_day(day), found["issuer"])))
    finding.mark(
        "number", Mark.REWRITTEN, _("%(text)s was read as %(value)s.", text=text, value=words)
    )
