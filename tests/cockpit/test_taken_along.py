"""A picture that is taken along says what it is, and its data are the figures of coverage."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from tcns.areas.vocabulary import Level
from tcns.coverage.queries import Coverage, coverage
from tcns.coverage.questions import Wish, ask
from tcns.periods import NamedPeriod, PeriodKind, period_holding
from tcns.permissions.scope import EVERYTHING
from tests.factories import make_activity, make_plan, make_target
from tests.page import ORIGIN, Visitor
from tests.world import World

pytestmark = pytest.mark.one_engine

Visit = Callable[..., Visitor]
Counted = Callable[..., Coverage]
DAYS = "on=2024-06-20&from=2024-01-15&to=2024-06-14"
NAMES = ["ranking", "map", "trend", "multiples", "silence", "silent-columns"]
TEAMS, SESSIONS, ACTIVE = "team_count", "activity_count", "active_team_count"


class File:
    """The data of a picture: what is said on top, and the rows below the titles."""

    def __init__(self, visitor: Visitor, name: str, query: str = DAYS) -> None:
        url = f"/cockpit/slide?{query}&chart={name}&as=csv"
        content = visitor.download(url, "text/csv; charset=utf-8")
        assert content.startswith(b"\xef\xbb\xbf"), "the mark by which Excel knows the letters"
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        titles = next(place for place, row in enumerate(table) if row[0] == "No.")
        self.notes = [row[0].removeprefix("# ") for row in table[:titles]]
        assert all(len(row) == 1 and row[0].startswith("# ") for row in table[:titles])
        self.titles = table[titles][1:]
        self.rows = [row[1:] for row in table[titles + 1 :]]

    @property
    def source(self) -> str:
        (found,) = [note for note in self.notes if note.startswith("Source: ")]
        return found


@pytest.fixture
def visitor(visit: Visit) -> Visitor:
    return visit("administrator", language="en")


@pytest.fixture
def sessions(make: Callable[..., Any], world: World) -> None:
    """Some in every month but one, more in some areas than in others."""
    teams = ("village", "village", "hamlet", "neighbour_village", "town_village")
    for place in range(75):
        held_on = date(2022, 1, 20) + timedelta(days=12 * place)
        if held_on < date(2024, 2, 15) or held_on > date(2024, 3, 14):
            team = world.teams[teams[place % len(teams)]]
            make(make_activity, team, world.users["own"], held_on=held_on)


@pytest.fixture
def counted(visitor: Visitor) -> Counted:
    """What coverage answers, by a level and for a month."""

    def ask_coverage(by: Level | None = None, month: NamedPeriod | None = None) -> Coverage:
        with visitor.app.app_context():
            question = ask(EVERYTHING, wish(by))
            question = replace(question, period=month.days) if month else question
            return coverage(EVERYTHING, question)

    return ask_coverage


def wish(by: Level | None) -> Wish:
    on, first, last = map(date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", DAYS))
    return Wish(by=by, on=on, first=first, last=last, measures=(TEAMS, SESSIONS, ACTIVE))


def months() -> list[NamedPeriod]:
    """The 24 months up to the day."""
    last = period_holding(PeriodKind.MONTH, date(2024, 6, 20))
    return [last.step(place - 23) for place in range(24)]


@pytest.mark.usefixtures("sessions")
def test_the_data_of_ranking_and_map_are_the_figures_of_coverage(
    visitor: Visitor, counted: Counted
) -> None:
    ranked = {row[0]: row[1:] for row in File(visitor, "ranking").rows}
    districts = counted().rows
    assert len(ranked) == len(districts) > 1
    assert any(row.figures[ACTIVE] for row in districts)
    for row in districts:
        active, teams, share, *_before = ranked[row.name]
        assert (int(active), int(teams)) == (row.figures[ACTIVE], row.figures[TEAMS])
        assert (
            share == ""
            if not int(teams)
            else float(share) == pytest.approx(100 * row.figures[ACTIVE] / row.figures[TEAMS])
        )
    mapped = sorted((row[0], int(row[2])) for row in File(visitor, "map").rows)
    communes = counted(Level.COMMUNE).rows
    assert mapped == sorted((row.name, row.figures[ACTIVE]) for row in communes)


@pytest.mark.usefixtures("sessions")
def test_the_data_of_months_are_the_figures_of_coverage(visitor: Visitor, counted: Counted) -> None:
    trend, multiples = File(visitor, "trend").rows, File(visitor, "multiples")
    silence, columns = File(visitor, "silence"), File(visitor, "silent-columns").rows
    assert len(trend) == 24
    assert [line[1] for line in trend].count("0") == 1
    for line, month in zip(trend, months(), strict=True):
        label = f"{month.number}/{month.year}"
        assert line[:2] == [label, str(counted(None, month).total.figures[SESSIONS])]
        assert line[2] == str(counted(None, month.step(-12)).total.figures[SESSIONS])
        found = {row.name: row for row in counted(Level.DISTRICT, month).rows}
        for area, *values in multiples.rows[:-1]:
            figures = found[area].figures
            value = float(values[multiples.titles.index(label) - 1])
            assert value == pytest.approx(100 * figures[SESSIONS] / figures[TEAMS])
        if label in silence.titles:
            place = silence.titles.index(label)
            communes = {row.name: row for row in counted(Level.COMMUNE, month).rows}
            cells = [(row[0], row[place]) for row in silence.rows if row[place]]
            assert cells
            assert all(int(cell) == communes[name].figures[SESSIONS] for name, cell in cells)
            silent = sum(cell == "0" for _name, cell in cells)
            assert [label, str(silent)] in [row[:2] for row in columns]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_where_its_figures_come_from_and_so_does_the_picture(
    visitor: Visitor, name: str
) -> None:
    file = File(visitor, name)
    assert file.notes[1].startswith("Tỉnh Sơn Thủy. ")
    assert "boundaries of 20/06/2024" in file.source
    assert any("Teams that exist on the day" in note for note in file.notes) or name == "trend"
    svg = visitor.send("GET", f"/cockpit/slide?{DAYS}&chart={name}&as=svg").body.decode()
    words = " ".join(" ".join(fromstring(svg).itertext()).split())
    assert file.source in words
    assert file.notes[0] in words


def test_the_address_in_a_file_leads_to_the_same_figures(visitor: Visitor) -> None:
    """Also when it was asked for without any day, and it is another month by now."""
    file = File(visitor, "ranking", "")
    (address,) = [note for note in file.notes if note.startswith("Page: ")]
    page, _mark, query = address.removeprefix(f"Page: {ORIGIN}").partition("?")
    assert page == "/cockpit"
    assert {"on", "from", "to", "map_on", "under"} <= set(re.findall(r"(\w+)=", query))
    again = File(visitor, "ranking", query)
    assert (again.rows, again.source) == (file.rows, file.source)


def test_each_card_says_its_source_once(visitor: Visitor) -> None:
    """The map only where it is not the usual one; the two pictures of silence share a card."""
    page = visitor.get("/cockpit?" + DAYS)
    sources = [
        " ".join("".join(each.itertext()).split())
        for each in page.tree.iter("p")
        if each.get("class") == "chart-source"
    ]
    assert len(sources) == len(set(sources)) == len(NAMES) - 1
    assert "sessions approved or waiting for approval, 15/01/2024–14/06/2024" in sources[0]
    assert not any("boundaries" in each for each in sources)
    later = visitor.get(f"/cockpit?{DAYS}&map_on=2025-07-01").text
    assert later.count("boundaries of 01/07/2025") == len(NAMES) - 1


def test_the_file_of_targets_gives_the_rules_of_what_they_measure(
    visitor: Visitor, make: Callable[..., Any], world: World
) -> None:
    plan = make(make_plan, world.province.id)
    make(make_target, plan, measure=TEAMS, is_share=False, level=Level.PROVINCE)
    file = File(visitor, "targets")
    assert any("Teams that exist on the day." in note for note in file.notes)
    assert "plans in force" in file.source
