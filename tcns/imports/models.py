"""Tables of imports: the file, its rows as they were typed, and what was found of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column

from tcns.clock import now
from tcns.database import Model, Versioned
from tcns.database.id_lists import in_ids
from tcns.imports.vocabulary import ImportKind, ImportStatus, Outcome
from tcns.permissions.scope import Scope


class Import(Versioned, Model):
    """A spreadsheet somebody uploaded, on its way into the system.

    `file_key` is where the file itself is kept, until it was imported or left; `touched_at` is
    when somebody last went on with it. `sheets` are all sheets of the file: {name, rows}, once it
    was checked with {is_taken, is_alike, kinds}: what else they may hold; `headings` are those of
    the sheet the columns are matched on, below `heading_row` (numbered as in Excel); `matching`
    maps a field of the kind to the place of its column, from 0; `columns` are what no field is
    taken from: {letter, heading, filled, is_never_kept, field}, of their cells only how many are
    filled. `questions` are what the file was asked when it was checked, `answers` what was
    answered, by key, of single rows as well; `corrected` are cells typed over, by row number and
    field. `counts` has the number of rows for each outcome, `marks` that of cells for each mark.
    """

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(default=ImportStatus.UPLOADED)
    file_name: Mapped[str]
    file_key: Mapped[str | None]
    digest: Mapped[str]
    sheet: Mapped[str]
    heading_row: Mapped[int]
    headings: Mapped[list[str]] = mapped_column(JSON)
    sheets: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    matching: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    corrected: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    columns: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    marks: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
    touched_at: Mapped[datetime] = mapped_column(index=True, default=now)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    reversible_id: Mapped[int | None] = mapped_column(ForeignKey("reversible.id"))

    @property
    def what(self) -> ImportKind:
        """The kind as a word of the vocabulary."""
        return ImportKind(self.kind)

    @property
    def state(self) -> ImportStatus:
        """The status as a word of the vocabulary."""
        return ImportStatus(self.status)

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Imports made in the areas of the scope."""
        return true() if scope.everything else in_ids(cls.area_id, scope.areas)

    def lies_in(self, scope: Scope) -> bool:
        """Whether the import was made in an area of the scope."""
        return scope.everything or self.area_id in scope.areas


class ImportRow(Model):
    """One row of a file, numbered as Excel shows it, and what was found.

    `cells` are those of the matched fields alone, as text: no other column of a file is kept.
    `notes` is a list of `{column, mark, message}`; `understood` is what will be stored, by the
    words of the kind; `waits` are the keys of questions. `problems` is a list of
    `{column, kind, message}`; `changes` maps a field to [old, new]; `record_id` is what the row is
    about, where that is on file. `doubts` counts the cells that were guessed or shortened;
    `search_key` is what the cells say, folded.
    """

    __tablename__ = "import_row"
    __table_args__ = (Index(None, "import_id", "outcome"),)

    import_id: Mapped[int] = mapped_column(
        ForeignKey("import.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    outcome: Mapped[str | None]
    notes: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    understood: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    waits: Mapped[list[str]] = mapped_column(JSON, default=list)
    problems: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    changes: Mapped[dict[str, list[str | None]]] = mapped_column(JSON, default=dict)
    record_id: Mapped[int | None]
    doubts: Mapped[int] = mapped_column(default=0)
    search_key: Mapped[str] = mapped_column(default="")

    @property
    def found(self) -> Outcome | None:
        """The outcome as a word of the vocabulary; None before it was checked."""
        return Outcome(self.outcome) if self.outcome else None


class ColumnChoice(Model):
    """Which field somebody meant by a heading, remembered for their next file of the kind."""

    __tablename__ = "column_choice"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    heading: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str]
