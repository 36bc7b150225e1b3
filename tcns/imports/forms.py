"""What may be typed on the way of a file: which file, which columns, which rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    Field,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice

from tcns.i18n import LabelledEnum
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.headings import Matching
from tcns.imports.models import ImportRow
from tcns.imports.rows.fields import FileKind
from tcns.imports.rows.questions import key_of_row
from tcns.imports.sheets import column_letter
from tcns.imports.vocabulary import (
    ImportKind,
    Likeness,
    Outcome,
    ProblemKind,
    RowAnswer,
    RowsShown,
)
from tcns.spreadsheets.reading import ENDINGS, Fault
from tcns.vietnamese import normalise
from tcns.web.filters import NOT_OFFERED, ListForm, choice_field, text_field
from tcns.web.forms import FileForm, WritingForm

NO_COLUMN = ""
REOPEN = "open"
MOST_MENDED = 100
CELL_NAME = re.compile(r"cell_(\d{1,8})_[\w-]+")


class Cell(NamedTuple):
    """A cell to be typed over: its row, its field, what stands in it."""

    number: int
    name: str
    before: str


class Which(LabelledEnum):
    """Which rows are taken in."""

    ALL = "all", _l("All rows: none is imported while one is wrong")
    GOOD = "good", _l("The good rows only")


def radio_field(label: Any, words: Sequence[Any], usual: Any = None) -> RadioField:
    """A choice of words of a vocabulary, all of them seen at once."""
    vocabulary = type(words[0])
    return RadioField(
        label,
        choices=[SelectChoice(value=word.value, label=word.label) for word in words],
        coerce=lambda text: vocabulary(text) if text else None,
        default=usual and usual.value,
        invalid_choice_message=NOT_OFFERED,
    )


class UploadForm(FileForm):
    """A file, and what its rows are."""

    kind = radio_field(_l("What is in the file?"), list(ImportKind), ImportKind.MEMBERS)
    file = FileField(
        _l("File"),
        [FileRequired(Fault.NONE.label)],
        render_kw={"accept": ",".join(f".{end}" for end in ENDINGS)},
    )


class FoundForm(ListForm):
    """The filters of what was found of the rows of a file."""

    unseen = ("outcome", "show")

    q = text_field(_l("Search in the file"))
    outcome = choice_field(_l("Outcome"), Outcome, blank=_l("All"))
    show = choice_field(_l("Show"), RowsShown, blank=_l("All"))
    problem = choice_field(_l("Kind of problem"), ProblemKind, blank=_l("All"))


class ApplyForm(WritingForm):
    """Which rows are taken in."""

    which = radio_field(_l("Which rows?"), list(Which), Which.ALL)
    likeness = radio_field(
        _l("Rows that may be on file already"), list(Likeness), Likeness.LEAVE_OUT
    )

    @classmethod
    def of(cls, counts: Mapping[str, int], kind: FileKind) -> "ApplyForm":
        """The form of a file of a kind: it asks only what there is to choose."""
        form = cls(data={"which": Which.GOOD} if counts.get(Outcome.ERROR) else None)
        if not counts.get(Outcome.ERROR):
            del form.which
        if not counts.get(Outcome.DUPLICATE):
            del form.likeness
        else:
            offered = form.likeness.choices or ()
            form.likeness.choices = [each for each in offered if each.value in kind.likeness]
        return form


class ColumnsForm(WritingForm):
    """Which column holds which field; `form_for_columns` adds a choice for each."""

    fields_of: Sequence[str] = ()

    def matching(self) -> Matching:
        """The column of each field that has one."""
        chosen = {name: self[f"column_{name}"].data for name in self.fields_of}
        return {name: int(place) for name, place in chosen.items() if place != NO_COLUMN}


def form_for_columns(kind: FileKind, headings: Sequence[str], matching: Matching) -> ColumnsForm:
    """The form with a choice of the file's columns for each field of its kind."""
    choices = [SelectChoice(value=NO_COLUMN, label=_("Not in the file"))]
    choices += [
        SelectChoice(value=str(place), label=f"{column_letter(place)}: {heading}")
        for place, heading in enumerate(headings)
        if heading.strip()
    ]
    fields: dict[str, Any] = {
        f"column_{field.name}": SelectField(
            field.label, [_once], choices=choices, invalid_choice_message=NOT_OFFERED
        )
        for field in kind.fields
    }
    filled = {f"column_{name}": str(place) for name, place in matching.items()}
    form: ColumnsForm = type("ColumnsFormOfKind", (ColumnsForm,), fields)(data=filled)
    form.fields_of = [field.name for field in kind.fields]
    return form


def _once(form: Any, field: Field) -> None:
    """Refuse a column that another field has already."""
    others = (form[f"column_{name}"] for name in form.fields_of)
    before = [other for other in others if other.name != field.name and other.data == field.data]
    if field.data != NO_COLUMN and before:
        raise ValidationError(_("This column is chosen for %(field)s.", field=before[0].label.text))


class MendForm(WritingForm):
    """The cells of some rows, to be typed over, and what is decided of one of them;
    `form_for_cells` adds a field for each cell."""

    places: Sequence[Cell] = ()
    row = StringField("row")

    def typed(self) -> dict[int, dict[str, str]]:
        """What stands in the cells that were typed over, by row and field."""
        rows: dict[int, dict[str, str]] = {}
        for number, name, before in self.places:
            text = self[f"cell_{number}_{name}"].data or ""
            if text != before:
                rows.setdefault(number, {})[name] = text
        return rows

    def decided(self) -> dict[str, str]:
        """What was decided of the row whose button was pressed, by its key; an empty decision
        takes the one before back."""
        number, _dot, answer = (self.row.data or "").partition(".")
        is_decision = answer == REOPEN or answer in list(RowAnswer)
        if not number.isdigit() or not is_decision:
            return {}
        return {key_of_row(int(number)): "" if answer == REOPEN else answer}


def form_for_cells(rows: Iterable[ImportRow], names: Sequence[str]) -> MendForm:
    """The form with a field for each cell of some rows, whether or not the file has its column."""
    places = [Cell(row.number, name, row.cells.get(name, "")) for row in rows for name in names]
    fields: dict[str, Any] = {
        f"cell_{cell.number}_{cell.name}": StringField(cell.name, filters=[normalise])
        for cell in places
    }
    filled = {f"cell_{cell.number}_{cell.name}": cell.before for cell in places}
    form: MendForm = type("MendFormOfRows", (MendForm,), fields)(data=filled)
    form.places = places
    return form


def rows_typed_over(sent: Iterable[str]) -> list[int]:
    """The numbers of the rows of which cells were sent."""
    found = (CELL_NAME.fullmatch(name) for name in sent)
    return sorted({int(match[1]) for match in found if match})[:MOST_MENDED]
