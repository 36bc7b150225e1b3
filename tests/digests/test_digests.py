"""Each official of a commune is told once a week what waits there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tcns.activities.models import Activity
from tcns.activities.vocabulary import Status
from tcns.areas.models import Area
from tcns.closings import operations as closings
from tcns.database import db, writing
from tcns.digests.jobs import tell_all_communes
from tcns.digests.queries import digest_of
from tcns.digests.vocabulary import Digest
from tcns.jobs.kinds import EVERY_MORNING
from tcns.notices.models import Notice
from tcns.notices.vocabulary import NoticeKind
from tcns.permissions.scope import EVERYTHING
from tcns.teams.models import Team
from tests.page import Visitor
from tests.world import World


def told(world: World) -> list[Notice]:
    query = select(Notice).where(Notice.id != world.notice).order_by(Notice.id)
    return [one for one in db.session.scalars(query) if one.what is NoticeKind.WEEKLY_DIGEST]


def test_each_official_is_told_once_a_week_of_their_own_commune(app: Flask, world: World) -> None:
    names = {user_id: persona for persona, user_id in world.users.items()}
    with app.app_context():
        with writing():
            db.session.get_one(Notice, world.notice).created_at -= timedelta(days=7)
        assert tell_all_communes() >= 2
        assert tell_all_communes() == 0
        persons = {names[one.user_id]: one.subject_id for one in told(world)}
        assert persons == {"own": world.commune.id, "neighbour": world.neighbour.id}
        with writing():
            for one in told(world):
                one.created_at -= timedelta(days=7)
        assert tell_all_communes() == 2
    assert tell_all_communes in EVERY_MORNING


def test_it_says_what_the_pages_count(app: Flask, world: World) -> None:
    with app.test_request_context(), writing():
        commune = db.session.get_one(Area, world.commune.id)
        digest = digest_of(commune)
        waiting = select(Activity).where(Activity.status == Status.SUBMITTED)
        own = [
            one for one in db.session.scalars(waiting) if one.id != world.activities["neighbour"]
        ]
        assert digest.waiting == len(own)
        assert digest.oldest_day == min((one.held_on for one in own), default=None)
        assert {each.team_id for each in digest.silent} <= set(
            db.session.scalars(select(Team.id).where(EVERYTHING.clause(Team)))
        )
        assert world.teams["neighbour_village"] not in {each.team_id for each in digest.silent}
        month = digest.months[0]
        by = db.session.get_one(Notice, world.notice).user_id
        closings.close_month(commune, month, by=type("By", (), {"id": by}))
        assert digest_of(commune).months == digest.months[1:]
        assert Digest.of_facts(digest.facts()) == digest


@pytest.mark.one_engine
def test_its_page_leads_to_the_lists_of_today(
    app: Flask, visit: Callable[..., Visitor], world: World
) -> None:
    with app.app_context():
        with writing():
            db.session.get_one(Notice, world.notice).created_at -= timedelta(days=7)
        tell_all_communes()
    own = visit("own")
    page = own.get("/notices")
    with app.app_context():
        notice = next(one for one in told(world) if one.user_id == world.users["own"])
    shown = page.post(f"/notices/{notice.id}/open", {})
    assert "Buổi chờ duyệt" in shown.text
    assert "Hòa An" in shown.text
    assert "Tổ không có buổi hoạt động" in shown.text
