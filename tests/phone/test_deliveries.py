"""However sessions are delivered, late, twice, in any order or not at all: the end is the same."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from tcns.accounts.models import User
from tcns.activities.models import Activity
from tcns.database import db
from tcns.phone.operations import Received, receive_session
from tcns.phone.queries import session_sent_as
from tcns.phone.vocabulary import Outcome
from tcns.teams.models import Team
from tests.activities.entering import count_of, text
from tests.page import Visitor
from tests.phone.sending import Phone, session_of, told
from tests.races.together import ROUNDS, together
from tests.torture import IS_TORTURE
from tests.world import World

HISTORIES = 10_000 if IS_TORTURE else 25
POSTS = 50


@dataclass
class Item:
    """A session in the queue: how many took part, and whether the server is known to have it."""

    key: str
    count: int
    replaces: int | None = None
    is_settled: bool = False


class Deliveries(RuleBasedStateMachine):
    """One phone, one server, and between them a network that does whatever it likes."""

    def __init__(self, app: Flask, world: World) -> None:
        super().__init__()
        self.context = app.app_context()
        self.context.push()
        self.team = db.session.get_one(Team, world.teams["village"])
        self.user = db.session.get_one(User, world.users["member"])
        self.before = self.row_count()
        self.items: list[Item] = []

    def teardown(self) -> None:
        """Signal at last: everything is sent until it is settled; then look at what is on file."""
        for item in self.items:
            while not item.is_settled:
                self.answer(item, replace(item), self.deliver(item), mine=True)
        on_file = {item.key: self.on_file(item.key) for item in self.items}
        wanted = {item.key: item.count for item in self.items}
        count = self.row_count() - self.before
        db.session.rollback()
        self.context.pop()
        assert on_file == wanted
        assert count == len(wanted)

    def row_count(self) -> int:
        return db.session.scalar(select(func.count()).select_from(Activity)) or 0

    def on_file(self, key: str) -> int | None:
        known = session_sent_as(key)
        return known.participant_count if known else None

    def deliver(self, sent: Item) -> Received:
        """What the server makes of one delivery."""
        content = text(participant_count=sent.count)
        facts = {"client_key": sent.key, "by": self.user, "replaces": sent.replaces}
        received = receive_session(self.team, content, **facts)
        db.session.flush()
        return received

    def answer(self, item: Item, sent: Item, received: Received, *, mine: bool) -> None:
        """The answer reaches the phone, which listens only to that of what it holds now."""
        if item.is_settled or sent != item:
            return
        if received.outcome is Outcome.ACCEPTED:
            item.is_settled = True
        elif mine:
            item.replaces = received.activity.version
        else:
            item.count, item.is_settled = received.activity.participant_count, True

    queued = Bundle("queued")
    under_way = Bundle("under_way")

    @rule(target=queued, count=st.integers(1, 9))
    def log(self, count: int) -> Item:
        item = Item(str(uuid4()), count)
        self.items.append(item)
        return item

    @precondition(lambda self: self.items)
    @rule(item=queued, count=st.integers(1, 9))
    def edit(self, item: Item, count: int) -> None:
        if not item.is_settled and item.replaces is None:
            item.count = count

    @rule(target=under_way, item=queued)
    def send(self, item: Item) -> tuple[Item, Item]:
        return item, replace(item)

    @rule(message=under_way, mine=st.booleans())
    def arrive_and_be_answered(self, message: tuple[Item, Item], *, mine: bool) -> None:
        item, sent = message
        self.answer(item, sent, self.deliver(sent), mine=mine)

    @rule(message=under_way)
    def arrive_and_lose_the_answer(self, message: tuple[Item, Item]) -> None:
        self.deliver(message[1])

    @rule(message=consumes(under_way))
    def be_lost(self, message: tuple[Item, Item]) -> None:
        """Neither the server nor the phone hears of it again."""


@pytest.mark.one_engine
def test_however_they_are_delivered_the_end_is_as_if_each_came_once_and_in_order(
    app: Flask, world: World
) -> None:
    run_state_machine_as_test(
        lambda: Deliveries(app, world),
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("_round", range(max(1, ROUNDS // 10)))
def test_fifty_deliveries_of_one_session_at_once_are_one_row_and_one_answer(
    visit: Callable[..., Visitor], app: Flask, world: World, _round: int
) -> None:
    session, before = session_of(world.teams["village"]), count_of(app)
    phones = [Phone(visit("member", is_inspecting=False)) for _each in range(POSTS)]
    answers = together(*(lambda phone=phone: phone.hand_in(session) for phone in phones))
    assert {answer.status.value for answer in answers} == {200}
    said = {(each["outcome"], each["address"]) for each in map(told, answers)}
    assert len(said) == 1
    assert said.pop()[0] == "accepted"
    assert count_of(app) == before + 1
