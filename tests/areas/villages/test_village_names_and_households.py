"""Villages are renamed, put right, and counted by households, each from a day on."""

from datetime import date, timedelta

import pytest

from tcns.areas.queries import labels
from tcns.areas.villages.add_operations import add_village
from tcns.areas.villages.operations import correct_village_name, rename_village, set_households
from tcns.areas.vocabulary import AreaKind
from tcns.database import db
from tests.areas.conftest import DAY, Land, households, text
from tests.places import REFORM
from tests.teams.conftest import changes, events, refused

BEFORE, BEGINNING = DAY - timedelta(days=1), date(2021, 7, 1)


def test_a_village_is_called_otherwise_from_the_day_on(land: Land) -> None:
    village = land.area("village")
    rename_village(
        land.area("commune"), village, text("Đoàn Kết", kind=AreaKind.BAN), by=land.official
    )
    called = [labels([village.id], day)[village.id].full_name for day in (BEFORE, DAY, REFORM)]
    assert called == ["Thôn Đồng Tâm", "Bản Đoàn Kết", "Bản Đoàn Kết"]
    assert {name.code for name in village.names} == {land.world.village.code}


@pytest.mark.parametrize(
    ("differs", "fields"),
    [
        ({"name": "Khuôn Trú"}, ["name"]),
        ({"name": "Đồng Tâm"}, ["name"]),
        ({"name": "Mới", "day": BEGINNING}, ["first_day"]),
        ({"name": "Mới", "day": REFORM}, ["first_day"]),
    ],
)
def test_a_rename_that_cannot_be_is_refused(
    land: Land, differs: dict[str, object], fields: list[str]
) -> None:
    with refused(*fields):
        rename_village(
            land.area("commune"),
            land.area("village"),
            text(**differs),  # type: ignore[arg-type]
            by=land.official,
        )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("01", AreaKind.TO_DAN_PHO),
        ("I", AreaKind.TO_DAN_PHO),
        ("số 1", AreaKind.TO_DAN_PHO),
        ("TDP 01", AreaKind.THON),
        ("Tổ 2", AreaKind.TO_DAN_PHO),
    ],
)
def test_a_village_on_file_is_no_new_one_in_another_spelling(
    land: Land, name: str, kind: AreaKind
) -> None:
    with refused("name"):
        add_village(land.area("town"), text(name, kind=kind), by=land.official)


def test_villages_that_differ_by_tone_are_two(land: Land) -> None:
    commune = land.area("commune")
    add_village(commune, text("Nà Tổng"), by=land.official)
    add_village(commune, text("Nà Tông"), by=land.official)
    with refused("name"):
        add_village(commune, text("Na Tong"), by=land.official)


def test_a_wrong_name_is_put_right_for_all_its_days(land: Land) -> None:
    village = land.area("village")
    version = village.version
    correct_village_name(
        land.area("commune"), village.names[0], text("Đồng Tâm Hạ"), by=land.official
    )
    db.session.flush()
    assert [name.full_name for name in village.names] == ["Thôn Đồng Tâm Hạ"]
    assert village.names[0].search_key == "dong tam ha"
    assert village.version > version, "whoever has the old name open finds it changed"
    assert changes(events("area:corrected")[0])["name"] == ("Đồng Tâm", "Đồng Tâm Hạ")


def test_households_hold_from_their_day_until_the_next_number(land: Land) -> None:
    commune, village = land.area("commune"), land.area("village")
    later = date(2025, 1, 1)
    set_households(commune, village, 150, later, by=land.official)
    set_households(commune, village, 130, DAY, by=land.official)
    assert households(village) == [
        (120, BEGINNING, DAY),
        (130, DAY, later),
        (150, later, None),
    ]
    set_households(commune, village, 131, DAY, by=land.official)
    assert households(village)[1] == (131, DAY, later)
    assert changes(events("area:households-set")[-1])["household_count"] == ("130", "131")


def test_households_begin_where_none_were_known(land: Land) -> None:
    quiet = land.area("quiet_village")
    set_households(land.area("commune"), quiet, 50, date(2025, 1, 1), by=land.official)
    set_households(land.area("commune"), quiet, 40, DAY, by=land.official)
    assert households(quiet) == [(40, DAY, date(2025, 1, 1)), (50, date(2025, 1, 1), None)]


def test_households_of_a_day_without_the_village_are_refused(land: Land) -> None:
    with refused("first_day"):
        set_households(
            land.area("commune"), land.area("village"), 5, date(2020, 1, 1), by=land.official
        )
