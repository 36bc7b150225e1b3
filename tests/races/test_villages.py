"""Two officials, the same villages, the same instant: they end once, and who loses is told."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask

from tcns.areas.models import Area, AreaSuccession
from tests.page import Visitor
from tests.races.together import ROUND, count, outcomes, press, together
from tests.world import World

MERGE = "/areas/02301/villages/merge"


@ROUND
def test_two_mergers_of_one_village_at_once(
    visit: Callable[..., Visitor], app: Flask, world: World, _round: int
) -> None:
    def typed(name: str, *keys: str) -> dict[str, Any]:
        chosen = [str(world.places[key].id) for key in keys]
        return {"name": name, "first_day": "2024-03-01", "villages": chosen}

    wanted = (typed("Một", "village", "hamlet"), typed("Hai", "hamlet", "quiet_village"))
    pages = [visit("own", language="en", is_inspecting=False).get(MERGE) for _one in wanted]
    before = count(app, Area)
    answers = together(
        *(press(page, MERGE, each) for page, each in zip(pages, wanted, strict=True))
    )
    assert outcomes(*answers) == ["200", "done"]
    lost = next(answer for answer in answers if answer.status is HTTPStatus.OK)
    assert "existed until 29/02/2024" in lost.text
    assert count(app, Area) == before + 1
    assert count(app, AreaSuccession, AreaSuccession.predecessor_id == world.hamlet.id) == 1


@ROUND
def test_a_merger_and_an_end_at_once(
    visit: Callable[..., Visitor], app: Flask, world: World, _round: int
) -> None:
    close = f"/areas/{world.village.code}/close"
    first, second = (visit("own", language="en", is_inspecting=False) for _one in range(2))
    chosen = [str(world.village.id), str(world.hamlet.id)]
    merging = {"name": "Một", "first_day": "2024-03-01", "villages": chosen}
    answers = together(
        press(first.get(MERGE), MERGE, merging),
        press(second.get(close), close, {"last_day": "2024-05-01"}),
    )
    assert outcomes(*answers) == ["200", "done"]
    assert count(app, Area, Area.id == world.village.id, Area.valid_to.is_(None)) == 0
