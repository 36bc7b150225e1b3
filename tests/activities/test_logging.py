"""The page that logs a session, and the one that corrects it."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask

from tcns.activities.models import Activity, Attendance
from tcns.clock import today
from tcns.database import db
from tcns.i18n import format_day
from tests.activities.entering import LOG, Visit, count_of, edit_url, events_on, newest, row_of
from tests.databases import counted, fingerprint
from tests.factories import make_indicator
from tests.page import Page
from tests.world import World

Make = Callable[..., Any]
OK = HTTPStatus.OK
REACHED = {"participant_count": "12", "household_count": "3"}
# Whose sign-in, which team, its helpers that day; then, under the lock, what others changed, two
# keys, helpers, households, closings; six inserts and the ids of events; one like it, the state.
# On PostgreSQL also how it begins, a lock, what others changed until then; not rows in a stream.
MOST_STATEMENTS, DONE = 18, "UPDATE data_version"


def test_two_numbers_and_one_button_log_a_session_like_the_last_one(
    visit: Visit, app: Flask, world: World
) -> None:
    page = visit("member").get(LOG).post(typed=REACHED)
    row = row_of(app, newest(app))
    assert page.url == f"/activities/{row['id']}"
    assert (row["status"], row["held_on"], row["participant_count"]) == ("submitted", today(), 12)
    assert (row["kind"], row["form"]) == ("guidance", "in_person")
    with app.app_context():
        helpers = {
            a.membership_id for a in db.session.query(Attendance).filter_by(activity_id=row["id"])
        }
    assert helpers == {world.memberships["leader"], world.memberships["member"]}
    assert events_on(app, row["id"]) == ["activity:logged", "activity:submitted"]


def test_to_log_a_session_takes_few_statements(visit: Visit, app: Flask) -> None:
    page = visit("member").get(LOG)
    with counted(app) as statements:
        page.post(typed=REACHED)
    done = next(place for place, each in enumerate(statements) if each.startswith(DONE))
    assert done + 1 <= MOST_STATEMENTS, "\n".join(statements)


@pytest.mark.one_engine
def test_where_households_alone_are_told_the_participants_are_not_recorded(
    visit: Visit, app: Flask
) -> None:
    visitor = visit("member", language="en")
    page = visitor.get(LOG).post(typed={"household_count": "3"})
    row = row_of(app, newest(app))
    assert (row["status"], row["participant_count"], row["household_count"]) == (
        *("submitted", None, 3),
    )
    assert "Participantsnot recorded" in page.text
    assert "3 households" in visitor.get("/").text
    month = visit("own", language="en").get("/activities?status=all")
    assert ["not recorded", "3"] in [[*each][-3:-1] for each in month.rows]
    asked = visitor.get(edit_url(row["id"])).post(typed={"women_count": "1"}, status=OK)
    assert asked.field_errors.keys() == {"women_count"}


def test_who_has_one_team_never_chooses_and_who_has_several_does(
    visit: Visit, world: World
) -> None:
    assert "Đồng Tâm" in visit("member").get(LOG).text
    chosen = visit("leader").get(LOG).click("Tổ công nghệ số cộng đồng Đồng Tâm")
    assert chosen.url == f"{LOG}?team={world.teams['village']}"
    assert chosen.post(typed=REACHED).url.startswith("/activities/")


def test_an_official_logs_for_a_village_that_keeps_paper_notes(
    visit: Visit, app: Flask, world: World
) -> None:
    day = today() - timedelta(days=30)
    told = {"kind": "outreach", "form": "in_person"}  # it has no session to be like
    visit("own").get(f"{LOG}?team={world.teams['hamlet']}").post(
        typed={**REACHED, **told, "held_on": "other", "other_day": day.isoformat()}
    )
    row = row_of(app, newest(app))
    assert (row["held_on"], row["team_id"]) == (day, world.teams["hamlet"])
    page = visit("own", language="en").get(f"/activities/{row['id']}")
    assert "Entered late" in page.text


def test_a_draft_is_kept_without_any_number_and_submitted_later(visit: Visit, app: Flask) -> None:
    page = visit("member").get(LOG).post(typed={"action": "draft"})
    draft = newest(app)
    assert row_of(app, draft)["status"] == "draft"
    page.post(f"/activities/{draft}/submit")
    assert row_of(app, draft)["status"] == "draft", "nobody was reached"
    page.visitor.get(edit_url(draft)).post(typed=REACHED)
    assert row_of(app, draft)["status"] == "submitted"


def test_pressed_twice_it_is_logged_once(visit: Visit, app: Flask) -> None:
    page, before = visit("member").get(LOG), count_of(app)
    assert page.post(typed=REACHED).url == page.post(typed=REACHED).url
    assert count_of(app) == before + 1


def test_sent_again_by_the_device_under_its_own_key_it_is_logged_once(
    visit: Visit, app: Flask
) -> None:
    visitor, before = visit("member"), count_of(app)
    key = {"client_key": "b3b6a6de-07f1-49f4-8d3a-0f51c1ed6b01"}
    first = visitor.get(LOG).post(typed={**REACHED, **key})
    assert visitor.get(LOG).post(typed={**REACHED, **key}).url == first.url
    assert count_of(app) == before + 1


def test_a_draft_of_another_day_offers_its_members_and_indicators(
    visit: Visit, make: Make, world: World
) -> None:
    ended = make(make_indicator, valid_to=today() - timedelta(days=300), name_vi="Chỉ tiêu cũ")
    page = visit("own").get(f"{LOG}?team={world.teams['hamlet']}")
    assert "Chỉ tiêu cũ" not in page.text
    typed = {"held_on": "other", "other_day": "2023-06-01", "action": "look", "note": "ghi"}
    page = page.post(typed=typed, status=OK)
    assert f"amount_{ended}" in page.body.decode()
    assert "Chu Thị Bé" not in page.text, "she joined in 2024"
    assert "ghi" in page.body.decode()


def errors(page: Page, **typed: Any) -> dict[str, str]:
    """What the form says is wrong, by field."""
    return page.post(typed={**REACHED, **typed}, status=OK).field_errors


def test_every_wrong_field_says_so_and_nothing_typed_is_lost(visit: Visit, app: Flask) -> None:
    page, before = visit("member", language="en").get(LOG), fingerprint(app)
    typed = {
        "participant_count": "4",
        "women_count": "5",
        "new_household_count": "9",
        "held_on": "other",
        "other_day": (today() + timedelta(days=1)).isoformat(),
        "hours": "1,5",
        "note": "Nhà văn hóa\nbuổi tối",
    }
    answer = page.post(typed={**typed, "household_count": "3"}, status=OK)
    assert {"women_count", "new_household_count"} <= answer.field_errors.keys()
    assert "The day lies in the future." in answer.text
    source = answer.body.decode()
    assert 'value="1,5"' in source
    assert "Nhà văn hóa\nbuổi tối" in source.replace("\r\n", "\n")
    assert fingerprint(app) == before


def test_what_is_no_number_hides_no_broken_rule_and_is_judged_by_none(visit: Visit) -> None:
    """All can be mended at once; what was not understood is not said to be too small as well."""
    page = visit("member", language="en").get(LOG)
    day = {"held_on": "other", "other_day": "2019-02-01"}
    answer = page.post(typed={**REACHED, **day, "hours": "99", "women_count": "13"}, status=OK)
    assert answer.field_errors.keys() == {"hours", "women_count"}
    assert "The team does not exist on" in answer.text
    wrong = errors(page, participant_count="x", women_count="13", household_count="")
    assert wrong.keys() == {"participant_count"}
    wrong = errors(page, participant_count="", household_count="x", other_day="x", held_on="other")
    assert wrong.keys() == {"household_count", "other_day"}


@pytest.mark.parametrize("action", ["draft", "look"])
def test_a_mistyped_day_loses_nobody_who_was_ticked(
    visit: Visit, app: Flask, world: World, action: str
) -> None:
    page = visit("member", language="en").get(LOG)
    helpers = [str(world.memberships["member"]), str(world.memberships["leader"])]
    typed = {**REACHED, "helpers": helpers, "held_on": "other", "other_day": "2019-02-01"}
    page = page.post(typed={**typed, "action": action}, status=OK)
    assert "The team does not exist on" in page.text
    page.post(typed={"other_day": "2024-07-01", "action": "draft"})
    with app.app_context():
        session = db.session.get_one(Activity, newest(app))
        assert {str(each.membership_id) for each in session.attendances} == set(helpers)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("x", "Write a whole number, like 25."),
        ("-1", "Write a whole number, like 25."),
        ("100001", "Write a number from 0 to 100,000."),
    ],
)
def test_what_is_no_count_is_told_once(visit: Visit, typed: str, value: str) -> None:
    page = visit("member", language="en").get(LOG)
    wrong = page.post(typed={**REACHED, "participant_count": typed}, status=OK).field_errors
    assert (
        wrong["participant_count"].removeprefix("Everybody who took part, counted each time ")
        == value
    )


@pytest.mark.parametrize(
    "typed", ["NaN", "sNaN", "Infinity", "-1", "0", "0,04", "24,1", "1e9", "x"]
)
def test_hours_that_cannot_be_are_refused(visit: Visit, typed: str) -> None:
    page = visit("member", language="en").get(LOG)
    assert "Write the hours from 0,5 to 24" in errors(page, hours=typed)["hours"]


def test_a_day_is_chosen_once(visit: Visit) -> None:
    page = visit("member", language="en").get(LOG)
    day = (today() - timedelta(days=9)).isoformat()
    assert "Choose “Another day”" in page.post(typed={"other_day": day}, status=OK).text
    assert "Say on which day." in page.post(typed={"held_on": "other"}, status=OK).text


def test_nonsense_in_the_address_is_answered(visit: Visit) -> None:
    for team in ("", "x", "0", "-1", "9" * 30, "1 OR 1=1", "\x00"):
        visit("own").send("GET", LOG, query_string={"team": team}).expect(OK)


def unchanged(app: Flask, before: dict[str, str]) -> bool:
    """Whether nothing was written."""
    return fingerprint(app) == before


def test_the_team_of_a_neighbour_is_no_team(visit: Visit, app: Flask, world: World) -> None:
    before = fingerprint(app)
    for persona in ("own", "member", "leader"):
        page = visit(persona).post_bare(f"{LOG}?team={world.teams['neighbour']}", REACHED)
        assert page.status is OK
        assert "Kim Tước" not in page.text
    assert unchanged(app, before)


@pytest.mark.parametrize("field", ["helpers", "amount", "team_id", "status", "entered_by_id"])
def test_swapped_ids_and_extra_fields_write_nothing_of_others(
    visit: Visit, app: Flask, world: World, field: str
) -> None:
    swapped = {
        "helpers": {"helpers": str(world.memberships["neighbour_member"])},
        "amount": {"amount_999": "5"},
        "team_id": {"team_id": str(world.teams["neighbour"])},
        "status": {"status": "approved"},
        "entered_by_id": {"entered_by_id": str(world.users["neighbour"])},
    }[field]
    before, newest_before = fingerprint(app), newest(app)
    told = {"held_on": today().isoformat(), "kind": "guidance", "form": "in_person"}
    fields = {**REACHED, **told, **swapped}
    page = visit("member").post_bare(LOG, fields)
    if field == "helpers":
        assert page.status is OK
        assert unchanged(app, before)
        return
    row = row_of(app, newest(app))
    assert row["id"] > newest_before
    assert (row["team_id"], row["status"]) == (world.teams["village"], "submitted")
    assert row["entered_by_id"] == world.users["member"]


def test_a_member_is_led_away_from_what_another_entered(
    visit: Visit, app: Flask, world: World
) -> None:
    page = (
        visit("leader").get(f"{LOG}?team={world.teams['village']}").post(typed={"action": "draft"})
    )
    assert visit("member").send("GET", f"{page.url}/edit").location == page.url
    assert "/edit" not in " ".join(visit("member").get(page.url).links.values())


def test_a_stale_form_shows_both_versions_and_then_overwrites_knowingly(
    visit: Visit, app: Flask, world: World
) -> None:
    activity = world.activities["returned"]
    mine, other = visit("member", language="en").get(edit_url(activity)), visit("own")
    other.get(edit_url(activity)).post(
        typed={
            "participant_count": "50",
            "note": "đã sửa",
            "topics": ["payment"],
            "action": "draft",
        }
    )
    answer = mine.post(typed={"participant_count": "31", "action": "draft"}, status=OK)
    assert "Cán Bộ Hòa An saved this in the meantime" in answer.text
    for saved in ("Saved now: 50", "Saved now: đã sửa", "Saved now: Online payment"):
        assert saved in answer.text
    assert 'value="31"' in answer.body.decode()
    assert row_of(app, activity)["participant_count"] == 50
    answer.post(typed={"participant_count": "31", "action": "draft"})
    assert row_of(app, activity)["participant_count"] == 31


def test_a_form_that_names_no_version_is_stale(visit: Visit, app: Flask, world: World) -> None:
    activity = world.activities["draft"]
    held = row_of(app, activity)["held_on"].isoformat()
    answer = visit("own").post_bare(edit_url(activity), {**REACHED, "held_on": held})
    assert answer.status is OK
    assert row_of(app, activity)["participant_count"] == 20


def test_the_days_are_shown_the_vietnamese_way(visit: Visit, world: World) -> None:
    page = visit("member").get(edit_url(world.activities["draft"]))
    assert format_day(today())[:5] in page.text
    assert "10/06/2025" in page.text
