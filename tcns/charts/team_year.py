"""A team's year: its sessions in a strip of days, and in a calendar of weeks."""

from dataclasses import dataclass
from datetime import date, timedelta

from tcns.charts.drawing import Cell, Drawing, Sheet, Table
from tcns.charts.labels import NARROW, labels_kept
from tcns.charts.marks import TAB_STOPS, Mark, line, link, mark, percent, text
from tcns.i18n import LabelledEnum, format_day, ngettext
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l

STRIP, SIDE, STEP, HEAD = 28, 13, 16, 18
WEEKDAYS = 7
NAMES = 8.0
# From so many days without a session on, the strip shows the silence.
SILENT_DAYS = 30


class SessionState(LabelledEnum):
    """Where a session stands, as a chart draws it."""

    APPROVED = "approved", _l("approved")
    WAITING = "waiting", _l("waiting for approval")
    RETURNED = "returned", _l("returned")


@dataclass(frozen=True)
class Held:
    """A session: when it was held, where it stands, where it is shown."""

    held_on: date
    state: SessionState = SessionState.APPROVED
    url: str | None = None

    @property
    def words(self) -> str:
        """Day and state."""
        return f"{format_day(self.held_on)}: {self.state.label}"


@dataclass(frozen=True)
class TeamYear:
    """A team's sessions between two days, both included."""

    key: str
    title: str
    first: date
    last: date
    sessions: tuple[Held, ...] = ()

    @property
    def held(self) -> list[Held]:
        """The sessions within the days, earliest first."""
        inside = (each for each in self.sessions if self.first <= each.held_on <= self.last)
        return sorted(inside, key=lambda each: each.held_on)

    @property
    def day_count(self) -> int:
        """How many days are drawn."""
        return (self.last - self.first).days + 1

    @property
    def silent_days(self) -> int:
        """How many days ago the last session was that counts; all days if there was none."""
        counted = [each.held_on for each in self.held if each.state is not SessionState.RETURNED]
        return (self.last - counted[-1]).days if counted else self.day_count

    def strip(self) -> Drawing:
        """A line of days with a mark for each session, and the silence up to the last day."""
        marks = [line("0", 14, "100%", 14, "chart-grid-line"), *self._silence()]
        is_stop = len(self.held) <= TAB_STOPS
        marks += [link(s.url, s.words, self._tick(s), is_stop=is_stop) for s in self.held]
        return Drawing(f"{self.key}-strip", self.title, self.description(), STRIP, tuple(marks))

    def _silence(self) -> list[Mark]:
        if self.silent_days < SILENT_DAYS:
            return []
        begun = 100 * (1 - self.silent_days / self.day_count)
        return [
            mark(
                "rect",
                css="chart-attention",
                x=percent(begun),
                width=percent(100 - begun),
                y=11,
                height=6,
                data_value=self.silent_days,
            )
        ]

    def _at(self, day: date) -> float:
        return 100 * (day - self.first).days / self.day_count

    def _tick(self, session: Held) -> Mark:
        return mark(
            "rect",
            css=f"chart-{session.state}",
            x=percent(self._at(session.held_on)),
            y=4,
            width=4,
            height=20,
            data_value=session.held_on.isoformat(),
        )

    def calendar(self) -> Drawing:
        """Weeks side by side, Monday on top."""
        marks: list[Mark] = [*self._month_names(), *self._weekday_names(), *self._days()]
        is_stop = len(self.held) <= TAB_STOPS
        marks += [link(s.url, s.words, self._day(s), is_stop=is_stop) for s in self.held]
        return Drawing(
            f"{self.key}-calendar",
            self.title,
            self.description(),
            HEAD + STEP * WEEKDAYS,
            tuple(marks),
            css="chart-cells",
        )

    @property
    def _monday(self) -> date:
        return self.first - timedelta(days=self.first.weekday())

    @property
    def _week(self) -> float:
        weeks = ((self.last - self._monday).days // WEEKDAYS) + 1
        return (100 - NAMES) / weeks

    def _week_at(self, day: date) -> float:
        return NAMES + self._week * ((day - self._monday).days // WEEKDAYS)

    def _square(self, day: date, css: str, value: str | None = None) -> Mark:
        return mark(
            "rect",
            css=css,
            x=percent(self._week_at(day)),
            y=HEAD + STEP * day.weekday(),
            width=percent(self._week * 0.84),
            height=SIDE,
            data_value=value,
        )

    def _day(self, session: Held) -> Mark:
        return self._square(session.held_on, f"chart-{session.state}", session.held_on.isoformat())

    def _days(self) -> list[Mark]:
        """The ground: a bar for each week, parted into days by lines over all of them."""
        marks = []
        monday = self._monday
        while monday <= self.last:
            first, last = max(monday, self.first), min(monday + timedelta(days=6), self.last)
            marks.append(
                mark(
                    "rect",
                    css="chart-week" + (" chart-week-other" if first.month % 2 else ""),
                    x=percent(self._week_at(monday)),
                    y=HEAD + STEP * first.weekday(),
                    width=percent(self._week * 0.84),
                    height=STEP * (last.weekday() - first.weekday()) + SIDE,
                )
            )
            monday += timedelta(days=WEEKDAYS)
        parting = [HEAD + STEP * day - 1.5 for day in range(1, WEEKDAYS)]
        return marks + [line(percent(NAMES), y, "100%", y, "chart-parting") for y in parting]

    def _weekday_names(self) -> list[Mark]:
        """Every second weekday by its name."""
        names = {0: _("Mon"), 2: _("Wed"), 4: _("Fri"), 6: _("Sun")}
        return [
            text(name, "0", HEAD + STEP * day + 11, "chart-tick chart-small")
            for day, name in names.items()
        ]

    def _month_names(self) -> list[Mark]:
        """The first days of months, as far as there is room."""
        months = [
            self.first + timedelta(days=days)
            for days in range(self.day_count)
            if (self.first + timedelta(days=days)).day == 1
        ]
        labels = [f"{day.month}/{day.year}" for day in months]
        places = [self._week_at(day) for day in months]
        kept = [
            place for place in sorted(labels_kept(labels, places, NARROW)) if places[place] < 90
        ]
        return [
            text(labels[place], percent(places[place]), 11, "chart-tick chart-small")
            for place in kept
        ]

    def sheet(self, width: float, _height: float = 0) -> Sheet:
        """The calendar for a slide."""
        return self.calendar().sheet(width)

    def description(self) -> str:
        """How many sessions there were, and for how long there was none."""
        sessions = ngettext("%(num)s session", "%(num)s sessions", len(self.held))
        days = ngettext(
            "%(num)s day without a session", "%(num)s days without a session", self.silent_days
        )
        return f"{sessions}; {days}."

    def table(self) -> Table:
        """Each session with its state."""
        return Table(
            (_("Day"), _("State")),
            tuple(
                (
                    Cell(format_day(each.held_on), each.url, is_number=False),
                    Cell(str(each.state.label), is_number=False),
                )
                for each in self.held
            ),
        )
