"""The silence grid: areas by months, in which nothing but silence is loud."""

from dataclasses import dataclass
from functools import cached_property

from tcns.charts.drawing import Cell, Drawing, Sheet, Table, rows_shown, with_rest
from tcns.charts.labels import NARROW, cut, labels_kept
from tcns.charts.marks import TAB_STOPS, Mark, exact, link, percent, text
from tcns.i18n import format_number, ngettext
from tcns.i18n import gettext as _

NAMES = 36.0  # how much of the width the names take, in per cent
HEAD, ROW, SIDE = 35, 16, 14
FILL = 0.88
# Sessions per team and month below which a cell is pale, and below which it is of middle tone.
FEW, SOME = 0.75, 1.5


@dataclass(frozen=True)
class GridRow:
    """An area: how many sessions it had in each month, None where it did not exist or had no team;
    `team_count` tells what is many. `urls` lead to the sessions of each month."""

    label: str
    team_count: int
    session_counts: tuple[int | None, ...]
    url: str | None = None
    urls: tuple[str | None, ...] = ()
    is_silent: bool = False

    def tone(self, place: int) -> str:
        """How a cell is drawn: silent, or by sessions per team; empty where there is no cell."""
        count = self.session_counts[place]
        if count is None:
            return ""
        if count == 0:
            return "silent"
        per_team = count / max(self.team_count, 1)
        return "few" if per_team < FEW else "some" if per_team < SOME else "many"


@dataclass(frozen=True)
class SilenceGrid:
    """Areas by months; the last month still runs where `is_running` says so, and is hollow."""

    key: str
    title: str
    months: tuple[str, ...]
    rows: tuple[GridRow, ...]
    is_running: bool = False

    @cached_property
    def silent_counts(self) -> tuple[int, ...]:
        """How many areas were silent in each month."""
        return tuple(
            sum(row.session_counts[place] == 0 for row in self.rows)
            for place in range(len(self.months))
        )

    @property
    def silent_cells(self) -> int:
        """How many cells of months that have ended are silent."""
        ended = self.silent_counts[:-1] if self.is_running else self.silent_counts
        return sum(ended)

    @property
    def height(self) -> float:
        """The height of the drawing in pixels."""
        return HEAD + ROW * len(self.rows)

    def drawing(self) -> Drawing:
        """The grid on a page."""
        marks = self._marks(self.rows, NARROW)
        return Drawing(
            self.key, self.title, self.description(), self.height, marks, css="chart-cells"
        )

    def sheet(self, width: float, height: float) -> Sheet:
        """The grid for a slide, with as many rows as can be read there."""
        shown = rows_shown(len(self.rows), ROW, height, HEAD)
        marks = self._marks(self.rows[:shown], width)
        drawn = Drawing(self.key, self.title, "", HEAD + ROW * shown, marks).sheet(width)
        return with_rest(drawn, len(self.rows) - shown)

    def description(self) -> str:
        """What rows, columns and the loud cells are, in words."""
        silent = ngettext("%(num)s silent month.", "%(num)s silent months.", self.silent_cells)
        return _("A row for each area, a column for each month.") + " " + silent

    def table(self) -> Table:
        """Each area with its sessions by month."""
        return Table(
            (_("Area"), *self.months),
            tuple(
                (
                    Cell(row.label, row.url, is_number=False),
                    *(
                        Cell(
                            "" if count is None else format_number(count),
                            self._url(row, place),
                            value=count,
                        )
                        for place, count in enumerate(row.session_counts)
                    ),
                )
                for row in self.rows
            ),
        )

    @staticmethod
    def _url(row: GridRow, place: int) -> str | None:
        return row.urls[place] if row.urls and row.session_counts[place] is not None else None

    @property
    def _wide(self) -> float:
        return (100 - NAMES) / max(len(self.months), 1)

    def _middle(self, place: int) -> float:
        return NAMES + self._wide * (place + 0.5)

    @cached_property
    def _sessions(self) -> dict[int, str]:
        """The words for each number of sessions, made once: the same ones fill most cells."""
        counts = {count or 0 for row in self.rows for count in row.session_counts}
        return {n: ngettext("%(num)s session", "%(num)s sessions", n) for n in counts}

    def _marks(self, rows: tuple[GridRow, ...], width: float) -> tuple[Mark, ...]:
        """The months, how many of all areas were silent in each, and some of the rows; the words
        of which fit into that width."""
        is_stop = len(rows) * (len(self.months) + 1) <= TAB_STOPS
        marks = [*self._head(width), text(_("Silent areas"), "0", 27, "chart-note")]
        for place, row in enumerate(rows):
            name = cut(row.label, width * NAMES / 100 - 6)
            marks += self._row(row, name, HEAD + ROW * place, is_stop)
        return tuple(marks)

    def _head(self, width: float) -> list[Mark]:
        """The months there is room for, and how many areas were silent in each."""
        middles = [self._middle(place) for place in range(len(self.months))]
        kept = labels_kept(self.months, middles, width)
        marks = [
            text(
                self.months[place],
                percent(middles[place]),
                11,
                "chart-tick chart-small chart-middle",
            )
            for place in sorted(kept)
        ]
        for place, count in enumerate(self.silent_counts):
            css = "chart-count" if count else "chart-tick"
            words = format_number(count) if count else "·"
            marks.append(text(words, percent(middles[place]), 27, f"{css} chart-middle"))
        return marks

    def _row(self, row: GridRow, name: str, y: float, is_stop: bool) -> list[Mark]:
        css = "chart-label chart-loud" if row.is_silent else "chart-label"
        marks = [link(row.url, row.label, text(name, "0", y + 11, css), is_stop=is_stop)]
        for place, count in enumerate(row.session_counts):
            if count is not None:
                marks.append(self._cell(row, place, y, is_stop))
        return marks

    def _cell(self, row: GridRow, place: int, y: float, is_stop: bool) -> Mark:
        count = row.session_counts[place] or 0
        is_hollow = self.is_running and place == len(self.months) - 1 and not count
        x, width = self._hollow if is_hollow else self._columns[place]
        drawn = Mark(
            "rect",
            {
                "class": f"chart-{row.tone(place)}" + (" chart-hollow-bar" if is_hollow else ""),
                "x": x,
                "y": y,
                "width": width,
                "height": SIDE,
                "data-value": exact(count),
            },
        )
        said = f"{row.label}, {self.months[place]}: {self._sessions[count]}"
        return link(self._url(row, place), said, drawn, is_stop=is_stop)

    @cached_property
    def _columns(self) -> tuple[tuple[str, str], ...]:
        """Where the cells of each month begin, and how wide they are."""
        wide = self._wide
        return tuple(
            (percent(NAMES + wide * place), percent(wide * FILL))
            for place in range(len(self.months))
        )

    @cached_property
    def _hollow(self) -> tuple[str, str]:
        """The same of a cell of the month that still runs, which lies within its border."""
        first = NAMES + self._wide * (len(self.months) - 1)
        return percent(first + 0.3), percent(self._wide * FILL - 0.6)
