"""The forms of teams and members, as an official of Hòa An fills them in."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from flask import Flask

from tcns.areas.models import AreaName
from tcns.clock import today
from tcns.teams.members.person_queries import KnownPerson
from tcns.teams.models import EstablishingDecision, Membership, Person, Team
from tests.databases import fingerprint
from tests.page import Visitor
from tests.teams.lifecycle.forms import rows_of
from tests.world import World

ESTABLISH = "/teams/establish"
HEAD = {
    "number": "99/QĐ-UBND",
    "issued_on": "2024-03-10",
    "issuer": "UBND xã Hòa An",
    "summary": "Thành lập tổ",
}


def new_member(world: World, team: str = "village") -> str:
    return f"/teams/{world.teams[team]}/members/add"


# Establishing


def test_one_decision_registers_a_listed_and_a_new_village(
    app: Flask, world: World, official: Visitor
) -> None:
    page = official.get(ESTABLISH)
    done = page.post(
        typed={
            **HEAD,
            "areas": [str(world.quiet_village.id)],
            "village_0_name": "  Bản   Mới ",
            "village_0_kind": "bản",
        }
    )
    assert done.heading == "Decision No. 99/QĐ-UBND"
    names = [row[0] for row in done.rows]
    assert names == [
        "Tổ công nghệ số cộng đồng bản Bản Mới",
        "Tổ công nghệ số cộng đồng thôn Khuôn Trú",
    ]
    (added,) = rows_of(app, AreaName, AreaName.name == "Bản Mới")
    assert (added.kind, str(added.valid_from)) == ("bản", "2024-03-10")


def test_from_the_page_of_a_village_its_box_is_ticked(world: World, official: Visitor) -> None:
    page = official.get(f"/areas/{world.quiet_village.code}").click("Register a team")
    done = page.post(typed={**HEAD, "first_day": "2024-03-15"})
    assert done.heading == "Tổ công nghệ số cộng đồng thôn Khuôn Trú"
    assert "15/03/2024" in done.text


def test_a_decision_on_file_can_be_chosen(app: Flask, world: World, official: Visitor) -> None:
    chosen = str(world.decisions["commune"])
    typed = {"decision": chosen, "areas": [str(world.quiet_village.id)]}
    before = len(rows_of(app, EstablishingDecision))
    official.get(ESTABLISH).post(typed=typed)
    assert len(rows_of(app, EstablishingDecision)) == before
    (team,) = rows_of(app, Team, Team.area_id == world.quiet_village.id)
    assert str(team.valid_from) == "2022-04-21", "the day of the decision"


def test_more_rows_keep_what_was_typed_and_write_nothing(app: Flask, official: Visitor) -> None:
    before = fingerprint(app)
    page = official.get(ESTABLISH)
    fields = {"number": "5/QĐ", "village_0_name": "Bản Mới", "more": "1"}
    again = page.post(typed=fields, status=HTTPStatus.OK)
    text = again.body.decode()
    assert 'value="5/QĐ"' in text
    assert 'value="Bản Mới"' in text
    assert "village_5_name" in text
    assert not again.field_errors
    assert fingerprint(app) == before


def test_everything_wrong_is_said_at_once_beside_its_field(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    page = official.get(ESTABLISH).post(
        typed={
            "number": "",
            "issued_on": tomorrow,
            "summary": "\u200b",
            "first_day": "2024-03-15",
            "areas": [str(world.village.id)],
            "village_0_name": "Nà Đình",
            "village_0_kind": "bản",
        },
        status=HTTPStatus.OK,
    )
    assert set(page.field_errors) == {
        "number",
        "issued_on",
        "summary",
        "second_reason",
        "village_0_name",
    }
    assert fingerprint(app) == before


def test_the_area_or_decision_of_another_commune_writes_nothing(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    foreign = {
        "areas": str(world.neighbour_village.id),
        "decision": str(world.decisions["neighbour"]),
    }
    for name, value in foreign.items():
        fields = {**HEAD, "rows": "1", "areas": str(world.quiet_village.id), name: value}
        page = official.post_bare(ESTABLISH, fields).expect(HTTPStatus.OK)
        assert "Kim Tước" not in page.body.decode()
    for code in (world.neighbour.code, world.neighbour_village.code, "071", "x", "%00"):
        url = f"{ESTABLISH}?area={code}"
        official.post_bare(url, {**HEAD, "areas": str(world.quiet_village.id)}).expect(
            HTTPStatus.NOT_FOUND
        )
    assert fingerprint(app) == before


def test_extra_fields_write_nothing(app: Flask, world: World, official: Visitor) -> None:
    fields = {**HEAD, "areas": str(world.quiet_village.id), "area_id": str(world.village.id)}
    extra = {"valid_to": "2024-01-01", "merged_into_id": "1", "id": "1", "second_reason": ""}
    official.post_bare(ESTABLISH, fields | extra)
    (team,) = rows_of(app, Team, Team.area_id == world.quiet_village.id)
    assert (team.valid_to, team.merged_into_id) == (None, None)


# Members


def test_three_members_in_a_row(world: World, official: Visitor) -> None:
    official.get(ESTABLISH).post(typed={**HEAD, "areas": [str(world.quiet_village.id)]})
    page = official.get("/teams?q=khuon+tru").click("Tổ công nghệ số cộng đồng thôn Khuôn Trú")
    page = page.click("Add members")
    for name in ("Lê Văn An", "Lê Thị Bình"):
        page = page.post(typed={"full_name": name, "phone": "0912.345.678", "another": "1"})
    page = page.post(typed={"full_name": "Lê Thị Chín"})
    rows = [row[:2] for row in page.rows if len(row) > 3]
    assert rows == [["Lê Văn An", "Leader"], ["Lê Thị Bình", "Member"], ["Lê Thị Chín", "Member"]]
    assert all("10/03/2024" in row for row in page.rows[:3]), "all since the team's first day"


def test_a_second_leader_is_offered_as_a_change(
    app: Flask, world: World, official: Visitor
) -> None:
    fields = {"full_name": "Sằm Văn Mới", "role": "leader", "first_day": "2024-03-15"}
    page = official.get(new_member(world)).post(typed=fields, status=HTTPStatus.OK)
    assert not page.field_errors
    assert "from 15/03/2024 on Hoàng Văn Sính is a member" in page.text
    done = page.post(typed={"replaces_leader": "y"})
    assert "Sằm Văn Mới is in the team as leader from 15/03/2024 on." in done.text
    (old,) = rows_of(app, Membership, Membership.id == world.memberships["leader"])
    assert str(old.last_day) == "2024-03-14"


def test_somebody_known_is_shown_by_name_and_commune_only(
    app: Flask, world: World, official: Visitor
) -> None:
    before = len(rows_of(app, Person))
    fields = {"full_name": "Lò Kim Tước", "phone": "+84 999 123 456", "first_day": "2024-03-15"}
    page = official.get(new_member(world)).post(typed=fields, status=HTTPStatus.OK)
    assert "The same: Lò Kim Tước, Xã Kim Tước" in page.text
    assert "Tổ công nghệ số cộng đồng Kim Tước" not in page.text
    page.post(typed={"known": str(world.persons["neighbour"])})
    assert len(rows_of(app, Person)) == before
    joined = Membership.person_id == world.persons["neighbour"]
    assert len(rows_of(app, Membership, joined)) == 2


def test_somebody_else_of_the_same_name_is_a_new_person(
    app: Flask, world: World, official: Visitor
) -> None:
    before = len(rows_of(app, Person))
    fields = {"full_name": "Lò Kim Tước", "phone": "0999123456", "first_day": "2024-03-15"}
    page = official.get(new_member(world)).post(typed=fields, status=HTTPStatus.OK)
    page.post(typed={"known": "new"})
    assert len(rows_of(app, Person)) == before + 1


@pytest.mark.parametrize("phone", ["", "0999123457"])
def test_a_name_alone_tells_nothing_of_another_commune(
    world: World, official: Visitor, phone: str
) -> None:
    fields = {"full_name": "Lò Kim Tước", "phone": phone, "first_day": "2024-03-15"}
    done = official.get(new_member(world)).post(typed=fields)
    assert "is in the team as member" in done.text


def test_a_person_who_was_not_offered_cannot_be_added(
    app: Flask, world: World, official: Visitor
) -> None:
    fields = {"full_name": "Lò Kim Tước", "phone": "0999123456", "first_day": "2024-03-15"}
    before = fingerprint(app)
    for other in (world.persons["neighbour_village"], 0, "x", -1, 10**30):
        typed = fields | {"role": "member", "known": str(other)}
        official.post_bare(new_member(world), typed).expect(HTTPStatus.OK)
    assert fingerprint(app) == before


@pytest.mark.parametrize(
    ("name", "phone", "year"),
    [
        ("LÝ THỊ MẨY", "", ""),
        ("Lí Thị Mẩy", "", ""),
        ("Ly Thi May", "0912345678", "1999"),
        ("Lý Thị Mâyy", "0912000002", ""),
        ("Lý Mẩy", "0912000002", ""),
    ],
)
def test_it_is_asked_of_whoever_of_the_team_may_be_meant(
    app: Flask, world: World, official: Visitor, name: str, phone: str, year: str
) -> None:
    before = fingerprint(app)
    fields = {"full_name": name, "phone": phone, "birth_year": year, "first_day": "2024-03-15"}
    page = official.get(new_member(world)).post(typed=fields, status=HTTPStatus.OK)
    assert "Say whether it is the same person or a new one." in page.text
    assert "The same: Lý Thị Mẩy, in this team already" in page.text
    assert not [each for each in page.tree.iter("input") if each.get("checked") is not None]
    assert fingerprint(app) == before


def test_of_somebody_who_is_in_the_team_it_is_said_that_they_are(
    app: Flask, world: World, official: Visitor
) -> None:
    fields = {"full_name": "Ly Thi May", "role": "member", "first_day": "2024-03-15"}
    page = official.get(new_member(world)).post(typed=fields, status=HTTPStatus.OK)
    before = fingerprint(app)
    told = page.post(typed={"known": str(world.persons["member"])}, status=HTTPStatus.OK)
    assert "is in this team at that time already" in told.text
    assert fingerprint(app) == before


def test_the_answer_is_remembered_while_other_faults_are_mended(
    app: Flask, world: World, official: Visitor
) -> None:
    before = len(rows_of(app, Person))
    fields = {"full_name": "Ly Thi May", "role": "member", "first_day": "2021-01-01"}
    page = official.get(new_member(world)).post(typed=fields, status=HTTPStatus.OK)
    page = page.post(typed={"known": "new"}, status=HTTPStatus.OK)
    assert set(page.field_errors) == {"first_day"}
    page.post(typed={"first_day": "2024-03-15"})
    assert len(rows_of(app, Person)) == before + 1


def test_an_answer_about_one_person_is_none_about_another(
    app: Flask, world: World, official: Visitor
) -> None:
    fields = {"full_name": "Ly Thi May", "role": "member", "first_day": "2024-03-15"}
    page = official.get(new_member(world)).post(typed=fields, status=HTTPStatus.OK)
    before = fingerprint(app)
    other = {"full_name": "Nong Thi Hoa", "known": "new"}
    page = page.post(typed=other, status=HTTPStatus.OK)
    assert "The same: Nông Thị Hòa" in page.text
    assert "Say whether it is the same person or a new one." in page.text
    assert fingerprint(app) == before


def test_who_came_on_file_just_now_is_asked_about(
    app: Flask, world: World, official: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = iter([[], [KnownPerson(world.persons["member"], "Lý Thị Mẩy", "")]])
    monkeypatch.setattr("tcns.teams.members.views.known_persons", lambda *_: next(asked))
    before = fingerprint(app)
    fields = {"full_name": "Sằm Văn Mới", "role": "member", "first_day": "2024-03-15"}
    told = official.get(new_member(world)).post(typed=fields, status=HTTPStatus.OK)
    assert "Somebody like this has come on file just now" in told.text
    assert fingerprint(app) == before


def test_faults_of_fields_and_of_rules_are_said_together(
    app: Flask, world: World, official: Visitor
) -> None:
    before = fingerprint(app)
    page = official.get(new_member(world)).post(
        typed={
            "full_name": " ",
            "phone": "091234567",
            "birth_year": "ninety",
            "role": "leader",
            "first_day": (today() + timedelta(days=1)).isoformat(),
        },
        status=HTTPStatus.OK,
    )
    assert set(page.field_errors) == {"full_name", "phone", "birth_year", "first_day"}
    assert "Hoàng Văn Sính" in page.text, "and the change of leader is offered"
    assert 'value="091234567"' in page.body.decode(), "nothing typed is lost"
    assert fingerprint(app) == before


def test_a_large_team_is_warned_of_and_saved(app: Flask, world: World, official: Visitor) -> None:
    page = official.get(new_member(world))
    for number in range(3):
        name = f"Lê Văn {'ABC'[number]}"
        page = page.post(typed={"full_name": name, "first_day": "2024-03-15", "another": "1"})
    assert "The team has 6 members; usually it has 5 at most." in page.text


def test_names_are_kept_as_typed_but_tidied(app: Flask, world: World, official: Visitor) -> None:
    typed = "  nguyễn  Thị\u200b HÒA\t"  # decomposed, spaced, with a zero-width space
    official.get(new_member(world)).post(typed={"full_name": typed, "first_day": "2024-03-15"})
    assert rows_of(app, Person, Person.full_name == "nguyễn Thị HÒA")


# Roles, ends, putting right, taking back


def part(world: World, what: str, who: str = "deputy") -> str:
    return f"/memberships/{world.memberships[who]}/{what}"


def test_a_role_is_changed_from_the_page_of_the_team(world: World, official: Visitor) -> None:
    page = official.get(part(world, "role"))
    done = page.post(typed={"role": "member", "first_day": "2024-03-15"})
    assert "Nông Thị Hòa is in the team as member from 15/03/2024 on." in done.text


def test_a_membership_is_ended_with_a_last_day(world: World, official: Visitor) -> None:
    done = official.get(part(world, "end")).post(typed={"last_day": "2024-03-15"})
    assert "from 01/05/2022 to 15/03/2024" in done.text


def test_days_are_put_right(world: World, official: Visitor) -> None:
    page = official.get(part(world, "correct"))
    done = page.post(typed={"first_day": "2022-06-01", "last_day": ""})
    assert "since 01/06/2022" in done.text


def test_a_membership_is_taken_back(app: Flask, world: World, official: Visitor) -> None:
    page = official.get(part(world, "withdraw", "hamlet_member"))
    done = page.post()
    assert "is removed" in done.text
    gone = Membership.id == world.memberships["hamlet_member"]
    assert not rows_of(app, Membership, gone)


def test_a_person_is_put_right(world: World, official: Visitor) -> None:
    page = official.get(f"/persons/{world.persons['deputy']}").click("Correct")
    done = page.post(typed={"full_name": "Nông Thị Hoà", "birth_year": "1985"})
    assert done.heading == "Nông Thị Hoà"


def test_a_team_is_put_right_and_dissolved(world: World, official: Visitor) -> None:
    url = f"/teams/{world.teams['hamlet']}"
    done = official.get(f"{url}/correct").post(typed={"name": "Tổ bản Nà Đình"})
    assert done.heading == "Tổ bản Nà Đình"
    done = official.get(f"{url}/dissolve").post(typed={**HEAD, "last_day": "2025-06-30"})
    assert "Tổ bản Nà Đình existed until 30/06/2025." in done.text
    assert "No. 99/QĐ-UBND of 10/03/2024" in done.text


def test_a_decision_is_put_right(world: World, official: Visitor) -> None:
    page = official.get(f"/decisions/{world.decisions['commune']}/correct")
    assert page.post(typed={"number": "13/QĐ-UBND"}).heading == "Decision No. 13/QĐ-UBND"


def test_a_stale_save_shows_both_versions(world: World, official: Visitor) -> None:
    url = f"/persons/{world.persons['deputy']}/correct"
    first, second = official.get(url), official.get(url)
    first.post(typed={"full_name": "Nông Thị Một"})
    stale = second.post(typed={"full_name": "Nông Thị Hai"}, status=HTTPStatus.OK)
    assert "Nông Thị Một" in stale.text
    assert 'value="Nông Thị Hai"' in stale.body.decode()
    assert stale.post().heading == "Nông Thị Hai"
