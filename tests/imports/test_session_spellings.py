"""Lists of sessions in whatever spelling: a row is read to the truth, or refused, or asked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tcns.accounts.models import User
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Topic
from tcns.database import db
from tcns.imports.applying import check
from tcns.imports.kinds.catalogue import kind_of
from tcns.imports.sheets import file_to_check
from tcns.vietnamese import fold
from tests.imports.conftest import as_sheet
from tests.world import World

HEADINGS = (
    *("Ngày tổ chức", "Thôn", "Loại hoạt động", "Hình thức", "Chủ đề", "Người hướng dẫn"),
    *("Số người tham gia", "Nữ", "Số hộ"),
)
FIRST, DAYS = date(2024, 4, 1), 400
HELPERS = {
    "Đồng Tâm": ("Hoàng Văn Sính", "Nông Thị Hòa", "Lý Thị Mẩy"),
    "Nà Đình": ("Đặng Văn Ba", "Chu Thị Bé"),
}
FOREIGN = ("Lò Văn Lạ", "Triệu Văn Cũ")
KINDS = {
    ActivityKind.OUTREACH: ("Tuyên truyền", "truyền thông"),
    ActivityKind.TRAINING: ("Tập huấn", "lớp tập huấn"),
    ActivityKind.GUIDANCE: ("Hướng dẫn trực tiếp", "cầm tay chỉ việc"),
    ActivityKind.LITERACY_CLASS: ("Lớp Bình dân học vụ số", "bình dân học vụ số"),
}
FORMS = {
    ActivityForm.IN_PERSON: ("Trực tiếp", "tập trung"),
    ActivityForm.DOOR_TO_DOOR: ("Đến từng nhà", "tại nhà"),
    ActivityForm.ONLINE: ("Trực tuyến", "qua Zalo"),
}
TOPICS = {
    Topic.PUBLIC_SERVICES: ("Dịch vụ công trực tuyến", "DVCTT"),
    Topic.PAYMENT: ("Thanh toán trực tuyến", "thanh toán không dùng tiền mặt"),
    Topic.SAFETY: ("Tự bảo vệ trên không gian mạng", "an toàn thông tin"),
}
SPELLINGS: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, fold, lambda t: f"  {t} ")
WAYS_OF_DAYS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: day.isoformat(),
    lambda day: f"ngày {day.day} tháng {day.month} năm {day.year}",
    lambda day: str((day - date(1899, 12, 30)).days),
    lambda day: f"{day.month}/{day.year}",
)
WAYS_OF_COUNTS: tuple[Callable[[int], str], ...] = (
    str,
    lambda count: f"{count:,}".replace(",", "."),
    lambda count: f"{count:,}".replace(",", " "),
    lambda count: f"{count} người",
    lambda count: f"{count}.0",
    lambda count: f"khoảng {count}",
)


@st.composite
def rows(draw: st.DrawFn) -> tuple[dict[str, Any], list[str]]:
    """What a session was, and how somebody wrote it down."""

    def spelt(text: str) -> str:
        return draw(st.sampled_from(SPELLINGS))(text)

    def counted(count: int | None) -> str:
        return "" if count is None else draw(st.sampled_from(WAYS_OF_COUNTS))(count)

    day = FIRST + timedelta(days=draw(st.integers(0, DAYS)))
    village = draw(st.sampled_from(sorted(HELPERS)))
    kind, form = draw(st.sampled_from(list(KINDS))), draw(st.sampled_from(list(FORMS)))
    topics = draw(st.lists(st.sampled_from(list(TOPICS)), unique=True))
    named = draw(st.lists(st.sampled_from([*HELPERS[village], *FOREIGN]), unique=True, max_size=3))
    people = draw(st.integers(1, 4000))
    women = draw(st.none() | st.integers(0, people))
    households = draw(st.none() | st.integers(0, 70))
    recorded = {"participant_count": people, "women_count": women, "household_count": households}
    truth = {
        "held_on": day.isoformat(),
        "area": f"Xã Hòa An / {'Thôn' if village == 'Đồng Tâm' else 'Bản'} {village}",
        "kind": kind.value,
        "form": form.value,
        "topics": [topic.value for topic in Topic if topic in topics],
        "helpers": sorted(named),
        "counts": {name: count for name, count in recorded.items() if count is not None},
    }
    between = draw(st.sampled_from((", ", "; ", "\n", " + ")))
    helpers = draw(st.sampled_from((", ", "; ", " và "))).join(map(spelt, named))
    cells = [
        draw(st.sampled_from(WAYS_OF_DAYS))(day),
        spelt(village),
        spelt(draw(st.sampled_from(KINDS[kind]))),
        spelt(draw(st.sampled_from(FORMS[form]))),
        between.join(spelt(draw(st.sampled_from(TOPICS[topic]))) for topic in topics),
        helpers,
        *map(counted, (people, women, households)),
    ]
    return truth, cells


@pytest.mark.one_engine
def test_a_row_is_read_to_the_truth_or_not_at_all(app: Flask, world: World) -> None:
    read = []

    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(rows(), min_size=8, max_size=12))
    def feed(batch: list[tuple[dict[str, Any], list[str]]]) -> None:
        with app.test_request_context():
            sheet = as_sheet([HEADINGS, *(cells for _truth, cells in batch)])
            file = file_to_check(kind_of("sessions"), [sheet], {}, {})
            checked = check(file, by=db.session.get_one(User, world.users["own"]))
            for finding, (truth, cells) in zip(checked.findings, batch, strict=True):
                assert finding.outcome in ("new", "duplicate", "question", "error"), cells
                assert finding.outcome != "error" or finding.problems, cells
                if finding.outcome in ("new", "duplicate"):
                    understood = {name: finding.understood[name] for name in truth}
                    understood["helpers"] = sorted(understood["helpers"])
                    assert understood == truth, (cells, finding.waits, finding.outcome)
                    read.append(cells)
                    assert not set(truth["helpers"]) & set(FOREIGN), cells

    feed()
    assert len(read) > 10, "most rows are refused: the test says little"
