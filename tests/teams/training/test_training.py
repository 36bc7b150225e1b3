"""Training: declared by members, verified by the official where they are kept."""

from http import HTTPStatus

import pytest

from tcns.accounts.models import User
from tcns.clock import today
from tcns.database import db
from tcns.teams.models import Training
from tcns.teams.training.operations import (
    TrainingText,
    correct_training,
    declare_training,
    verify_training,
    withdraw_training,
)
from tests.page import Visitor
from tests.teams.conftest import LATER, Book, Visit, changes, events, refused
from tests.world import World

TEXT = TrainingText("MOOC", "Chữ ký số", LATER, "CN-12")
TYPED = {
    "course": "Chữ ký số",
    "platform": "Bình dân học vụ số",
    "finished_on": str(LATER),
    "certificate_number": "CN-12",
}


def user(book: Book, persona: str) -> User:
    return db.session.get_one(User, book.world.users[persona])


def training(book: Book) -> Training:
    return db.session.get_one(Training, book.world.training)


# The rules


def test_what_a_member_declares_is_self_declared(book: Book) -> None:
    made = declare_training(book.person("member"), TEXT, by=user(book, "member"))
    assert (made.verified_at, made.verified_by_id) == (None, None)
    (event,) = events("training:declared")
    assert event.area_id == book.area("village").id
    value = {field: new for field, (_old, new) in changes(event).items()}
    assert value == {
        "person": str(book.world.persons["member"]),
        "platform": "MOOC",
        "course": "Chữ ký số",
        "finished_on": "2024-03-15",
        "certificate_number": "CN-12",
    }


def test_what_the_official_records_is_verified(book: Book) -> None:
    made = declare_training(book.person("deputy"), TEXT, by=book.official)
    assert made.verified_by_id == book.official.id
    assert made.verified_at


@pytest.mark.parametrize("persona", ["leader", "neighbour", "district", "auditor"])
def test_nobody_else_declares_or_changes_training(book: Book, persona: str) -> None:
    by = user(book, persona)
    with refused(None):
        declare_training(book.person("member"), TEXT, by=by)
    with refused(None):
        correct_training(training(book), TEXT, by=by)
    with refused(None):
        verify_training(training(book), by=by)
    with refused(None):
        withdraw_training(training(book), by=by)


def test_a_member_changes_what_is_not_verified_yet_and_nothing_after(book: Book) -> None:
    member, course = user(book, "member"), training(book)
    correct_training(course, TEXT, by=member)
    verify_training(course, by=book.official)
    with refused(None):
        correct_training(course, TEXT, by=member)
    with refused(None):
        withdraw_training(course, by=member)
    with refused(None):
        verify_training(course, by=user(book, "administrator"))
    correct_training(course, TrainingText("MOOC", "Khác", LATER), by=book.official)
    assert course.verified_at
    withdraw_training(course, by=book.official)
    db.session.flush()
    assert db.session.get(Training, book.world.training) is None
    kinds = [event.event for event in events(*(f"training:{verb}" for verb in VERBS))]
    assert kinds == [f"training:{verb}" for verb in VERBS]


VERBS = ("corrected", "verified", "corrected", "withdrawn")


def test_nobody_verifies_their_own(book: Book) -> None:
    own = book.person("official")
    own.user_id = book.official.id
    course = declare_training(own, TEXT, by=book.official)
    assert course.verified_at is None
    with refused(None):
        verify_training(course, by=book.official)
    verify_training(course, by=user(book, "administrator"))


def test_the_same_course_on_the_same_day_is_on_file_once(book: Book) -> None:
    person, member = book.person("member"), user(book, "member")
    declare_training(person, TEXT, by=member)
    with refused("course"):
        declare_training(person, TrainingText("mooc", "CHU KY SO", LATER), by=member)
    with refused("finished_on"):
        declare_training(person, TrainingText("MOOC", "Mai", today().replace(year=2999)), by=member)


# The pages


def test_a_member_comes_from_home_to_their_page_and_declares_a_course(
    visit: Visit, world: World
) -> None:
    home = visit("member", language="en").get("/")
    page = home.click("My page: memberships, training, sessions helped at")
    form = page.click("Add training")
    done = form.post(typed=TYPED)
    assert "The course Chữ ký số is added." in done.text
    assert done.url == f"/persons/{world.persons['member']}"
    assert ["Chữ ký số", "Bình dân học vụ số", "15/03/2024", "CN-12", "Self-declared"] in [
        row[:5] for row in done.rows
    ]


def test_the_official_verifies_with_one_press(visit: Visit, world: World) -> None:
    url = f"/persons/{world.persons['member']}"
    page = visit("own", language="en").get(url)
    done = page.post(f"/training/{world.training}/verify")
    assert "is verified" in done.text
    assert "Verified" in done.rows[1]
    member = visit("member", language="en").get(url)
    assert "Correct: Kỹ năng số cơ bản" not in member.links
    history = visit("own", language="en").get(f"{url}/history")
    assert "Training verified" in history.text


def test_what_was_changed_meanwhile_is_not_verified_unseen(visit: Visit, world: World) -> None:
    official = visit("own", language="en").get(f"/persons/{world.persons['member']}")
    form = visit("member", language="en").get(f"/training/{world.training}/correct")
    form.post(typed={"course": "Khóa khác"})
    answer = official.post(f"/training/{world.training}/verify")
    assert "saved this in the meantime" in answer.text
    assert "Self-declared" in answer.rows[1]


def test_training_entered_by_mistake_is_taken_back(visit: Visit, world: World) -> None:
    form = visit("member", language="en").get(f"/training/{world.training}/correct")
    done = form.click("Entered by mistake? Remove it").post()
    assert "No course yet." in done.text
    history = visit("own", language="en").get(f"/persons/{world.persons['member']}/history")
    assert "Training removed" in history.text


GARBAGE = [
    ({"course": " "}, "course"),
    ({"platform": "\u200b‌"}, "platform"),
    ({"course": "a" * 201}, "course"),
    ({"finished_on": ""}, "finished_on"),
    ({"finished_on": "hôm qua"}, "finished_on"),
    ({"finished_on": "2999-01-01"}, "finished_on"),
    ({"finished_on": "0001-01-01"}, "finished_on"),
    ({"certificate_number": "9" * 300}, "certificate_number"),
]


@pytest.mark.parametrize(("typed", "field"), GARBAGE)
def test_garbage_is_said_beside_its_field_and_kept(
    visit: Visit, world: World, typed: dict[str, str], field: str
) -> None:
    url = f"/persons/{world.persons['member']}/training/declare"
    member: Visitor = visit("member")
    answer = member.get(url).post(typed={**TYPED, **typed}, status=HTTPStatus.OK)
    assert list(answer.field_errors) == [field]


@pytest.mark.parametrize(
    "course", ["<script>alert(1)</script>", "'; DROP TABLE training; --", "😀"]
)
def test_signs_are_only_text(visit: Visit, world: World, course: str) -> None:
    url = f"/persons/{world.persons['member']}/training/declare"
    done = visit("member").get(url).post(typed={**TYPED, "course": f"A {course}"})
    assert f"A {course}" in done.text
