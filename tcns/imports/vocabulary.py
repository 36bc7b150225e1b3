"""What can be imported, how far a file is on its way, and what becomes of a row."""

from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l


class ImportKind(LabelledEnum):
    """What the rows of a file are."""

    TEAMS = "teams", _l("Teams")
    MEMBERS = "members", _l("Members")
    VILLAGES = "villages", _l("Villages")
    HOUSEHOLDS = "households", _l("Households per village")
    STATISTICS = "statistics", _l("Statistics of villages")
    SESSIONS = "sessions", _l("Sessions")
    PARTICIPANTS = "participants", _l("Participants of a course")


class ImportStatus(LabelledEnum):
    """How far a file is on its way in."""

    UPLOADED = "uploaded", _l("Columns to be matched")
    MATCHED = "matched", _l("Being checked")
    CHECKED = "checked", _l("Checked, nothing written yet")
    APPLYING = "applying", _l("Being imported")
    APPLIED = "applied", _l("Imported")
    UNDONE = "undone", _l("Undone")


class Outcome(LabelledEnum):
    """What checking found of a row: what taking it in would do."""

    NEW = "new", _l("New")
    CHANGED = "changed", _l("Changed")
    SAME = "same", _l("Unchanged")
    ERROR = "error", _l("Error")
    QUESTION = "question", _l("Waits for an answer")
    DUPLICATE = "duplicate", _l("Possible duplicate")
    REFUSED = "refused", _l("Not a row of the list")


# What somebody must decide before a row can be imported.
TO_LOOK_AT = (Outcome.ERROR, Outcome.QUESTION, Outcome.DUPLICATE)


class ProblemKind(LabelledEnum):
    """What is wrong with a row, or worth a second look."""

    MISSING = "missing", _l("Not filled in")
    FORMAT = "format", _l("Written wrongly")
    UNKNOWN = "unknown", _l("Not found where you may write")
    DAY = "day", _l("The days do not fit")
    CONFLICT = "conflict", _l("Contradicts what is on file")
    REPEATED = "repeated", _l("Twice in the file")
    LEADERS = "leaders", _l("Two leaders")
    LIKENESS = "likeness", _l("Like something on file")
    DOUBT = "doubt", _l("Figures that may be mistaken")
    NO_ROW = "no-row", _l("Not a row of the list")

    @property
    def is_error(self) -> bool:
        """Whether a row with it cannot be imported."""
        return self not in (ProblemKind.LIKENESS, ProblemKind.DOUBT, ProblemKind.NO_ROW)


class Mark(LabelledEnum):
    """In which way what will be stored is not literally what the cell says."""

    REWRITTEN = "rewritten", _l("rewritten")
    GUESSED = "guessed", _l("guessed")
    SHORTENED = "shortened", _l("shortened")
    ANSWERED = "answered", _l("by your answer")


class RowAnswer(LabelledEnum):
    """What somebody decided of a single row."""

    SAME = "same", _l("The same as on file")
    OTHER = "other", _l("Another one: add it")
    TAKE = "take", _l("This is a row of the list")
    LEAVE_OUT = "leave", _l("Leave this row out")


class RowsShown(LabelledEnum):
    """Which rows of a file are to be looked at."""

    LOOK = "look", _l("To look at first")
    DOUBTS = "doubts", _l("Guessed or shortened")


class Likeness(LabelledEnum):
    """What to do with rows about somebody, or something, that may be on file already."""

    LEAVE_OUT = "leave_out", _l("Leave them out")
    SAME = "same", _l("They are the same as on file")
    OTHER = "other", _l("They are others: add them")
