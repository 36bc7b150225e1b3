"""Statistics of a village hold from their day on, each until its own next one."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcns.areas.models import Area, AreaStatistic
from tcns.areas.statistics.operations import record_statistics
from tcns.areas.statistics.queries import statistics_of
from tcns.areas.statistics.rows import statistics_written
from tcns.areas.statistics.vocabulary import Counted, Statistic
from tcns.areas.villages.operations import close_village
from tcns.database import db
from tests.areas.conftest import DAY, Land, closure
from tests.page import Visitor
from tests.teams.conftest import changes, events, refused
from tests.world import World

SIGNAL, PHONES = Statistic.MOBILE_SIGNAL, Statistic.SMARTPHONE_ADULTS
LATER = date(2025, 1, 1)
DAYS = st.integers(0, 20).map(lambda count: DAY + timedelta(days=count))


def on(village: Area, day: date) -> dict[Statistic, Counted]:
    db.session.flush()
    return statistics_of([village.id], day).get(village.id, {})


@given(st.lists(st.tuples(DAYS, st.integers(0, 5)), min_size=1))
def test_on_any_day_the_latest_figure_up_to_it_holds(said: list[tuple[date, int]]) -> None:
    """In whichever order they were recorded; of one day the one said last."""
    village = Area(id=1, level="village", valid_from=DAY, valid_to=None)
    rows: list[AreaStatistic] = []
    for day, value in said:
        counted = {PHONES: Counted(value, 5)}
        (written,) = statistics_written(village, 2, rows, counted, day).rows
        for name, new in written.held_values.items():
            setattr(written.held, name, new)
        rows += [AreaStatistic(**written.new)] if written.new else []
    by_day = dict(said)
    for day in {day + timedelta(days=more) for day in by_day for more in (-1, 0, 1)}:
        before = [each for each in by_day if each <= day]
        expected = [by_day[max(before)]] if before else []
        assert [row.value for row in rows if row.is_valid_on(day)] == expected


def test_each_statistic_holds_until_its_own_next_one(land: Land) -> None:
    commune, village = land.area("commune"), land.area("village")
    first = {SIGNAL: Counted(0), PHONES: Counted(60, 120)}
    record_statistics(commune, village, first, DAY, by=land.official)
    record_statistics(commune, village, {SIGNAL: Counted(1)}, LATER, by=land.official)
    assert on(village, LATER - timedelta(days=1)) == first
    assert on(village, LATER) == {SIGNAL: Counted(1), PHONES: Counted(60, 120)}
    told = changes(events("area:statistics-set")[-1])
    assert told == {"mobile_signal": ("0", "1"), "valid_from": (None, "2025-01-01")}


def test_figures_that_cannot_be_are_refused(land: Land) -> None:
    commune, village = land.area("commune"), land.area("village")
    with refused("smartphone_adults"):
        record_statistics(commune, village, {PHONES: Counted(6, 5)}, DAY, by=land.official)
    with refused("first_day"):
        before = date(2020, 1, 1)
        record_statistics(commune, village, {SIGNAL: Counted(1)}, before, by=land.official)
    with refused(None):
        record_statistics(commune, village, {}, DAY, by=land.official)


def test_figures_end_with_their_village(land: Land) -> None:
    commune, quiet = land.area("commune"), land.area("quiet_village")
    record_statistics(commune, quiet, {SIGNAL: Counted(1)}, date(2024, 2, 1), by=land.official)
    close_village(commune, quiet, closure(land), by=land.official)
    (row,) = db.session.scalars(db.select(AreaStatistic).filter_by(area_id=quiet.id))
    assert row.last_day == DAY
    assert on(quiet, DAY + timedelta(days=1)) == {SIGNAL: Counted(1)}, "an older map shows it still"


@pytest.mark.one_engine
def test_an_official_records_figures_and_finds_them_on_the_page_and_in_the_list(
    visit: object, world: World
) -> None:
    official: Visitor = visit("own", language="en")  # type: ignore[operator]
    page = official.get(f"/areas/{world.village.code}").click("Record statistics")
    half = page.post(
        typed={"smartphone_households": "66", "first_day": "2024-03-01"}, status=HTTPStatus.OK
    )
    assert "households asked about smartphones" in half.field_errors["smartphone_households_of"]
    done = half.post(typed={"smartphone_households_of": "120", "mobile_signal": "1"})
    assert "Households with a smartphone: 66 of 120" in done.text
    listed = official.get("/areas/statistics?has=mobile_signal&on=2024-03-01")
    assert "1 village" in listed.text
    assert "66 of 120" in listed.text
    earlier = official.get("/areas/statistics?has=mobile_signal&on=2024-02-29")
    assert "No village fits" in earlier.text
