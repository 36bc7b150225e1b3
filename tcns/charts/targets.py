"""Progress towards the targets of a plan, and the list of what is to be done."""

from dataclasses import dataclass
from enum import StrEnum

from tcns.charts.changes import BULLET, bullet
from tcns.charts.columns import rows_sheet
from tcns.charts.drawing import Cell, Sheet, Table
from tcns.charts.marks import Mark, line, percent
from tcns.charts.scales import Axis
from tcns.i18n import LabelledEnum, format_number
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l

ROW = 44


class Progress(LabelledEnum):
    """Where a target stands, beside what a steady pace would have given by now."""

    LATE = "late", _l("Behind")
    ON_TRACK = "on_track", _l("On track")
    MET = "met", _l("Met")


@dataclass(frozen=True)
class Target:
    """A target: its measure, the figure so far, what is to be reached, and `pace`, what would have
    been reached by today at a steady pace; None where there is no such thing. With `is_most` the
    aim is the most there may be."""

    label: str
    value: int
    aim: int
    unit: str
    pace: float | None = None
    url: str | None = None
    is_most: bool = False

    @property
    def progress(self) -> Progress:
        """Met, behind the pace, or on track."""
        if self.missing <= 0:
            return Progress.MET
        is_late = self.pace is not None and self._by(self.pace) > 0
        return Progress.LATE if is_late else Progress.ON_TRACK

    def _by(self, wanted: float) -> float:
        """By how much the figure is worse than one that is wanted."""
        return self.value - wanted if self.is_most else wanted - self.value

    @property
    def missing(self) -> int:
        """How many are missing, or too many; below zero how many more there are, or fewer."""
        return int(self._by(self.aim))

    @property
    def sign(self) -> str:
        """The sign before the word, so that no colour is needed."""
        return {Progress.LATE: "!", Progress.ON_TRACK: "→", Progress.MET: "✓"}[self.progress]

    @property
    def gap(self) -> str:
        """What is missing or too many, or how much better than asked for it is, as an absolute
        number."""
        words = f"{format_number(abs(self.missing))} {self.unit}".strip()
        if self.missing > 0 and self.is_most:
            return _("%(more)s too many", more=words)
        if self.missing > 0:
            return _("%(missing)s short", missing=words)
        is_beyond = self.missing < 0 and not self.is_most
        return _("%(more)s beyond", more=words) if is_beyond else _("target met")

    def bullet(self) -> Mark:
        """The figure as a bar up to the target, with the pace as a dashed line."""
        drawn = bullet(self.value, self.aim, self.aim, is_low=self.progress is Progress.LATE)
        if self.pace is None or self.progress is Progress.MET:
            return drawn
        at = percent(Axis(max(self.value, self.aim, 1), 1).share(self.pace))
        pace = line(at, 1, at, BULLET - 1, "chart-pace")
        return Mark(drawn.name, drawn.attributes, (*drawn.content, pace))


@dataclass(frozen=True)
class TargetList:
    """The targets of a plan."""

    key: str
    title: str
    targets: tuple[Target, ...]

    def table(self) -> Table:
        """Each target with its figures."""
        return Table(
            (_("Target"), _("So far"), _("To be reached"), _("State")),
            tuple(
                (
                    Cell(each.label, is_number=False),
                    Cell(format_number(each.value), each.url, value=each.value),
                    Cell(format_number(each.aim), value=each.aim),
                    Cell(str(each.progress.label), is_number=False),
                )
                for each in self.targets
            ),
        )

    def sheet(self, width: float, height: float) -> Sheet:
        """The targets with their bars, drawn."""
        rows = [(each.label, each.bullet(), each.gap) for each in self.targets]
        return rows_sheet(width, height, ROW, rows)


class Urgency(StrEnum):
    """How soon something is to be done."""

    NOW = "now"
    SOON = "soon"
    SOME_DAY = "some_day"


@dataclass(frozen=True)
class Task:
    """A line of the list of what is to be done: how many, of what, and the worst of them."""

    count: int
    label: str
    url: str
    note: str = ""
    urgency: Urgency = Urgency.SOME_DAY
