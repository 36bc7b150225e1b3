"""The audit trail: what it shows, to whom, and how it is searched."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import pytest
from sqlalchemy import delete

from tcns.accounts.models import User
from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.teams.models import Team
from tests.page import Visitor
from tests.world import World

Visit = Callable[..., Visitor]
Make = Callable[..., Any]


def make_event(event: Event, user_id: int | None, at: datetime, **differs: Any) -> int:
    """An event at a moment."""
    user = db.session.get(User, user_id) if user_id else None
    entry = record(event, by=user, **differs)
    entry.at = at
    db.session.flush()
    return entry.id


@pytest.fixture
def three_events(make: Make, world: World) -> None:
    """A sign-in just before midnight in Vietnam, one just after, and a failed one between."""

    def events() -> None:
        db.session.execute(delete(AuditValue))
        db.session.execute(delete(AuditEvent))
        make_event(Event.SIGNED_IN, world.users["own"], datetime(2025, 6, 10, 16, 59, tzinfo=UTC))
        make_event(Event.SIGN_IN_FAILED, None, datetime(2025, 6, 10, 17, 0, tzinfo=UTC))
        make_event(Event.SIGNED_IN, world.users["leader"], datetime(2025, 6, 10, 17, 1, tzinfo=UTC))

    make(events)


def moments(visit: Visit, query: str = "") -> list[str]:
    """When the listed events were."""
    return [row[1] for row in visit("auditor").get(f"/audit?{query}").rows]


@pytest.mark.usefixtures("three_events")
def test_events_stand_newest_first_in_vietnams_time(visit: Visit) -> None:
    assert moments(visit) == ["11/06/2025 00:01", "11/06/2025 00:00", "10/06/2025 23:59"]


@pytest.mark.usefixtures("three_events")
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("event=sign-in:created", 2),
        ("event=sign-in:failed", 1),
        ("actor=xa.02301", 1),
        ("actor=nobody", 0),
        ("from=2025-06-11", 2),
        ("to=2025-06-10", 1),
        ("from=2025-06-10&to=2025-06-11", 3),
        ("from=x", 3),
        ("event=x&actor=%00", 3),
        ("from=0001-01-01&to=9999-12-31", 3),
    ],
)
def test_events_are_found_by_kind_by_actor_and_by_day(visit: Visit, query: str, count: int) -> None:
    assert len(moments(visit, query)) == count


def test_an_event_shows_every_value_before_and_after(
    visit: Visit, make: Make, world: World
) -> None:
    changes = {"full_name": ("Ma Văn Đực", "Ma Văn Đức"), "note": (None, "<b>x</b>")}
    moment = datetime(2025, 6, 10, tzinfo=UTC)
    area = world.commune.id
    event = make(
        make_event, Event.LIST_EXPORTED, world.users["own"], moment, area_id=area, changes=changes
    )
    page = visit("administrator", language="en").get(f"/audit/{event}")
    assert page.rows == [["Full name", "Ma Văn Đực", "Ma Văn Đức"], ["Note", "–", "<b>x</b>"]]
    assert "Xã Hòa An" in page.text
    assert "xa.02301" in page.links


def test_an_event_leads_to_the_record_it_is_about(visit: Visit, make: Make, world: World) -> None:
    def of_team() -> int:
        team = db.session.get_one(Team, world.teams["village"])
        moment = datetime(2025, 6, 10, tzinfo=UTC)
        return make_event(Event.TEAM_CORRECTED, world.users["own"], moment, on=team)

    page = visit("auditor", language="en").get(f"/audit/{make(of_team)}")
    assert f"/teams/{world.teams['village']}" in page.links.values()


def test_the_trail_names_the_records_it_is_about(visit: Visit, make: Make, world: World) -> None:
    def of_team_and_account() -> None:
        moment = datetime(2025, 6, 10, tzinfo=UTC)
        own = world.users["own"]
        make_event(
            Event.TEAM_CORRECTED, own, moment, on=db.session.get_one(Team, world.teams["village"])
        )
        make_event(Event.ACCOUNT_DISABLED, own, moment, on=db.session.get_one(User, own))

    make(of_team_and_account)
    named = {row[0]: row[3] for row in visit("auditor", language="en").get("/audit").rows}
    assert f"Team {world.teams['village']}" in named["Team corrected"]
    assert "Tổ" in named["Team corrected"]
    assert "Cán Bộ Hòa An" in named["Account closed"]


def test_the_trail_is_for_administrators_and_auditors_alone(visit: Visit, world: World) -> None:
    for persona in ("own", "reviewer", "district", "leader", "member"):
        visit(persona).get("/audit", HTTPStatus.FORBIDDEN)
    visit("auditor").get("/audit/987654", HTTPStatus.NOT_FOUND)
