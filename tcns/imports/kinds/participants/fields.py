"""The file of those who took part in a course: who they are, and whether they completed it."""

from collections.abc import Sequence
from datetime import date

from tcns.errors import RuleViolation
from tcns.i18n import format_phone
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.kinds.members.fields import MEMBERS
from tcns.imports.kinds.participants.courses_on_file import CoursesOnFile
from tcns.imports.kinds.participants.matching import ParticipantRegister
from tcns.imports.rows.area_fields import PLACE_FIELDS
from tcns.imports.rows.cells import MarkCell, WordReader, read_line
from tcns.imports.rows.day_cells import day_in, read_day
from tcns.imports.rows.fields import (
    FileKind,
    ImportField,
    ShownColumn,
    day_in_words,
    labels_of,
    text_of,
    word_of,
    words_by_spelling,
)
from tcns.imports.rows.questions import Answers, Default, Option, option_to_refuse
from tcns.imports.vocabulary import ImportKind, Likeness
from tcns.permissions.scope import Scope
from tcns.permissions.vocabulary import Permission
from tcns.teams.vocabulary import Participation
from tcns.web.days import NOT_A_DAY, YEARS

FURTHER_WORDS = {
    Participation.COMPLETED: (
        *("hoan thanh", "da hoan thanh", "hoan thanh khoa hoc", "dat", "dat yeu cau", "x", "co"),
        *("da cap chung nhan", "da cap giay chung nhan", "passed", "done", "yes", "v"),
    ),
    Participation.ENROLLED: (
        *("ghi danh", "da ghi danh", "dang ky", "da dang ky", "dang hoc", "tham gia", "khong"),
        *("chua hoan thanh", "chua", "khong dat", "no"),
    ),
}


def read_any_day(text: str, mark: MarkCell) -> date:
    """A day, also one to come."""
    day = day_in(text, mark)
    if day is None or day.year not in YEARS:
        raise RuleViolation(NOT_A_DAY)
    return day


FIELDS = (
    *(MEMBERS.field(name) for name in ("name", "phone", "birth_year", "team")),
    *PLACE_FIELDS,
    ImportField(
        "participation",
        _l("Participation"),
        WordReader(lambda: words_by_spelling(Participation, FURTHER_WORDS)),
        _l("Enrolled, or completed. Empty: completed where a day is given, else enrolled."),
        headings=(
            *("ket qua", "tinh trang", "trang thai", "hoan thanh", "ket qua hoc tap", "status"),
            *("tinh trang hoan thanh", "ket qua dao tao", "danh gia"),
        ),
        words=lambda: labels_of(Participation),
        width=16,
    ),
    ImportField(
        "finished_on",
        _l("Completed on"),
        read_day,
        _l("Empty for those who completed it: the last day of the course."),
        headings=("ngay hoan thanh", "ngay ket thuc", "hoan thanh ngay", "ngay cap chung nhan"),
        width=14,
    ),
    ImportField(
        "certificate_number",
        _l("Certificate number"),
        read_line,
        _l("Only of those who completed it."),
        headings=(
            *("so chung nhan", "so chung chi", "so giay chung nhan", "chung nhan", "chung chi"),
            *("ma chung nhan", "so hieu chung chi", "so gcn"),
        ),
        width=18,
    ),
    ImportField(
        "course",
        _l("Course"),
        read_line,
        _l("As it is called on file. Without this column the course is asked once for the file."),
        headings=("khoa hoc", "ten khoa hoc", "lop", "ten lop", "lop hoc", "khoa dao tao"),
        width=40,
        may_say_nothing=False,
    ),
    ImportField(
        "course_started_on",
        _l("First day of the course"),
        read_any_day,
        _l("Needed only where several courses have the same name."),
        headings=("ngay khai giang", "khai giang", "ngay bat dau khoa hoc"),
        width=14,
    ),
)


def asked_of(scope: Scope, answers: Answers) -> Sequence[Default]:
    """Which course a file is about, and who completed it, where it has no columns of them."""
    return (
        CoursesOnFile(scope).question(answers),
        Default(
            "participation",
            "no_participation",
            lambda: _("The file does not say who completed the course. What did these people do?"),
            lambda: (
                Option(Participation.ENROLLED, _("They enrolled")),
                Option(Participation.COMPLETED, _("They completed it")),
                option_to_refuse(),
            ),
            values={each.value: each for each in Participation},
        ),
    )


SHOWN = (
    ShownColumn(_l("Full name"), ("name",), lambda said: text_of(said, "full_name")),
    ShownColumn(_l("Phone"), ("phone",), lambda said: format_phone(said.get("phone")) or ""),
    ShownColumn(
        _l("Team, area"),
        ("team", "code", "village", "commune", "district"),
        lambda said: text_of(said, "area"),
    ),
    ShownColumn(
        _l("Course"), ("course", "course_started_on"), lambda said: text_of(said, "course")
    ),
    ShownColumn(_l("Participation"), ("participation",), word_of(Participation, "participation")),
    ShownColumn(
        _l("Completed on"), ("finished_on",), lambda said: day_in_words(said, "finished_on")
    ),
    ShownColumn(
        _l("Certificate number"),
        ("certificate_number",),
        lambda said: text_of(said, "certificate_number"),
    ),
)

PARTICIPANTS = FileKind(
    ImportKind.PARTICIPANTS,
    Permission.PERSON_WRITE,
    FIELDS,
    ParticipantRegister,
    asked=asked_of,
    shown=SHOWN,
    likeness=(Likeness.LEAVE_OUT, Likeness.SAME),
)
