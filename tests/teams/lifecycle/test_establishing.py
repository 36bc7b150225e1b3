"""The rules of teams: established by decision, one in an area, put right, dissolved, taken back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tcns.areas.models import Area, AreaAllocation, AreaPath, AreaPlacement
from tcns.areas.tree_operations import rebuild_tree
from tcns.areas.villages.add_operations import VillageText, add_village
from tcns.areas.vocabulary import AreaKind
from tcns.clock import today
from tcns.database import db
from tcns.errors import RuleViolation
from tcns.teams.decisions.operations import DecisionText, correct_decision, issue_decision
from tcns.teams.lifecycle.dissolve.operations import dissolve_team
from tcns.teams.lifecycle.establish.operations import (
    NewTeam,
    Registration,
    establish_team,
    register_teams,
)
from tcns.teams.models import EstablishingDecision, Team, TeamDecision
from tcns.teams.operations import correct_team, withdraw_team
from tcns.teams.rules import TeamText
from tests.factories import make_team
from tests.places import MAP_DAY, REFORM
from tests.teams.conftest import LATER, LONG_AGO, Book, changes, events, refused
from tests.world import set_map_day

ISSUED = date(2022, 4, 20)
TEXT = DecisionText("7/QĐ-UBND", ISSUED, "UBND xã Hòa An", "Thành lập tổ")


def established(book: Book, area: str = "quiet_village", day: date = LATER) -> Team:
    text = TeamText(book.area(area), "Tổ mới", day)
    return establish_team(text, decision=book.decision(), by=book.official)


# Decisions


def test_a_decision_is_put_on_file_once(book: Book) -> None:
    first = issue_decision(TEXT, area=book.area("commune"), by=book.official)
    again = issue_decision(TEXT, area=book.area("commune"), by=book.official)
    assert again is first
    assert len(events("decision:issued")) == 1


def test_the_same_number_of_another_commune_is_another_decision(book: Book) -> None:
    own = issue_decision(TEXT, area=book.area("commune"), by=book.official)
    assert issue_decision(TEXT, area=book.area("partner"), by=book.official) is not own


def test_a_decision_of_a_day_to_come_is_refused(book: Book) -> None:
    text = DecisionText("7", today() + timedelta(days=1), "UBND", "x")
    with refused("issued_on"):
        issue_decision(text, area=book.area("commune"), by=book.official)


def test_what_a_decision_says_is_put_right_unless_another_says_so(book: Book) -> None:
    other = issue_decision(TEXT, area=book.area("commune"), by=book.official)
    known = book.decision()
    taken = DecisionText(known.number, known.issued_on, known.issuer, "x")
    with refused("number"):
        correct_decision(other, taken, by=book.official)
    correct_decision(other, DecisionText("8", ISSUED, "UBND", "x"), by=book.official)
    assert changes(events("decision:corrected")[-1])["number"] == ("7/QĐ-UBND", "8")


# Establishing


def test_a_team_exists_from_its_first_day_on_and_rests_on_its_decision(book: Book) -> None:
    team = established(book)
    assert not team.is_valid_on(LATER - timedelta(days=1))
    assert team.is_valid_on(LATER)
    effects = db.session.scalars(select(TeamDecision).where(TeamDecision.team_id == team.id)).all()
    assert [(e.decision_id, e.purpose) for e in effects] == [(book.decision().id, "establish")]
    assert changes(events("team:established")[-1])["name"] == (None, "Tổ mới")


@pytest.mark.parametrize(
    ("area", "day"),
    [
        ("quiet_village", date(2999, 1, 1)),
        ("quiet_village", date(2021, 6, 30)),
        ("commune", REFORM),
    ],
)
def test_a_team_needs_an_area_that_exists_on_its_first_day(
    book: Book, area: str, day: date
) -> None:
    set_map_day(None)
    text = TeamText(book.area(area), "Tổ mới", day, "vì")
    with refused("first_day"):
        establish_team(text, decision=book.decision(), by=book.official)


@pytest.mark.parametrize("day", [REFORM, today()])
def test_where_an_older_map_is_kept_an_area_of_it_is_given_a_team_today(
    book: Book, day: date
) -> None:
    text = TeamText(book.area("commune"), "Tổ mới", day, "vì")
    team = establish_team(text, decision=book.decision(), by=book.official)
    assert team.is_valid_on(day)
    correct_team(team, name="Tổ mới", first_day=day - timedelta(days=1), by=book.official)


def test_where_an_older_map_is_kept_a_village_begins_on_its_day_and_is_told_so(
    book: Book,
) -> None:
    with pytest.raises(RuleViolation, match="30/06/2025"):
        add_village(book.area("commune"), village("Bản Mới", today()), by=book.official)
    assert add_village(book.area("commune"), village("Bản Mới", MAP_DAY), by=book.official)


def test_a_second_team_of_an_area_needs_a_reason(book: Book) -> None:
    with refused("second_reason"):
        established(book, "village")
    text = TeamText(book.area("village"), "Tổ hai", LATER, "Thôn rộng")
    assert establish_team(text, decision=book.decision(), by=book.official).second_reason


def test_a_team_that_is_dissolved_is_no_obstacle(book: Book) -> None:
    make_team(book.world.quiet_village.id, valid_to=LATER)
    assert established(book, day=LATER)


def test_a_team_that_begins_later_is_an_obstacle(book: Book) -> None:
    make_team(book.world.quiet_village.id, valid_from=LATER)
    with refused("second_reason"):
        established(book, day=LONG_AGO)


# One decision, many teams


def wanted(book: Book, *teams: NewTeam) -> Registration:
    return Registration(book.area("commune"), TEXT, teams, LATER)


def village(name: str, day: date = LATER) -> VillageText:
    return VillageText(name, AreaKind.THON, day)


def test_one_decision_establishes_many_teams_and_adds_villages(book: Book) -> None:
    listed = NewTeam("Tổ Khuôn Trú", book.area("quiet_village"))
    added = NewTeam("Tổ Bản Mới", village=village("Bản Mới"), field="village_0")
    teams = register_teams(wanted(book, listed, added), by=book.official)
    assert {team.name for team in teams} == {"Tổ Khuôn Trú", "Tổ Bản Mới"}
    decisions = db.session.scalars(
        select(EstablishingDecision.number)
        .join(TeamDecision)
        .where(TeamDecision.team_id.in_([team.id for team in teams]))
    )
    assert set(decisions) == {"7/QĐ-UBND"}


def test_all_or_none_and_all_faults_at_once(book: Book) -> None:
    bad = NewTeam("x", book.area("village"))
    known = NewTeam("x", village=village("Đồng Tâm"), field="village_0")
    late = NewTeam("x", village=village("Mới", date(2024, 4, 1)), field="village_1")
    with refused("second_reason", "village_0_name", "village_1_first_day"):
        register_teams(wanted(book, bad, known, late), by=book.official)
    assert not events("team:established", "area:added", "decision:issued")


def test_two_new_villages_do_not_share_a_name(book: Book) -> None:
    first = NewTeam("x", village=village("Bản Mới"), field="village_0")
    second = NewTeam("y", village=village("bản mới"), field="village_1")
    with refused("village_1_name"):
        register_teams(wanted(book, first, second), by=book.official)


# Villages that are not listed yet


def test_a_new_village_stands_in_its_commune_on_both_maps(book: Book) -> None:
    """Hòa An went wholly into the merged commune, and the village with it."""
    added = add_village(book.area("commune"), village("Bản Mới"), by=book.official)
    query = select(AreaPlacement).where(AreaPlacement.area_id == added.id)
    places = [(p.parent_id, p.valid_from, p.valid_to) for p in db.session.scalars(query)]
    world = book.world
    assert sorted(places, key=lambda place: place[1]) == [
        (world.commune.id, LATER, REFORM),
        (world.merged.id, REFORM, None),
    ]
    assert added.names[0].code == "02301.01"
    assert above(added, MAP_DAY) == {world.commune.id, world.district.id, world.province.id}
    assert above(added, REFORM) == {world.merged.id, world.new_province.id}


def above(area: Area, day: date) -> set[int]:
    query = select(AreaPath.ancestor_id).where(
        AreaPath.descendant_id == area.id, AreaPath.valid_on(day), AreaPath.depth > 0
    )
    return set(db.session.scalars(query))


def test_a_new_village_of_a_commune_that_is_split_later_is_given_to_no_part(book: Book) -> None:
    added = add_village(book.area("split"), village("Bản Mới"), by=book.official)
    assert above(added, REFORM) == {book.world.new_province.id}


@pytest.mark.parametrize("day", [date(2021, 6, 30), date(2025, 7, 1), date(2999, 1, 1)])
def test_a_new_village_exists_while_its_commune_does_and_by_the_map_day(
    book: Book, day: date
) -> None:
    with refused("first_day"):
        add_village(book.area("commune"), village("Bản Mới", day), by=book.official)


def test_a_new_village_is_its_own_seat_once_it_exists(book: Book) -> None:
    added = add_village(book.area("commune"), village("Bản Mới"), by=book.official)
    db.session.flush()
    for day, seat in ((LONG_AGO, book.world.commune.id), (LATER, added.id), (REFORM, added.id)):
        own = select(AreaAllocation.seat_id).where(
            AreaAllocation.area_id == added.id, AreaAllocation.valid_on(day)
        )
        assert db.session.scalars(own).all() == [seat]


# Putting right


def test_name_and_first_day_are_put_right(book: Book) -> None:
    team = book.team("hamlet")
    correct_team(team, name="Tổ Nà Đình", first_day=LONG_AGO, by=book.official)
    assert changes(events("team:corrected")[-1])["name"][1] == "Tổ Nà Đình"


def test_a_team_begins_no_later_than_its_members_and_sessions(book: Book) -> None:
    with refused("first_day"):
        correct_team(book.team("hamlet"), name="x", first_day=LATER, by=book.official)
    with refused("first_day", "first_day"):
        correct_team(book.team(), name="x", first_day=date(2026, 1, 1), by=book.official)


# Dissolving


def test_a_team_is_dissolved_with_its_memberships_on_the_last_day(book: Book) -> None:
    last = date(2025, 6, 30)
    team = book.team()
    dissolve_team(team, last_day=last, decision=book.decision(), by=book.official)
    assert (team.last_day, team.is_valid_on(last)) == (last, True)
    lasting = [m.last_day for m in team.memberships if m.person.full_name != "Triệu Văn Cũ"]
    assert lasting == [last] * 3
    assert changes(events("team:dissolved")[-1])["decision"] == (None, book.decision().number)


def test_a_team_is_not_dissolved_before_its_last_session(book: Book) -> None:
    with refused("last_day"):
        dissolve_team(book.team(), last_day=LATER, decision=book.decision(), by=book.official)


def test_a_team_is_not_dissolved_before_a_member_joined(book: Book) -> None:
    with refused("last_day"):
        day = date(2023, 5, 1)
        dissolve_team(book.team("hamlet"), last_day=day, decision=book.decision(), by=book.official)


def test_a_team_is_dissolved_once_and_not_in_the_future(book: Book) -> None:
    for team, fields in ((book.team("dissolved"), (None,)), (book.team("town"), ("last_day",))):
        day = date(2024, 1, 1) if fields == (None,) else date(2999, 1, 1)
        with refused(*fields):
            dissolve_team(team, last_day=day, decision=book.decision(), by=book.official)


# Taking back


def test_a_team_entered_by_mistake_is_taken_back(book: Book) -> None:
    team = established(book)
    gone = team.id
    withdraw_team(team, by=book.official)
    assert db.session.get(Team, gone) is None
    assert changes(events("team:withdrawn")[-1])["name"] == ("Tổ mới", None)


def test_a_team_with_members_or_sessions_is_not_taken_back(book: Book) -> None:
    with refused(None, None):
        withdraw_team(book.team(), by=book.official)
    with refused(None, None):
        withdraw_team(book.team("hamlet"), by=book.official)


@pytest.mark.parametrize("commune", ["commune", "split", "town"])
def test_a_village_added_stands_where_a_rebuilt_tree_puts_it(book: Book, commune: str) -> None:
    added = add_village(book.area(commune), village("Bản Mới"), by=book.official)
    db.session.flush()
    before = derived(added)
    rebuild_tree()
    db.session.expire_all()
    assert derived(added) == before


def derived(area: Area) -> tuple[list[object], list[object]]:
    """The paths and the seats of an area."""
    paths = select(
        AreaPath.ancestor_id, AreaPath.depth, AreaPath.valid_from, AreaPath.valid_to
    ).where(AreaPath.descendant_id == area.id)
    own = select(AreaAllocation.seat_id, AreaAllocation.valid_from, AreaAllocation.valid_to).where(
        AreaAllocation.area_id == area.id
    )
    by_text = [sorted(map(str, db.session.execute(query).all())) for query in (paths, own)]
    return by_text[0], by_text[1]
