"""A day is typed the Vietnamese way, with whatever sign, and never guessed."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcns.web.days import day_in
from tests.page import Visitor

OUR_TIME = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WRITINGS = (
    "{0:%Y-%m-%d}",
    "{0:%d/%m/%Y}",
    "{0:%d-%m-%Y}",
    "{0:%d.%m.%Y}",
    "{0:%d %m %Y}",
    "{0:%d%m%Y}",
    "{0.day}/{0.month}/{0.year}",
    " {0.day}-{0.month}-{0.year} ",
)


@given(OUR_TIME, st.sampled_from(WRITINGS))
def test_however_a_day_is_written_it_is_the_same_day(day: date, writing: str) -> None:
    assert day_in(writing.format(day)) == day


@pytest.mark.parametrize(
    "text",
    [
        *("010624", "1/6/24", "6/2024", "31/02/2024", "1/6-2024", "2024/06/01", "20240630"),
        *("", "hôm nay", "30/06/2024 8:00", "3O/06/2024", "٣٠/٠٦/٢٠٢٤"),
    ],
)
def test_what_could_be_another_day_or_none_is_not_guessed(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.one_engine
def test_a_box_shows_the_day_it_understood_and_what_it_did_not(
    visit: Callable[..., Visitor],
) -> None:
    own = visit("own")
    for typed in ("2024-08-31", "31/8/2024", "31082024"):
        assert 'value="31/08/2024"' in own.get(f"/teams?on={typed}").body.decode()
    page = own.get("/teams?on=310824")
    assert 'value="310824"' in page.body.decode()
    assert "nhập như 30/06/2024" in page.text
