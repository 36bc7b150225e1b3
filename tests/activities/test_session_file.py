"""The file of sessions: who helped, and what was counted of each indicator."""

import csv
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import make_indicator
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
JUNE = "from=2025-06-01&to=2025-06-30&status=all"

pytestmark = pytest.mark.one_engine


def lines_of(visitor: Visitor, query: str) -> list[dict[str, str]]:
    """The rows of the file, by the titles of its columns."""
    text = visitor.download(f"/activities/export?{query}&as=csv", "text/csv; charset=utf-8")
    lines = text.decode("utf-8-sig").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith(("#", '"#'))))


def test_each_indicator_is_a_column_and_what_nobody_recorded_is_empty(
    visit: Visit, make: Callable[..., Any]
) -> None:
    make(make_indicator, name_en="Signatures", unit_en="signatures")
    lines = lines_of(visit("own", language="en"), JUNE)
    guided = [line["People guided in filing online (people)"] for line in lines]
    assert "7" in guided
    assert {line["Signatures (signatures)"] for line in lines} == {""}


def test_who_helped_is_named_to_those_who_may_take_personal_data_along(
    visit: Visit, world: World
) -> None:
    official, reviewer = visit("own", language="en"), visit("reviewer", language="en")
    village = f"{JUNE}&team={world.teams['village']}"
    named = {line["Members who helped"] for line in lines_of(official, JUNE)}
    assert "Lý Thị Mẩy, Hoàng Văn Sính" in named
    for query in (JUNE, village):
        lines = lines_of(reviewer, query)
        assert "2" in {line["Number of helpers"] for line in lines}
        assert "Members who helped" not in lines[0], "a reviewer exports no personal data"
    everybody = visit("administrator", language="en")
    assert "Members who helped" not in lines_of(everybody, JUNE)[0], "a whole province's"
    assert "Members who helped" in lines_of(everybody, village)[0]
