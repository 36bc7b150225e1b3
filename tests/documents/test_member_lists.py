"""All lists of members in one ZIP: of whom the starter may have them, limited, and on record."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

import pytest
from flask import Flask

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.audit.models import AuditEvent
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.documents.jobs import MEMBER_LISTS, order_member_lists, write_member_lists
from tcns.errors import RuleViolation
from tcns.files.store import file_store
from tcns.jobs.models import Job
from tcns.permissions.vocabulary import Permission
from tests.letters.samples import text_in
from tests.page import Visitor
from tests.world import CANARIES, World

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.one_engine
PHONE = "0912 000 001"


def ordered(world: World, persona: str, place: str, *, with_phones: bool = False) -> Job:
    """The job of a persona who orders the lists of a place."""
    user = db.session.get_one(User, world.users[persona])
    area = db.session.get_one(Area, world.places[place].id)
    scope = user.scope_for(Permission.PERSON_EXPORT)
    return order_member_lists(scope, area, with_phones=with_phones, by=user)


def written(job: Job) -> dict[str, str]:
    """The texts of the lists that a job writes, by their names in the ZIP."""
    result = write_member_lists(job, lambda _done, _total: None)
    with zipfile.ZipFile(io.BytesIO(file_store().read(result["file_key"]))) as file:
        assert result["count"] == len(file.namelist())
        return {name: text_in(file.read(name)) for name in file.namelist()}


def test_a_commune_gets_a_list_of_each_team_and_nothing_of_a_neighbour(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        lists = written(ordered(world, "own", "commune"))
        text = "".join(lists.values())
        assert len(lists) == 3, "one for each team"
        assert [name for name in ("Hoàng Văn Sính", "Ma Văn Đức", "Đặng Văn Ba") if name in text]
        assert "Triệu Văn Cũ" not in text, "who left is not listed"
        assert PHONE not in text
        assert [word for word in CANARIES if word in text] == []
        assert PHONE in "".join(
            written(ordered(world, "own", "commune", with_phones=True)).values()
        )


def test_a_province_gets_a_list_of_each_commune_with_the_persons_that_are_on_record(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        job = ordered(world, "administrator", "province")
        event = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
        assert event is not None and event.event == Event.LIST_EXPORTED
        told = {value.field: value.new for value in event.values}
        lists = written(job)
        rows = sum(int(text.split(" lượt thành viên")[0].split()[-1]) for text in lists.values())
        assert told["rows"] == str(rows)
        assert any("Hoàng Văn Sính" in text for text in lists.values())
        assert len(lists) > 1, "one for each commune that has members"


def test_lists_are_not_written_for_who_lost_the_right_or_where_more_persons_came(
    app: Flask, world: World
) -> None:
    with app.test_request_context():
        job = ordered(world, "own", "commune")
        job.parameters = job.parameters | {"persons": 1}
        with pytest.raises(RuleViolation):
            write_member_lists(job, lambda _done, _total: None)
        job = ordered(world, "own", "commune")
        job.by_id = world.users["neighbour"]
        with pytest.raises(RuleViolation):
            write_member_lists(job, lambda _done, _total: None)


def test_more_than_the_limit_of_a_day_is_refused_on_the_page(
    app: Flask, visit: Visit, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TCNS", replace(app.config["TCNS"], personal_rows_a_day=2))
    url = f"/areas/{world.commune.code}/documents/all-members"
    page = visit("own").get(url).post(url, {}, status=HTTPStatus.OK)
    assert "tối đa 2 dòng" in page.text
    with app.app_context():
        assert not db.session.query(Job).filter(Job.kind == MEMBER_LISTS).count()
