"""What is kept is found again as long as the data stay, in so much memory and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Thread
from types import MappingProxyType
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from tcns.areas.queries import levels_below
from tcns.areas.vocabulary import Level
from tcns.database import db
from tcns.database.kept import MISSING, KeptQuestion, Memory, kept, kept_each, weight
from tcns.permissions.scope import Scope
from tcns.teams.models import Team
from tests.factories import make_area, make_team
from tests.world import World

asked: list[Any] = []


@kept("teams")
def length_of(word: str, day: date | None = None) -> int:
    """A question that tells how often it was really asked."""
    asked.append(word)
    return len(word)


@kept()
def drawn(word: str) -> str:
    """What rests on its argument alone."""
    asked.append(word)
    return word


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


@pytest.mark.usefixtures("context")
@pytest.mark.one_engine
def test_it_is_computed_once_for_the_same_question() -> None:
    assert (length_of("a"), length_of("a"), length_of("bc")) == (1, 1, 2)
    assert asked == ["a", "bc"]


@pytest.mark.usefixtures("context")
@pytest.mark.one_engine
def test_another_argument_or_language_is_another_question() -> None:
    length_of("a")
    length_of("a", date(2024, 1, 1))
    with force_locale("en"):
        length_of("a")
        length_of("a")
    assert asked == ["a"] * 3


def test_what_rests_on_its_arguments_alone_stays_whatever_is_written(
    app: Flask, world: World, make: Any
) -> None:
    for _time in range(2):
        with app.app_context():
            drawn("a")
        make(make_team, world.quiet_village.id)
    assert asked == ["a"]


def test_a_write_to_its_subject_is_seen_and_one_to_another_leaves_it(
    app: Flask, world: World, make: Any
) -> None:
    def ask() -> None:
        with app.app_context():
            length_of("a")

    ask()
    make(make_area, Level.VILLAGE, world.commune.id)
    ask()
    assert asked == ["a"]
    make(make_team, world.quiet_village.id)
    ask()
    assert asked == ["a", "a"]


@pytest.mark.usefixtures("context")
@pytest.mark.one_engine
def test_whoever_writes_is_answered_anew_and_what_they_see_is_not_kept(world: World) -> None:
    day = date(2024, 6, 1)
    before = levels_below(world.commune.id, day)
    db.session.get_one(Team, world.teams["village"]).name = "Tổ khác"
    length_of("a")
    length_of("a")
    db.session.rollback()
    length_of("a")
    assert asked == ["a"] * 3
    assert levels_below(world.commune.id, day) == before


@pytest.mark.one_engine
def test_applications_keep_apart(app: Flask, empty_app: Flask) -> None:
    for each in (app, empty_app, app, empty_app):
        with each.app_context():
            length_of("a")
    assert asked == ["a", "a"]


@dataclass
class Loose:
    """Anybody can change it."""

    name: str


@pytest.mark.parametrize("value", [[1], {"a": 1}, {1}, Loose("a"), (1, [2]), Team()])
def test_what_somebody_could_change_is_not_kept(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot be kept"):
        weight(value)


def test_a_value_weighs_what_is_in_it() -> None:
    small, large = Scope(frozenset({1})), Scope(frozenset(range(1000)))
    assert weight(large) - weight(small) > 10_000
    assert weight(MappingProxyType({"a": 1})) > 0
    assert weight((Level.VILLAGE, date(2024, 1, 1), None, "a", 1.5, True)) > 0


def test_memory_is_bounded_by_entries_and_bytes_and_forgets_what_was_not_asked_for_longest() -> (
    None
):
    memory = Memory(most_entries=3, most_bytes=100)
    for name in "abc":
        memory.keep(name, name.upper(), 10)
    assert memory.find("a") == "A"
    memory.keep("d", "D", 10)
    assert [memory.find(name) for name in "abcd"] == ["A", MISSING, "C", "D"]


def test_a_value_of_more_than_a_quarter_of_the_memory_is_not_kept_and_drives_nothing_out() -> None:
    memory = Memory(most_bytes=100)
    for name in "abcde":
        memory.keep(name, name.upper(), 25)
    assert [memory.find(name) for name in "abcde"] == [MISSING, "B", "C", "D", "E"]
    memory.keep("f", "F", 26)
    memory.keep("e", "larger", 26)
    assert [memory.find(name) for name in "bcdef"] == ["B", "C", "D", MISSING, MISSING]
    assert memory.bytes == 75


def test_kept_again_a_value_is_counted_once() -> None:
    memory = Memory()
    memory.keep("a", "A", 10)
    memory.keep("a", "B", 20)
    assert (memory.find("a"), memory.bytes) == ("B", 20)
    memory.forget()
    assert (memory.find("a"), memory.bytes) == (MISSING, 0)


def test_several_threads_keep_and_find_at_once() -> None:
    memory, faults = Memory(most_entries=20), []

    def work(offset: int) -> None:
        for number in range(2_000):
            key = (number * 7 + offset) % 60
            memory.keep(key, key, 10)
            if memory.find((key + 1) % 60) not in (MISSING, (key + 1) % 60):
                faults.append(key)

    threads = [Thread(target=work, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, memory.bytes, len(memory.entries)) == ([], 200, 20)


def test_of_several_questions_those_whose_subject_was_written_are_answered_anew_together(
    app: Flask, world: World, make: Any
) -> None:
    together: list[list[int]] = []

    def compute(places: Sequence[int]) -> list[str]:
        together.append(list(places))
        return [f"{place}: {len(together)}" for place in places]

    def ask() -> list[str]:
        wanted = ("areas",), ("areas", "teams"), ("teams",)
        with app.app_context():
            return kept_each([KeptQuestion(each, ("a question",)) for each in wanted], compute)

    ask()
    make(make_team, world.quiet_village.id)
    answers = ask()
    make(make_area, Level.VILLAGE, world.commune.id)
    assert ask() == ask() == ["0: 3", "1: 3", answers[2]]
    assert together == [[0, 1, 2], [1, 2], [0, 1]]
