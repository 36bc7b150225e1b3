"""What is said of a cell that names an area: how it was understood, or why it was not."""

from collections.abc import Sequence

from tcns.areas.known_names import Fit
from tcns.i18n import gettext as _
from tcns.i18n import join_words
from tcns.imports.rows.results import Finding
from tcns.imports.vocabulary import Mark, ProblemKind


def mark_fit(finding: Finding, column: str, text: str, full_name: str, fit: Fit) -> None:
    """Mark a cell that means an area and is not written as its name is."""
    if fit is Fit.SAME and not text.strip().isdecimal():
        return
    words = {
        Fit.SAME: _("The number of %(name)s.", name=full_name),
        Fit.OTHERWISE: _("%(name)s, written otherwise.", name=full_name),
        Fit.WITHOUT_MARKS: _("Marks are missing; only %(name)s fits.", name=full_name),
        Fit.OTHER_MARKS: _("The spelling differs; only %(name)s fits.", name=full_name),
        Fit.OTHER_KIND: _("The kind differs; only %(name)s fits.", name=full_name),
    }
    finding.mark(column, Mark.GUESSED if fit.is_guess else Mark.REWRITTEN, words[fit])


def mark_code(finding: Finding, column: str, full_name: str) -> None:
    """Mark a cell that gives a code, alone or before a name."""
    finding.mark(column, Mark.REWRITTEN, _("A code: %(name)s.", name=full_name))


def mark_left_aside(finding: Finding, column: str) -> None:
    """Mark a cell that names a district, on a map that has none."""
    finding.mark(column, Mark.SHORTENED, _("Left aside: there are no districts on this map."))


def note_several(finding: Finding, column: str, text: str, names: Sequence[str]) -> None:
    """Note a cell that may mean several areas, all of them named."""
    message = _(
        "%(text)s may mean %(names)s: write which, or give the code.",
        text=text,
        names=join_words(names),
    )
    finding.note(column, ProblemKind.UNKNOWN, message)


def note_unknown(finding: Finding, column: str, text: str, near: Sequence[str]) -> None:
    """Note a cell that names no area where one may write, with names that are near."""
    message = (
        _(
            "%(text)s is not on the map where you may write. Is it one of these: %(names)s?",
            text=text,
            names=join_words(near),
        )
        if near
        else _("%(name)s is not on the map where you may write.", name=text)
    )
    finding.note(column, ProblemKind.UNKNOWN, message)


def note_unknown_code(finding: Finding, column: str, code: str) -> None:
    """Note a code of no area where one may write."""
    message = _("There is no area %(code)s where you may write.", code=code)
    finding.note(column, ProblemKind.UNKNOWN, message)


def note_other_code(finding: Finding, column: str, full_name: str) -> None:
    """Note a name beside the code of another area."""
    message = _("The code is that of %(name)s: name and code contradict.", name=full_name)
    finding.note(column, ProblemKind.CONFLICT, message)


def note_other_district(finding: Finding, text: str, commune: str, district: str) -> None:
    """Note a district in which the commune does not lie."""
    message = _(
        "%(commune)s lies in %(district)s, not in %(text)s.",
        commune=commune,
        district=district,
        text=text,
    )
    finding.note("district", ProblemKind.CONFLICT, message)
