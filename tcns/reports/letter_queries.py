"""A report as an official document, in the words it is written in."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count, groupby

from tcns.activities.vocabulary import ActivityForm, ActivityKind
from tcns.areas.agencies.rules import lines
from tcns.counting import counts_pending
from tcns.documents.heads import in_text, in_vietnamese, made
from tcns.i18n import LabelledEnum, format_number, format_percent, join_words
from tcns.letters.content import (
    Column,
    Letter,
    Section,
    Table,
    written_day,
)
from tcns.reports.figures import Copy, Figure, Part
from tcns.reports.heading_queries import frame, period_in_text
from tcns.reports.queries import Subject
from tcns.reports.vocabulary import COLUMNS, Heading, Reporter

NUMBER = Column("STT", 0.8, "center")
OF_ONE_COMMUNE = (
    "membership_count",
    "activity_count",
    "participant_count",
    "household_count",
    "new_household_count",
    "known_household_count",
)
RESULTS = (
    NUMBER,
    Column("Chỉ tiêu", 4.4),
    Column("Đơn vị", 1.2, "center"),
    Column("Trong kỳ", 1.1, "right"),
    Column("Kỳ trước", 1.1, "right"),
    Column("Từ đầu năm", 1.2, "right"),
)
TITLES = {
    "village_count": "Số thôn",
    "village_team_count": "Thôn có tổ",
    "team_count": "Số tổ",
    "membership_count": "Lượt tham gia tổ",
    "active_team_count": "Tổ có hoạt động",
    "activity_count": "Số buổi",
    "participant_count": "Lượt người",
    "household_count": "Lượt hộ",
    "new_household_count": "Hộ lần đầu trong năm",
    "known_household_count": "Số hộ của thôn",
}


@in_vietnamese
def letter_of(subject: Subject, copy: Copy) -> Letter:
    """The document of a report; its number and day are entered when it is signed."""
    head, signature, receivers = frame(subject)
    about = f"kết quả hoạt động của Tổ công nghệ số cộng đồng {period_in_text(subject.period)}"
    opening = (
        f"{head.agency} báo cáo {about} (số liệu từ {written_day(subject.period.days.first)} đến "
        f"hết {written_day(subject.last_day)}) như sau:"
    )
    closing = f"Trên đây là {about}, {head.agency} báo cáo./."
    place = f" trên địa bàn {in_text(copy.name)}" if copy.reporter == Reporter.PROVINCE else ""
    return Letter(
        head=head,
        kind="Báo cáo",
        subject=(
            f"Kết quả hoạt động của Tổ công nghệ số cộng đồng{place} "
            f"{period_in_text(subject.period)}"
        ),
        sections=_with_numbered_tables(
            Section(paragraphs=(opening,)),
            Section("I. TÌNH HÌNH TỔ CHỨC", 1, tuple(_organisation(copy))),
            Section("II. KẾT QUẢ HOẠT ĐỘNG", 1),
            Section("1. Buổi hoạt động", 2, tuple(_sessions(copy)), tuple(_parts_table(copy))),
            _results(copy),
            *_goals(copy),
            Section(
                "III. NHẬN XÉT, KHÓ KHĂN",
                1,
                _numbered([copy.words.remarks, copy.words.difficulties]),
            ),
            Section("IV. KIẾN NGHỊ", 1, _numbered([copy.words.proposals])),
            Section(paragraphs=(closing,)),
        ),
        signatures=(signature,),
        receivers=receivers,
        made=made(),
    )


def _with_numbered_tables(*sections: Section) -> tuple[Section, ...]:
    """The sections, their tables numbered in the order in which they stand."""
    numbers = count(1)
    return tuple(
        replace(
            section,
            tables=tuple(
                replace(table, caption=f"Bảng {next(numbers)}. {table.caption}")
                for table in section.tables
            ),
        )
        for section in sections
    )


def _organisation(copy: Copy) -> Iterable[str]:
    """How many teams and members there are, and of the villages how many have a team."""
    number = _numbers(copy)
    trained = (
        f"trong đó {number('trained_person_count')} người đã qua tập huấn"
        f"{_share(copy, 'trained_person_count', 'person_count')}"
    )
    until = f"Đến hết {written_day(copy.day)}"
    if copy.reporter == Reporter.TEAM:
        yield f"{until}, tổ có {number('membership_count')} thành viên, {trained}."
        return
    where = "toàn tỉnh" if copy.reporter == Reporter.PROVINCE else in_text(copy.name)
    yield (
        f"{until}, {where} có {number('team_count')} tổ; các tổ có {number('membership_count')} "
        f"lượt tham gia tổ ({number('person_count')} người, {trained})."
    )
    without = copy.value("village_count") - copy.value("village_team_count")
    yield (
        f"{number('village_team_count')} trên {number('village_count')} thôn, tổ dân phố đã có tổ"
        f"{_share(copy, 'village_team_count', 'village_count')}"
        + (f", còn {format_number(without)} thôn, tổ dân phố chưa có tổ." if without else ".")
    )
    if copy.value("leaderless_team_count"):
        yield f"{number('leaderless_team_count')} tổ chưa có tổ trưởng."


def _sessions(copy: Copy) -> Iterable[str]:
    """How many sessions were held, of which kinds and forms, and for whom."""
    number, sessions = _numbers(copy), copy.by_key["activity_count"]
    active = (
        f"{number('active_team_count')} trên {number('team_count')} tổ có hoạt động"
        f"{_share(copy, 'active_team_count', 'team_count')}, "
        if copy.reporter != Reporter.TEAM
        else ""
    )
    kinds = _kinds(copy)
    reached = (
        f"; {number('participant_count')} lượt người tham dự, {number('household_count')} lượt hộ "
        f"được hướng dẫn, trong đó {number('new_household_count')} hộ lần đầu trong năm"
    )
    yield (
        f"Trong kỳ, {active}tổ chức {number('activity_count')} buổi ({_change(sessions)})"
        f"{': ' + kinds if kinds else ''}{reached if sessions.value else ''}."
    )
    year = {key: copy.by_key[key].year or 0 for key in ("activity_count", "new_household_count")}
    yield (
        f"Từ đầu năm: {format_number(year['activity_count'])} buổi, "
        f"{format_number(year['new_household_count'])} hộ được hướng dẫn lần đầu."
    )
    if copy.value("pending_activity_count"):
        waiting = f"{number('pending_activity_count')} buổi đã gửi, đang chờ duyệt"
        yield (
            f"Trong số buổi nêu trên có {waiting}."
            if counts_pending()
            else f"Ngoài ra còn {waiting}, chưa tính vào số liệu."
        )
    if copy.silent and copy.reporter == Reporter.COMMUNE:
        yield f"Chưa có buổi hoạt động: {join_words(copy.silent)}."


def _kinds(copy: Copy) -> str:
    """How many sessions were of which kind, then of which form: "9 buổi hướng dẫn, 6 buổi ..."."""
    kinds, forms = (_told(copy, words) for words in (ActivityKind, ActivityForm))
    return f"{kinds}; theo cách thức: {forms}" if kinds and forms else ""


def _told(copy: Copy, words: Iterable[LabelledEnum]) -> str:
    """How many sessions were of each of some words, without those of none."""
    figures = [copy.by_key.get(f"{word.value}_activity_count") for word in words]
    return join_words(
        [
            f"{format_number(one.value)} buổi {one.label.partition(': ')[2].lower()}"
            for one in figures
            if one and one.value
        ]
    )


def _change(figure: Figure) -> str:
    """By how much a figure differs from the period before."""
    if not figure.change:
        return "bằng kỳ trước"
    word = "tăng" if figure.change > 0 else "giảm"
    return f"{word} {format_number(abs(figure.change))} buổi so với kỳ trước"


def _parts_table(copy: Copy) -> Iterable[Table]:
    """The figures of the parts, those of a district in one row."""
    if not copy.parts:
        return
    is_province = copy.reporter == Reporter.PROVINCE
    keys = COLUMNS[:-2] if is_province else OF_ONE_COMMUNE
    title = "Huyện, thành phố" if any(one.group for one in copy.parts) else "Xã, phường"
    first = Column(title if is_province else "Địa bàn của tổ", 2.6)
    columns = (NUMBER, first, *(Column(TITLES[key], 1, "right") for key in keys))
    rows = [
        (str(place), name, *(format_number(figures.get(key, 0)) for key in keys))
        for place, (name, figures) in enumerate(_grouped(copy.parts), start=1)
    ]
    total = ("", "Cộng", *(format_number(copy.value(key)) for key in keys))
    yield Table(columns, tuple(rows), "Kết quả hoạt động theo địa bàn", total, _note(copy))


def _grouped(parts: Iterable[Part]) -> Iterable[tuple[str, dict[str, int]]]:
    """The parts, or where they stand under districts the sums of these."""
    ordered = sorted(parts, key=lambda one: one.group) if any(p.group for p in parts) else parts
    for group, found in groupby(ordered, key=lambda one: one.group or one.name):
        sums: dict[str, int] = {}
        for part in found:
            for key, value in part.figures.items():
                sums[key] = sums.get(key, 0) + value
        yield group, sums


def _note(copy: Copy) -> str:
    """On whose map the figures are shown, and what they are made of."""
    note = f"Theo địa giới hành chính tại {written_day(copy.map_day)}."
    if copy.reporter != Reporter.PROVINCE:
        return note
    sent = sum(part.is_reported for part in copy.parts)
    rest = sum(1 for part in copy.parts if part.area_id and not part.is_reported)
    return (
        f"{note} Số của tỉnh gồm {format_number(sent)} báo cáo cấp xã đã gửi và số liệu đang có "
        f"của {format_number(rest)} xã chưa gửi."
    )


def _results(copy: Copy) -> Section:
    """What sessions counted of each indicator, in the period and since the year began."""
    heading, figures = "2. Kết quả theo chỉ tiêu", copy.under(Heading.RESULTS)
    told = [figure for figure in figures if not figure.is_nothing]
    if not told:
        return Section(heading, 2, ("Chưa có kết quả theo chỉ tiêu từ đầu năm.",))
    rows = tuple(
        (
            str(place),
            figure.label,
            figure.unit,
            *(format_number(value) for value in (figure.value, figure.before, figure.year or 0)),
        )
        for place, figure in enumerate(told, start=1)
    )
    rest = len(figures) - len(told)
    note = f"{format_number(rest)} chỉ tiêu khác chưa có kết quả từ đầu năm." if rest else ""
    return Section(heading, 2, (), (Table(RESULTS, rows, "Kết quả theo chỉ tiêu", note=note),))


def _goals(copy: Copy) -> Iterable[Section]:
    """The targets of plans, and what is missing to them."""
    columns = (
        Column("Chỉ tiêu kế hoạch", 4),
        Column("Phải đạt", 1.1, "right"),
        Column("Đã đạt", 1.1, "right"),
        Column("Còn thiếu (vượt mức)", 1.1, "right"),
        Column("Thời hạn", 1.3, "center"),
    )
    rows = tuple(
        (goal.label, goal.wanted, goal.reached, format_number(goal.gap), goal.due)
        for goal in copy.goals
    )
    if rows:
        table = Table(columns, rows, "Thực hiện chỉ tiêu kế hoạch")
        yield Section("3. Chỉ tiêu kế hoạch", 2, (), (table,))


def _numbered(texts: Iterable[str]) -> tuple[str, ...]:
    """What people wrote, numbered where it has several paragraphs; that there is nothing."""
    written = [line for text in texts for line in lines(text)]
    if len(written) < 2:
        return tuple(written) or ("Không có.",)
    return tuple(f"{place}. {line}" for place, line in enumerate(written, start=1))


def _numbers(copy: Copy) -> Callable[[str], str]:
    """Figures as text, by their keys."""
    return lambda key: format_number(copy.value(key))


def _share(copy: Copy, part: str, whole: str) -> str:
    """A figure as a share of another, within a sentence."""
    if not copy.value(whole):
        return ""
    return f", đạt {format_percent(copy.value(part) / copy.value(whole))}"
