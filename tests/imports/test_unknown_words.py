"""A word that a closed list does not have is asked about once, and means what was answered."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tcns.activities.vocabulary import ActivityKind, Topic
from tcns.imports.applying import Checked
from tcns.imports.rows.spellings import LEAVE, MOST_ASKED
from tcns.imports.vocabulary import Outcome
from tests.imports.conftest import USUAL, Check

pytestmark = pytest.mark.one_engine
HEADINGS = ("Ngày thực hiện", "Thôn", "Loại hoạt động", "Cách thức", "Nội dung", "Lượt người")
Sessions = Callable[..., Checked]


def session(day: int, **differs: str) -> Sequence[str]:
    """A session of a day of March."""
    cells = {"kind": "Tập huấn", "form": "Trực tiếp", "topics": "thanh toán"} | differs
    return [f"{day}/3/2024", "Đồng Tâm", *cells.values(), str(10 + day)]


@pytest.fixture
def check_sessions(check_rows: Check) -> Sessions:
    def checked(*rows: Sequence[str], **answers: Any) -> Checked:
        return check_rows("sessions", HEADINGS, *rows, answers=USUAL | answers)

    return checked


def test_however_many_rows_have_it_a_word_is_one_question_for_all_ways_of_writing_it(
    check_sessions: Sessions,
) -> None:
    rows = [
        session(day, kind=kind) for day, kind in enumerate(("Đá bóng", "ĐÁ BÓNG", "đá  bóng."), 1)
    ]
    checked = check_sessions(*rows, session(9))
    (question,) = checked.questions
    assert (question.key, question.rows) == ("word.kind.da-bong", (2, 3, 4))
    assert [each.outcome for each in checked.findings] == [*[Outcome.QUESTION] * 3, Outcome.NEW]
    values = [option.value for option in question.options]
    assert values[:-1] == [kind.value for kind in ActivityKind], "no kind is left out"


def test_it_means_what_was_answered_and_the_row_says_so(check_sessions: Sessions) -> None:
    checked = check_sessions(session(1, kind="Đá bóng"), **{"word.kind.da-bong": "outreach"})
    (finding,) = checked.findings
    assert (finding.outcome, finding.understood["kind"]) == (Outcome.NEW, "outreach")
    assert [note.key for note in finding.notes if note.column == "kind"] == ["word.kind.da-bong"]


@pytest.mark.parametrize(
    ("answer", "topics"),
    [("safety", [Topic.PAYMENT, Topic.SAFETY]), (LEAVE, [Topic.PAYMENT])],
)
def test_of_several_words_in_a_cell_the_unknown_one_alone_is_asked_about(
    check_sessions: Sessions, answer: str, topics: list[Topic]
) -> None:
    row = session(1, topics="thanh toán; VNeID")
    assert [question.key for question in check_sessions(row).questions] == ["word.topics.vneid"]
    (finding,) = check_sessions(row, **{"word.topics.vneid": answer}).findings
    assert (finding.outcome, finding.understood["topics"]) == (Outcome.NEW, topics)
    assert any("VNeID" in note.message for note in finding.notes), "nothing falls away unseen"


def test_answered_to_be_wrong_it_is_an_error_beside_its_cell(check_sessions: Sessions) -> None:
    checked = check_sessions(session(1, form="bay"), **{"word.form.bay": "refuse"})
    (finding,) = checked.findings
    assert finding.outcome is Outcome.ERROR
    assert [(one.column, "bay" in one.message) for one in finding.problems] == [("form", True)]


def test_a_slip_of_the_pen_is_suggested_and_not_taken(check_sessions: Sessions) -> None:
    checked = check_sessions(session(1, kind="Tập huna"))
    assert checked.questions[0].likely == ActivityKind.TRAINING.value
    assert checked.findings[0].outcome is Outcome.QUESTION


def test_where_a_column_has_many_such_words_each_is_an_error(check_sessions: Sessions) -> None:
    rows = [session(day, topics=f"từ lạ {day}") for day in range(1, MOST_ASKED + 2)]
    checked = check_sessions(*rows)
    assert checked.questions == []
    assert {each.outcome for each in checked.findings} == {Outcome.ERROR}


@pytest.mark.parametrize(
    ("kind", "heading", "value", "answer"),
    [
        ("members", "Vai trò", "sếp", "member"),
        ("members", "Giới tính", "N.", "female"),
        ("villages", "Loại", "phum", "thôn"),
        ("statistics", "Sóng di động", "chập chờn", "0"),
    ],
)
def test_every_closed_list_asks(
    check_rows: Check, kind: str, heading: str, value: str, answer: str
) -> None:
    rows = ("Họ tên", "Thôn", heading), ("Lò Thị Mới", "Đồng Tâm", value)
    (key,) = [q.key for q in check_rows(kind, *rows).questions if q.key.startswith("word.")]
    checked = check_rows(kind, *rows, answers=USUAL | {key: answer})
    assert checked.findings[0].outcome not in (Outcome.ERROR, Outcome.QUESTION)
