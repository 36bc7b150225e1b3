"""What a cell takes from the rows above it: asked once for the file, never guessed.

People write a village once and leave the rows below it blank, write "như trên" or a sign for it,
merge cells, or put the area on a row of its own above its people. Each of these is one question.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tcns.areas.naming import communes_own, is_commune_code, kinds_written
from tcns.areas.vocabulary import Level
from tcns.i18n import gettext as _
from tcns.imports.rows.questions import (
    REFUSE,
    Answers,
    Option,
    Question,
    option_to_refuse,
)
from tcns.imports.rows.results import COMMUNES_OWN, Finding
from tcns.imports.vocabulary import Mark, Outcome, ProblemKind
from tcns.vietnamese import fold

ABOVE, EMPTY, FIRST, AREA, SKIP = "above", "empty", "first", "area", "skip"
COMMUNE = COMMUNES_OWN
# What is the same for many rows; a name or a phone is nobody else's.
CARRIED = ("commune", "district", "village", "role", "body", "since", "number", "issued_on")
# The areas that sections are made of, the smaller first.
SECTIONS = {Level.VILLAGE: "village", Level.COMMUNE: "commune", Level.DISTRICT: "district"}
DITTO_SIGNS = frozenset({'"', "''", "“", "”", "…", "...", "//", '""', "´´", "〃", '-"-', "-//-"})
DITTO_WORDS = frozenset({"nt", "nhu tren", "n t", "nhu tren nt", "tuong tu", "id", "idem"})
ENUMERATED = re.compile(r"^\s*(?:[IVXLC]+|[A-Z]|\d{1,3})\s*[.):/-]\s*")


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above"."""
    bare = text.strip()
    words = re.sub(r"[^a-z0-9]+", " ", fold(bare)).strip()
    return bare in DITTO_SIGNS or words in DITTO_WORDS


def section_in(text: str) -> tuple[str, str] | None:
    """The field and the area that a row of its own names: ("commune", "Xã Khuôn Hà")."""
    name = ENUMERATED.sub("", text).strip(" :.-")
    if communes_own(name) == "":
        return "village", name
    levels = kinds_written(name)
    return next(((field, name) for level, field in SECTIONS.items() if level in levels), None)


