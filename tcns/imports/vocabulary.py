"""What can be taken in, how far a file is on its way, and what becomes of a row."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from tcns.i18n import lazy_gettext as _l


class ImportKind(StrEnum):
    """What the rows of a file are."""

    TEAMS = "teams"
    MEMBERS = "members"
    VILLAGES = "villages"
    HOUSEHOLDS = "households"

    @property
    def label(self) -> LazyString:
        """The kind in words."""
        return IMPORT_KIND_LABELS[self]


IMPORT_KIND_LABELS = {
    ImportKind.TEAMS: _l("Teams"),
    ImportKind.MEMBERS: _l("Members"),
    ImportKind.VILLAGES: _l("Villages"),
    ImportKind.HOUSEHOLDS: _l("Households per village"),
}


class ImportStatus(StrEnum):
    """How far a file is on its way in."""

    UPLOADED = "uploaded"
    MATCHED = "matched"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDONE = "undone"

    @property
    def label(self) -> LazyString:
        """The status in words."""
        return IMPORT_STATUS_LABELS[self]


IMPORT_STATUS_LABELS = {
    ImportStatus.UPLOADED: _l("Columns to be matched"),
    ImportStatus.MATCHED: _l("Being checked"),
    ImportStatus.CHECKED: _l("Checked, nothing written yet"),
    ImportStatus.APPLYING: _l("Being taken in"),
    ImportStatus.APPLIED: _l("Taken in"),
    ImportStatus.UNDONE: _l("Undone"),
}


class Outcome(StrEnum):
    """What checking found of a row: what taking it in would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"
    DUPLICATE = "duplicate"
    REFUSED = "refused"

    @property
    def label(self) -> LazyString:
        """The outcome in words."""
        return OUTCOME_LABELS[self]


OUTCOME_LABELS = {
    Outcome.NEW: _l("New"),
    Outcome.CHANGED: _l("Changed"),
    Outcome.SAME: _l("Unchanged"),
    Outcome.ERROR: _l("Error"),
    Outcome.DUPLICATE: _l("Possible duplicate"),
    Outcome.REFUSED: _l("Not a row of the list"),
}


class ProblemKind(StrEnum):
    """What is wrong with a row, or worth a second look."""

    MISSING = "missing"
    FORMAT = "format"
    UNKNOWN = "unknown"
    DAY = "day"
    CONFLICT = "conflict"
    REPEATED = "repeated"
    LEADERS = "leaders"
    LIKENESS = "likeness"
    NO_ROW = "no-row"
    MENDED = "mended"

    @property
    def label(self) -> LazyString:
        """The kind of problem in words."""
        return PROBLEM_KIND_LABELS[self]

    @property
    def is_error(self) -> bool:
        """Whether a row with it cannot be taken in."""
        return self not in (ProblemKind.LIKENESS, ProblemKind.NO_ROW, ProblemKind.MENDED)


PROBLEM_KIND_LABELS = {
    ProblemKind.MISSING: _l("Not filled in"),
    ProblemKind.FORMAT: _l("Written wrongly"),
    ProblemKind.UNKNOWN: _l("Not found where you may write"),
    ProblemKind.DAY: _l("The days do not fit"),
    ProblemKind.CONFLICT: _l("Contradicts what is on file"),
    ProblemKind.REPEATED: _l("Twice in the file"),
    ProblemKind.LEADERS: _l("Two leaders"),
    ProblemKind.LIKENESS: _l("Like somebody on file"),
    ProblemKind.NO_ROW: _l("Not a row of the list"),
    ProblemKind.MENDED: _l("Mended, please look"),
}


class Likeness(StrEnum):
    """What to do with rows about somebody who may be on file already."""

    LEAVE_OUT = "leave_out"
    SAME = "same"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """The choice in words."""
        return LIKENESS_LABELS[self]


LIKENESS_LABELS = {
    Likeness.LEAVE_OUT: _l("Leave them out"),
    Likeness.SAME: _l("They are the same persons"),
    Likeness.OTHER: _l("They are other persons: new ones"),
}
