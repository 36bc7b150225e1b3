"""Which sheets and columns of a file are taken, and what is asked where that is in doubt.

Nothing of a file goes unmentioned: sheets that look alike are offered together, a column that
looks like something the system keeps and is left out is a question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tcns.i18n import gettext as _
from tcns.imports.checking import Contents, FileToCheck
from tcns.imports.headings import (
    IGNORED,
    NEVER_KEPT,
    Layout,
    find_layout,
    layout_of,
    layouts_of,
    with_full_names,
)
from tcns.imports.kinds.catalogue import KINDS
from tcns.imports.rows.fields import FileKind, ImportField, folded_heading
from tcns.imports.rows.questions import FIELD, Answers, Option, Question
from tcns.imports.vocabulary import ImportKind
from tcns.spreadsheets.reading import ReadSheet

ALL_SHEETS, NO_FIELD, FILL = "all", "none", "fill:"
# Words of headings that tell what a column holds; folded, the more telling first.
SIGNS = {
    "phone": r"sdt|dien thoai|dthoai|zalo|di dong|lien he|phone",
    "birth_year": r"nam sinh|n sinh|ngay sinh|sinh nam|birth",
    "role": r"chuc danh|chuc vu|c vu|vai tro|nhiem vu|role",
    "village": r"thon|ban|xom|tdp|to dan pho|khu pho|khu dan cu|village",
    "commune": r"xa|phuong|thi tran|commune",
    "body": r"thanh phan|co quan|don vi cong tac|dai dien|body",
    "since": r"ngay vao|ngay tham gia|tu ngay|bat dau|since",
    "name": r"ho ten|ho va ten|ho dem|ten thanh vien|full name",
    "count": r"so ho|tong ho",
}
PHONE = re.compile(r"\+?[\d .\-()]{9,15}")
DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


def file_to_check(
    kind: FileKind,
    sheets: Sequence[ReadSheet],
    chosen: Mapping[str, str],
    answers: Answers,
    first: Layout | None = None,
) -> FileToCheck:
    """The sheets and columns of a file that are taken, as far as it is known and was answered.

    `chosen` are fields somebody meant by headings before; `first` is the list whose columns they
    matched, else the one that names most fields.
    """
    first = first or find_layout(kind, sheets, chosen)
    asked_fields, first = ask_fields(kind, first, answers)
    asked_columns, first = ask_columns(kind, first, answers)
    alike = sheets_like(kind, first, sheets, chosen)
    asked_sheets, taken = ask_sheets(first, alike, answers)
    contents = Contents(sheets_in_words(kind, sheets, alike, taken), columns_left_out(kind, first))
    questions = [*asked_sheets, *asked_fields, *asked_columns]
    return FileToCheck(kind, taken, answers, questions=questions, contents=contents)


def sheets_in_words(
    kind: FileKind,
    sheets: Sequence[ReadSheet],
    alike: Sequence[Layout],
    taken: Sequence[Layout],
) -> list[dict[str, Any]]:
    """Every sheet of a file: how many rows it has, of a list below its headings, whether it is
    taken, and what else it holds."""
    rows_alike = {layout.sheet: len(layout.rows) for layout in alike}
    names_taken = {layout.sheet for layout in taken}
    return [
        {
            "name": sheet.name,
            "rows": rows_alike.get(sheet.name, len(sheet.rows)),
            "is_hidden": sheet.is_hidden,
            "is_alike": sheet.name in rows_alike,
            "is_taken": sheet.name in names_taken,
            "kind": None if sheet.name in rows_alike else other_kind(kind, sheet),
        }
        for sheet in sheets
    ]


def other_kind(kind: FileKind, sheet: ReadSheet) -> str | None:
    """What a sheet holds that is no list of a kind: the kind whose fields it names best."""
    if not sheet.rows:
        return None
    found = {
        other.kind.value: layout_of(other, sheet, {}).matching
        for other in KINDS.values()
        if other.kind is not kind.kind
    }
    whole = {
        word: len(matching)
        for word, matching in found.items()
        if len(matching) > 1
        and all(
            field.name in matching for field in KINDS[ImportKind(word)].fields if field.required
        )
    }
    return max(whole, key=lambda word: whole[word], default=None)


def columns_left_out(kind: FileKind, layout: Layout) -> list[dict[str, Any]]:
    """The columns no field is taken from: of their cells only how many are filled."""
    joined = {place for places in layout.joins.values() for place in places}
    used = {*layout.matching.values(), *layout.fills.values(), *joined}
    left = [place for place in range(len(layout.headings)) if place not in used]
    columns = []
    for place in left:
        heading, folded = layout.headings[place].strip(), folded_heading(layout.headings[place])
        never, count = bool(NEVER_KEPT.search(folded)), len(filled_cells(layout, place))
        if folded in IGNORED or not (heading or count):
            continue
        column = {"letter": column_letter(place), "heading": heading, "filled": count}
        columns.append({**column, "is_never_kept": never})
    return columns


def sheets_like(
    kind: FileKind, first: Layout, sheets: Sequence[ReadSheet], chosen: Mapping[str, str]
) -> list[Layout]:
    """The sheets that hold a list of the same fields, in their order, the first one among them."""
    by_heading = {folded_heading(first.headings[at]): n for n, at in first.matching.items()}
    known = dict(chosen) | {heading: name for heading, name in by_heading.items() if heading}
    return [
        first if layout.sheet == first.sheet else layout
        for layout in layouts_of(kind, sheets, known)
        if layout.sheet == first.sheet
        or (len(first.matching) > 1 and set(layout.matching) == set(first.matching))
    ]


def ask_sheets(
    first: Layout, alike: Sequence[Layout], answers: Answers
) -> tuple[list[Question], list[Layout]]:
    """Which of the sheets that look alike are taken; the first alone until that was answered."""
    if len(alike) < 2:
        return [], [first]
    names = [layout.sheet for layout in alike]
    options = [Option(ALL_SHEETS, _("All of them: %(names)s", names=", ".join(names)))]
    options += [Option(name, name) for name in names]
    text = _("The file has %(count)s sheets that look alike. Which are taken?", count=len(alike))
    question = Question("sheets", text, tuple(options), likely=ALL_SHEETS, takes_several=True)
    if not question.is_answered_by(answers):
        return [question], [first]
    wanted = question.chosen_of(answers)
    taken = [each for each in alike if ALL_SHEETS in wanted or each.sheet in wanted]
    return [question], taken


def ask_fields(kind: FileKind, layout: Layout, answers: Answers) -> tuple[list[Question], Layout]:
    """Which column holds a field that every row must have, where no heading tells."""
    questions = []
    for field in kind.fields:
        if not field.required or field.name in layout.matching:
            continue
        question = field_question(layout, field)
        questions.append(question)
        answer = answers.get(question.key)
        places = {column_letter(place): place for place in range(widest(layout))}
        if question.is_answered_by(answers) and answer in places:
            matching = {**layout.matching, field.name: places[answer]}
            layout = with_full_names(layout._replace(matching=matching), kind)
    return questions, layout


def field_question(layout: Layout, field: ImportField) -> Question:
    """Which of the columns that nothing is taken from holds a field; NO_FIELD where none does."""
    taken = set(layout.matching.values())
    options = []
    for place in range(widest(layout)):
        heading = layout.headings[place].strip() if place < len(layout.headings) else ""
        is_kept = not NEVER_KEPT.search(folded_heading(heading))
        if place not in taken and is_kept and filled_cells(layout, place):
            letter = column_letter(place)
            label = _("Column %(letter)s: %(heading)s", letter=letter, heading=heading)
            options.append(
                Option(letter, label if heading else _("Column %(letter)s", letter=letter))
            )
    options.append(Option(NO_FIELD, _("None of them")))
    text = _("Which column holds: %(field)s?", field=field.label)
    return Question(f"{FIELD}{field.name}", text, tuple(options))


def widest(layout: Layout) -> int:
    """How many columns a list has."""
    return max(len(layout.headings), *(len(row.cells) for row in layout.rows), 0)


def ask_columns(kind: FileKind, layout: Layout, answers: Answers) -> tuple[list[Question], Layout]:
    """What columns that no field is taken from hold, where they look like something kept."""
    questions = []
    for place, heading in enumerate(layout.headings):
        is_joined = any(place in places for places in layout.joins.values())
        if place in layout.matching.values() or is_joined or not filled_cells(layout, place):
            continue
        field = likely_field(kind, layout, place)
        if NEVER_KEPT.search(folded_heading(heading)):
            continue
        if field:
            questions.append(column_question(kind, layout, place, field))
        key = key_of_column(column_letter(place))
        layout = with_column(kind, layout, place, answers.get(key, NO_FIELD))
    return questions, layout


def column_question(kind: FileKind, layout: Layout, place: int, field: ImportField) -> Question:
    """What a column holds: the likely field, where it is taken already only where that is blank,
    any field of the kind that has no column, or nothing."""
    letter = column_letter(place)
    likely = f"{FILL}{field.name}" if field.name in layout.matching else field.name
    free = [each for each in kind.fields if each.name not in layout.matching]
    options = [Option(each.name, str(each.label)) for each in free]
    if likely.startswith(FILL):
        filling = _("%(field)s, only where its own column is blank", field=field.label)
        options.insert(0, Option(likely, filling))
    options.append(Option(NO_FIELD, _("Leave the column out")))
    heading = layout.headings[place].strip() or _("without a heading")
    text = _(
        "Column %(letter)s “%(heading)s” (%(count)s cells filled) looks like: %(field)s. "
        "What does it hold?",
        letter=letter,
        heading=heading,
        count=len(filled_cells(layout, place)),
        field=field.label,
    )
    return Question(key_of_column(letter), text, tuple(options), likely=likely)


def filled_cells(layout: Layout, place: int) -> list[str]:
    """What stands in a column; for the eyes of the check alone, until somebody takes it."""
    cells = [row.cells[place].strip() for row in layout.rows if place < len(row.cells)]
    return [cell for cell in cells if cell]


def key_of_column(letter: str) -> str:
    """The key of the question what a column holds."""
    return f"column.{letter}"


def with_column(kind: FileKind, layout: Layout, place: int, answer: str) -> Layout:
    """The layout with a column that was answered to hold a field."""
    if answer.removeprefix(FILL) not in [field.name for field in kind.fields]:
        return layout
    if answer.startswith(FILL):
        name = answer.removeprefix(FILL)
        return layout._replace(fills={**layout.fills, name: place})
    if answer in layout.matching:
        return layout
    return layout._replace(matching={**layout.matching, answer: place})


def likely_field(kind: FileKind, layout: Layout, place: int) -> ImportField | None:
    """What a column probably holds, by the words of its heading, else by its cells."""
    heading = folded_heading(layout.headings[place])
    if heading in IGNORED:
        return None
    fields = {field.name: field for field in kind.fields}
    for name, signs in SIGNS.items():
        if name in fields and re.search(rf"\b({signs})\b", heading):
            return fields[name]
    filled = filled_cells(layout, place)
    for name, form in (("phone", PHONE), ("since", DAY)):
        if (
            name in fields
            and filled
            and sum(map(bool, map(form.fullmatch, filled))) * 2 > len(filled)
        ):
            return fields[name]
    return None


def column_letter(place: int) -> str:
    """The letter above a column, as a spreadsheet shows it: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def with_corrections(file: FileToCheck, corrected: Mapping[int, Mapping[str, str]]) -> FileToCheck:
    """The file with cells typed over."""
    return replace(file, corrected=corrected)
