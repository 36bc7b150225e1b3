"""What was done to villages is taken back as a whole, unless something was built on it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tcns.areas.models import Area, AreaAllocation
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.villages.operations import (
    close_village,
    enter_village,
    merge_villages,
    rename_village,
    set_households,
)
from tcns.areas.villages.rules import Merger
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse
from tests.areas.conftest import DAY, Land, closure, everything, merger, split, text
from tests.factories import make_team
from tests.places import MAP_DAY

BEFORE, BEGINNING = DAY - timedelta(days=1), date(2021, 7, 1)


def last_change() -> Reversible:
    """What was done last."""
    db.session.flush()
    return db.session.scalars(select(Reversible).order_by(Reversible.id.desc())).first()  # type: ignore[return-value]


def do_merge(land: Land) -> None:
    wanted = merger(land, "village", "hamlet")
    merge_villages(land.area("commune"), wanted, by=land.official)


def do_close(land: Land) -> None:
    close_village(land.area("commune"), land.area("village"), closure(land), by=land.official)


def do_rename(land: Land) -> None:
    rename_village(land.area("commune"), land.area("village"), text("Mới"), by=land.official)


def do_enter(land: Land) -> None:
    enter_village(land.area("commune"), text("Mới"), 30, by=land.official)


def test_a_split_that_is_taken_back_step_by_step_leaves_everything_as_it_was(land: Land) -> None:
    before = everything()
    split(land)
    newest = select(Reversible).order_by(Reversible.id.desc())
    for done in db.session.scalars(newest.limit(3)).all():
        reverse(done, by=land.official)
    assert everything() == before


@pytest.mark.parametrize("change", [do_merge, do_close, do_rename, do_enter])
def test_a_change_that_is_taken_back_leaves_everything_as_it_was(
    land: Land, change: object
) -> None:
    set_households(
        land.area("commune"), land.area("village"), 150, date(2025, 1, 1), by=land.official
    )
    before = everything()
    change(land)  # type: ignore[operator]
    assert everything() != before
    reverse(last_change(), by=land.official)
    assert everything() == before


def do_merge_again(land: Land) -> None:
    do_merge(land)
    merged = db.session.scalars(select(Area).order_by(Area.id.desc())).first()
    assert merged
    both = [land.area("quiet_village"), merged]
    wanted = Merger(both, text("Cả Ba", date(2024, 9, 1)))
    merge_villages(land.area("commune"), wanted, by=land.official)


@pytest.mark.parametrize("change", [do_merge, do_merge_again, do_close, do_enter, split])
def test_what_is_derived_is_what_a_whole_rebuild_gives(land: Land, change: object) -> None:
    change(land)  # type: ignore[operator]
    derived = everything()
    rebuild_tree()
    assert everything() == derived


def test_a_merger_on_which_a_team_was_built_stays(land: Land) -> None:
    do_merge(land)
    done = last_change()
    merged = db.session.scalars(select(Area).order_by(Area.id.desc())).first()
    assert merged is not None
    make_team(merged.id, valid_from=DAY)
    after = everything()
    with pytest.raises(RuleViolation, match="cannot be undone"):
        reverse(done, by=land.official)
    assert everything() == after


def test_an_older_change_of_a_village_is_not_taken_back_before_the_newer(land: Land) -> None:
    do_rename(land)
    first = last_change()
    later = date(2024, 9, 1)
    rename_village(
        land.area("commune"), land.area("village"), text("Mới nữa", later), by=land.official
    )
    with pytest.raises(RuleViolation, match="cannot be undone"):
        reverse(first, by=land.official)
    reverse(last_change(), by=land.official)


def test_households_set_in_a_closed_village_keep_its_end_from_being_taken_back(
    land: Land,
) -> None:
    do_close(land)
    done = last_change()
    set_households(
        land.area("commune"), land.area("village"), 99, date(2023, 1, 1), by=land.official
    )
    with pytest.raises(RuleViolation, match="cannot be undone"):
        reverse(done, by=land.official)


def test_seats_lead_from_the_old_villages_to_the_new(land: Land) -> None:
    do_merge(land)
    new = db.session.scalars(select(Area.id).order_by(Area.id.desc())).first()
    query = select(AreaAllocation.seat_id).where(
        AreaAllocation.area_id == land.world.village.id, AreaAllocation.valid_on(MAP_DAY)
    )
    assert db.session.scalar(query) == new