@dataclass
class CarriedDown:
    """The rows of a file in their order, and which of them wait for which of the questions."""

    fields: Sequence[str]
    answers: Answers
    ditto: list[Finding] = field(default_factory=list)
    blank: list[Finding] = field(default_factory=list)
    merged: list[Finding] = field(default_factory=list)
    sections: list[Finding] = field(default_factory=list)
    above: dict[str, str] = field(default_factory=dict)
    section: dict[str, str] = field(default_factory=dict)
    named_by_section: list[Finding] = field(default_factory=list)

    def begin_sheet(self) -> None:
        """A sheet takes nothing from the one before."""
        self.above.clear()
        self.section.clear()

    def take(self, finding: Finding) -> None:
        """Let the next row of a sheet take what the answers give it."""
        if finding.outcome is Outcome.REFUSED:
            self._begin_section(finding)
        else:
            self._read_row(finding)

    def questions(self) -> list[Question]:
        """What is asked of the file, once all rows were read."""
        return [question for question in self._questions() if question is not None]

    def _begin_section(self, finding: Finding) -> None:
        """A row that names an area alone: the rows below may stand in it."""
        texts = [text for text in finding.all_cells if text.strip()]
        named = section_in(texts[0]) if len(texts) == 1 else None
        if named is None:
            return
        self.sections.append(finding)
        order = list(SECTIONS.values())
        for smaller in order[: order.index(named[0])]:
            self.section.pop(smaller, None)
        self.section[named[0]] = named[1]
        self.above.clear()

    def _read_row(self, finding: Finding) -> None:
        """What one row takes from above."""
        self._take_section(finding)
        self._take_merged(finding)
        for name in self.fields:
            text = finding.cells.get(name, "")
            if name in CARRIED and is_ditto(text):
                self._take(finding, name, "ditto", self.ditto)
            elif name == "village" and self._is_left_blank(finding):
                self._take(finding, name, "blank_village", self.blank)
            if finding.cells.get(name, "").strip() and "ditto" not in finding.waits:
                self.above[name] = finding.cells[name]

    def _is_left_blank(self, finding: Finding) -> bool:
        """Whether a row says no village while one above does."""
        has_words = any(c.isalnum() for c in finding.cells.get("village", ""))
        code = finding.cells.get("code", "")
        says_otherwise = (code and not is_commune_code(code)) or finding.cells.get("team")
        return not has_words and not says_otherwise and "village" in self.above

    def _take(self, finding: Finding, name: str, key: str, waiting: list[Finding]) -> None:
        """Give a cell what the answer says, or let the row wait."""
        answer = self.answers.get(key)
        if finding not in waiting:
            waiting.append(finding)
        if answer not in (ABOVE, COMMUNE, EMPTY, REFUSE):
            finding.wait(key)
            finding.cells[name] = ""
        elif answer == REFUSE or (answer == ABOVE and name not in self.above):
            finding.note(
                name,
                ProblemKind.MISSING,
                _("By your answer for the whole file, such rows are errors."),
            )
        else:
            finding.cells[name] = self.above[name] if answer == ABOVE else ""
            finding.is_communes_own = answer == COMMUNE
            finding.mark(name, Mark.ANSWERED, finding.cells[name] or _("left empty"), key)

    def _take_section(self, finding: Finding) -> None:
        """Give a row the area of the section it stands in, where it says none itself."""
        lacking = {n: a for n, a in self.section.items() if not finding.cells.get(n, "").strip()}
        code = finding.cells.get("code", "")
        if code and is_commune_code(code):
            lacking = {name: area for name, area in lacking.items() if name == "village"}
        if not lacking or (code and not is_commune_code(code)):
            return
        self.named_by_section.append(finding)
        answer = self.answers.get("sections")
        if answer == AREA:
            for name, area in lacking.items():
                finding.cells[name] = area
                finding.mark(name, Mark.ANSWERED, area, "sections")
        elif answer != SKIP:
            finding.wait("sections")

    def _take_merged(self, finding: Finding) -> None:
        """Leave or empty the cells a merged cell reaches over."""
        reached = [name for name in finding.merged if name in self.fields]
        if not reached:
            return
        self.merged.append(finding)
        answer = self.answers.get("merged")
        if answer not in (ABOVE, FIRST):
            finding.wait("merged")
        for name in reached:
            if answer == FIRST:
                finding.cells[name] = ""
            if answer in (ABOVE, FIRST):
                words = finding.cells[name] or _("left empty")
                finding.mark(name, Mark.ANSWERED, words, "merged")

    def _questions(self) -> Iterable[Question | None]:
        """The question of each kind, where rows wait for it or have its answer."""
        above = Option(ABOVE, _("The same as the row above"))
        yield self._question(
            "ditto",
            self.ditto,
            _("Some cells say “as above” (như trên, nt, a sign). Do they mean the row above?"),
            (above, Option(EMPTY, _("Nothing: take the cells as empty")), option_to_refuse()),
            ABOVE,
        )
        yield self._question(
            "blank_village",
            self.blank,
            _("The village is left blank below a village. Is it the same village?"),
            (above, option_to_refuse(), Option(COMMUNE, _("They are in the commune's own team"))),
            ABOVE,
        )
        yield self._question(
            "merged",
            self.merged,
            _("Merged cells reach over several rows. Do they hold for each of these rows?"),
            (Option(ABOVE, _("For each of the rows")), Option(FIRST, _("For the first row alone"))),
            ABOVE,
        )
        names = ", ".join("".join(each.all_cells).strip() for each in self.sections[:3])
        yield self._question(
            "sections",
            self.named_by_section,
            _("Rows of their own name areas: %(names)s. Are the rows below in them?", names=names),
            (
                Option(AREA, _("The rows below stand in that area")),
                Option(SKIP, _("They are headings alone, to be left out")),
            ),
            AREA,
        )

    def _question(
        self,
        key: str,
        rows: Sequence[Finding],
        text: str,
        options: tuple[Option, ...],
        likely: str,
    ) -> Question | None:
        """A question about rows; None where there are none."""
        if not rows:
            return None
        numbers = tuple(finding.number for finding in rows)
        peek = tuple(
            (each.number, " · ".join(filter(None, each.cells.values()))) for each in rows[:4]
        )
        return Question(key, text, options, numbers, likely, peek=peek)
