"""Bad rows and broken files, as many as chance makes: nothing fails, hangs, or is half taken in.

`make test` feeds 2,000 rows and 60 files, `make torture` ten times and five times as many.
"""

import random
import time
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.database import db, writing
from tcns.imports.applying import Decided, carry_out, check, plan_of
from tcns.imports.checking import FileToCheck
from tcns.imports.headings import Layout, Matching
from tcns.imports.kinds.catalogue import KINDS, kind_of
from tcns.imports.rows.spellings import WORD
from tcns.imports.vocabulary import Likeness, Outcome
from tcns.spreadsheets.reading import PATIENCE_SECONDS, SheetRow, Unreadable, read_sheets
from tcns.undo.models import Reversible
from tcns.undo.operations import reverse
from tests.imports.broken import break_file, sound_files
from tests.imports.files import everything
from tests.torture import IS_TORTURE
from tests.world import World

ROWS, FILES = (20_000, 300) if IS_TORTURE else (2_000, 60)
ROWS_A_FILE = 50

NAMES = ["Lò Thị Mới", "Hoàng Văn Sính", "Nông Thị Hoà", "Ly Thi May", "Lý Thị Mẩy", "Tổng cộng"]
PLACES = ["Đồng Tâm", "thôn đồng tâm", "Nà Đình", "Khuôn Trú", "Nà Kim Tước", "Hòa An", "X.Hoà An"]
WORDS = ["tổ trưởng", "TT", "tổ phó", "thành viên", "Hội LHPN", "12/QĐ", "Bản", "tổ dân phố"]
DAYS = ["01/05/2022", "30/06/2025", "31/02/2024", "1/1/24", "45352", "2024-05-01", "01/01/2099"]
NUMBERS = ["912345678", "0912 345 678", "84912345678", "1985", "1.120", "-1", "1e9", "0"]
# What people do write in a column; any column may hold anything as well.
FITTING = {
    "name": NAMES,
    "village": PLACES,
    "commune": ["Hòa An", "xã Hoà An", "", "Kim Tước"],
    "phone": NUMBERS,
    "birth_year": ["1985", "", "12/05/1990", "85"],
    "role": WORDS[:4],
    "kind": ["thôn", "Bản", "", "Tập huấn", "tuyên truyền"],
    "held_on": DAYS,
    "form": ["Trực tiếp", "tại nhà"],
    "topics": ["", "thanh toán, DVCTT"],
    "helpers": ["", *NAMES],
    "participant_count": ["25", "1.120 người", "", "0"],
    "household_count": ["", "12", "500"],
    "since": DAYS,
    "until": ["", "", "30/06/2025", "01/05/2022"],
    "number": ["12/QĐ"],
    "issued_on": ["01/02/2024", "31/02/2024"],
    "issuer": ["UBND xã Hòa An"],
    "count": NUMBERS,
}
ANSWERS = {"ditto": "above", "blank_village": "above", "encoding": "refuse"}
KNOWN = NAMES + PLACES + WORDS + DAYS + NUMBERS
anything = st.one_of(st.sampled_from(KNOWN), st.text(max_size=30))


def cell_of(name: str) -> st.SearchStrategy[str]:
    """What may stand in a column: mostly what belongs there."""
    fitting = st.sampled_from(FITTING.get(name, [""]))
    return st.one_of(*[fitting] * 9, anything)


@pytest.fixture
def official(app: Flask, world: World) -> Callable[[], User]:
    """Hòa An's official."""
    return lambda: db.session.get_one(User, world.users["own"])


@pytest.mark.one_engine
@pytest.mark.parametrize("word", KINDS)
def test_whatever_stands_in_rows_is_found_out_and_taken_in_whole_or_not(
    app: Flask, official: Callable[[], User], word: str
) -> None:
    with app.test_request_context():
        kind = kind_of(word)
    matching: Matching = {field.name: place for place, field in enumerate(kind.fields)}
    row = st.tuples(*(cell_of(field.name) for field in kind.fields)).map(list)
    batches = max(1, ROWS // ROWS_A_FILE // len(KINDS))

    @settings(
        max_examples=batches,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(row, min_size=ROWS_A_FILE, max_size=ROWS_A_FILE),
        st.sampled_from(list(Likeness)),
        st.sampled_from([0, -1]),
    )
    def feed(batch: list[list[str]], likeness: Likeness, place: int) -> None:
        rows = [SheetRow(number, texts) for number, texts in enumerate(batch, start=2)]
        with app.test_request_context():
            before = everything()
            layout = Layout("A", 1, [], rows, matching)
            checked = check(FileToCheck(kind, [layout], ANSWERS), by=official())
            words = [each for each in checked.questions if each.key.startswith(WORD)]
            answers = ANSWERS | {each.key: each.options[place].value for each in words}
            checked = check(FileToCheck(kind, [layout], answers), by=official())
            assert all(finding.outcome for finding in checked.findings)
            assert all(f.problems for f in checked.findings if f.outcome is Outcome.ERROR)
            plan = plan_of(checked, Decided(good_rows=True, likeness=likeness))
            plan.prepare(by=official())
            with writing():
                assert carry_out(kind, None, plan, checked, by=official())
            with writing():
                query = select(Reversible).order_by(Reversible.id.desc())
                reverse(db.session.scalars(query).first(), by=official())
            assert everything() == before

    feed()


def test_whatever_a_file_is_it_is_read_or_refused_in_time_and_within_memory() -> None:
    chance = random.Random(7)
    whole_files = sound_files()
    for number in range(FILES):
        name, content = chance.choice(whole_files)
        name, broken = break_file(name, content, chance)
        began = time.monotonic()
        try:
            sheets = read_sheets(broken, name)
        except Unreadable as unreadable:
            assert str(unreadable.fault.label)
        else:
            assert all(sheet.rows for sheet in sheets)
        taken = time.monotonic() - began
        assert taken < PATIENCE_SECONDS + 1, f"file {number} ({name}) took {taken:.1f} s"
