"""What a column of notes says of somebody: that they left, moved away, have another role since.

Shown as what it would do, and asked once for the file; never done by itself, never unseen.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from tcns.i18n import format_day
from tcns.i18n import gettext as _
from tcns.imports.rows.day_cells import day_in
from tcns.imports.rows.questions import Answers, Option, Question
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Mark, ProblemKind

KEY, APPLY, IGNORE = "notes", "apply", "ignore"
MOST_PEEKS = 6
DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}"
WHEN = rf"(?:.{{0,40}}?\b(?P<how>từ|đến hết|đến|hết|ngày)\s*(?:ngày\s*)?(?P<day>{DAY}))?"
LEFT = re.compile(
    r"(?:\bthôi\b|\bnghỉ\b|\brút\b|không còn|không tham gia|\bchuyển\b|\bđi xa\b|đi làm ăn|đã mất|"
    rf"\bchết\b|qua đời|từ trần|miễn nhiệm|cho thôi){WHEN}",
    re.IGNORECASE,
)
OTHER_ROLE = re.compile(
    r"(?:\bbầu\b|\blàm\b|\bgiữ\b|\bthay\b|\blên\b|bổ nhiệm).{0,20}?(?:tổ trưởng|tổ phó)"
    rf"{WHEN}",
    re.IGNORECASE,
)
ONE_DAY = timedelta(days=1)


@dataclass
class NotedChanges:
    """The rows of a file whose notes say that something changed."""

    answers: Answers
    found: list[tuple[Finding, str]] = field(default_factory=list)

    def take(self, finding: Finding) -> None:
        """Let a row do what its note says, leave the note out, or wait for the answer."""
        role = OTHER_ROLE.search(finding.remark)
        noted = role or LEFT.search(finding.remark)
        if noted is None or finding.outcome is not None:
            return
        last_day = None if role else last_day_in(noted)
        effect = _("until %(day)s", day=format_day(last_day)) if last_day else _("without effect")
        self.found.append((finding, f"{noted[0]} → {effect}"))
        answer = self.answers.get(KEY)
        if answer == IGNORE:
            finding.mark("until", Mark.SHORTENED, _("Left out: %(text)s", text=noted[0]))
        elif answer != APPLY:
            finding.wait(KEY)
        elif last_day and not finding.cells.get("until", "").strip():
            finding.cells["until"] = f"{last_day:%d/%m/%Y}"
            finding.mark("until", Mark.ANSWERED, noted[0])
        elif role:
            message = _("The note gives another role: change the role on the team's page.")
            finding.note("role", ProblemKind.CONFLICT, message)
        elif not last_day:
            message = _("The note says that the person has left: give the last day.")
            finding.note("until", ProblemKind.MISSING, message)

    def questions(self) -> list[Question]:
        """Whether the notes are followed."""
        if not self.found:
            return []
        options = (
            Option(APPLY, _("Do what the notes say")),
            Option(IGNORE, _("Leave the notes out: these people are members")),
        )
        text = _("Notes say that people left or have another role. Are they to be followed?")
        numbers = tuple(finding.number for finding, _words in self.found)
        peek = tuple((finding.number, words) for finding, words in self.found[:MOST_PEEKS])
        return [Question(KEY, text, options, numbers, peek=peek)]


def last_day_in(noted: re.Match[str]) -> date | None:
    """The last day of somebody who left: the one before "from", the one named after "until"."""
    day = day_in(noted["day"], lambda _mark, _message: None) if noted["day"] else None
    if day is None:
        return None
    return day if "đến" in noted["how"].lower() or "hết" in noted["how"].lower() else day - ONE_DAY
