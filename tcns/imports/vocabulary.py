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
