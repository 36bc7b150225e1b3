"""The file of sessions: what was held when, by which team, for how many; the same columns as the
file that the list of sessions gives."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tcns.activities.content import COUNTS
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Topic
from tcns.i18n import format_number, join_words
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.kinds.sessions.cells import read_helpers, read_hours, read_people, read_topics
from tcns.imports.kinds.sessions.matching import AMOUNT, DOUBTED, SessionRegister
from tcns.imports.rows.area_fields import PLACE_FIELDS
from tcns.imports.rows.carried_down import COMMUNE
from tcns.imports.rows.cells import WordReader, read_line, read_text
from tcns.imports.rows.day_cells import read_day
from tcns.imports.rows.fields import (
    FileKind,
    ImportField,
    ShownColumn,
    day_in_words,
    folded_heading,
    labels_of,
    text_of,
    word_of,
    words_by_spelling,
)
from tcns.imports.rows.questions import Default, Option, option_to_refuse
from tcns.imports.vocabulary import ImportKind
from tcns.indicators.names import IndicatorName, all_indicators
from tcns.permissions.vocabulary import Permission

FURTHER_KINDS = {
    ActivityKind.OUTREACH: ("tuyen truyen luu dong", "truyen thong", "tuyen truyen van dong"),
    ActivityKind.TRAINING: ("tap huan ky nang", "boi duong", "lop tap huan"),
    ActivityKind.GUIDANCE: (
        *("huong dan", "ho tro truc tiep", "cam tay chi viec", "huong dan ho tro", "ho tro"),
        "huong dan nguoi dan",
    ),
    ActivityKind.LITERACY_CLASS: ("binh dan hoc vu so", "lop binh dan", "bdhvs", "lop bdhvs"),
    ActivityKind.DUTY: ("truc", "truc ho tro", "truc bo phan mot cua", "truc trung tam hcc"),
}
FURTHER_FORMS = {
    ActivityForm.IN_PERSON: ("tap trung", "tai cho", "hop thon", "tai nha van hoa"),
    ActivityForm.DOOR_TO_DOOR: ("tai nha", "tung nha", "di tung ho", "tai ho gia dinh", "luu dong"),
    ActivityForm.ONLINE: ("qua zalo", "qua mang", "tu xa"),
    ActivityForm.SERVICE_CENTRE: ("tai mot cua", "bo phan mot cua", "tai trung tam hcc"),
}
LABELS = {
    "participant_count": _l("Participants"),
    "women_count": _l("of them women"),
    "minority_count": _l("of them ethnic minorities"),
    "elderly_count": _l("of them elderly"),
    "household_count": _l("Households"),
    "new_household_count": _l("of them new this year"),
}
HEADINGS = {
    "participant_count": (
        *(
            "so nguoi tham gia",
            "so nguoi",
            "nguoi tham gia",
            "luot nguoi tham gia",
            "so luot nguoi",
        ),
        *("so nguoi duoc huong dan", "so luot nguoi duoc huong dan", "so nguoi tham du"),
    ),
    "women_count": ("nu", "so nu", "phu nu", "women"),
    "minority_count": ("dan toc thieu so", "so nguoi dtts", "dtts", "ethnic minorities"),
    "elderly_count": ("nguoi cao tuoi", "cao tuoi", "nct", "elderly"),
    "household_count": (
        "so ho",
        "luot ho",
        "so ho duoc huong dan",
        "so ho tham gia",
        "ho gia dinh",
    ),
    "new_household_count": ("ho moi", "so ho moi", "ho moi trong nam", "households new this year"),
}
COUNT_HINT = _l("A whole number. Empty: nobody counted it, which is not 0.")

FIELDS = (
    ImportField(
        "held_on",
        _l("Held on"),
        read_day,
        _l("The day of the session, like 30/06/2024."),
        headings=(
            *("ngay", "ngay to chuc", "ngay hoat dong", "thoi gian", "thoi gian to chuc"),
            *("ngay thang", "ngay thang nam", "date", "day"),
        ),
        required=True,
        width=14,
        may_say_nothing=False,
    ),
    ImportField(
        "kind",
        _l("Kind of session"),
        WordReader(lambda: words_by_spelling(ActivityKind, FURTHER_KINDS)),
        _l("One of the kinds of the list."),
        headings=("loai", "loai buoi", "loai hinh", "hoat dong", "loai hoat dong", "kind"),
        words=lambda: labels_of(ActivityKind),
        width=24,
        may_be_left_out=False,
    ),
    ImportField(
        "topics",
        _l("Topics"),
        read_topics,
        _l("What it was about; several parted by commas."),
        headings=("noi dung", "chu de", "ky nang", "noi dung hoat dong"),
        width=36,
    ),
    ImportField(
        "team",
        _l("Team"),
        read_line,
        _l("The team's name. Needed only where an area has several teams."),
        headings=("ten to", "to cnscd", "to cong nghe so cong dong", "to chuyen doi so cong dong"),
        width=40,
        may_say_nothing=False,
    ),
    *PLACE_FIELDS,
    ImportField(
        "venue",
        _l("Venue"),
        read_line,
        _l("Where it was held."),
        headings=("noi to chuc", "dia diem to chuc", "tai"),
        width=24,
    ),
    ImportField(
        "form",
        _l("Form"),
        WordReader(lambda: words_by_spelling(ActivityForm, FURTHER_FORMS)),
        _l("How the team met the people: one of the list."),
        headings=("hinh thuc", "hinh thuc to chuc", "cach thuc to chuc"),
        words=lambda: labels_of(ActivityForm),
        width=18,
        may_be_left_out=False,
    ),
    ImportField(
        "hours",
        _l("Hours"),
        read_hours,
        _l("How long it took, like 1,5."),
        headings=("gio", "thoi luong", "so gio to chuc"),
        width=8,
    ),
    ImportField(
        "helpers",
        _l("Members who helped"),
        read_helpers,
        _l("The names of members of the team, parted by commas."),
        headings=(
            *("thanh vien tham gia", "thanh vien ho tro", "nguoi ho tro", "nguoi huong dan"),
            *("can bo huong dan", "thanh vien thuc hien", "nguoi thuc hien", "helpers"),
        ),
        width=36,
    ),
    *(
        ImportField(name, LABELS[name], read_people, COUNT_HINT, headings=HEADINGS[name], width=12)
        for name in COUNTS
    ),
    ImportField(
        "note",
        _l("Note"),
        read_text,
        _l("Anything else worth keeping; no names of residents."),
        headings=("ghi chu", "note", "notes", "remarks"),
        width=30,
    ),
)

DEFAULTS = (
    Default(
        "kind",
        "no_kind",
        lambda: _("The file has no column of kinds. Of which kind were these sessions?"),
        lambda: [*(Option(w.value, str(w.label)) for w in ActivityKind), option_to_refuse()],
        values={word.value: word for word in ActivityKind},
    ),
    Default(
        "form",
        "no_form",
        lambda: _("The file does not say how the teams met the people. How was it?"),
        lambda: [*(Option(w.value, str(w.label)) for w in ActivityForm), option_to_refuse()],
        values={word.value: word for word in ActivityForm},
    ),
    Default(
        "village",
        "no_village",
        lambda: _("The file has no column of villages. Which team held these sessions?"),
        lambda: (Option(COMMUNE, _("The commune's own team")), option_to_refuse()),
        values={COMMUNE: None},
    ),
    Default(
        DOUBTED,
        "doubted",
        lambda: _("Figures of some rows may be mistaken, as stands beside them. Are they right?"),
        lambda: (Option("right", _("They are right: import them so")), option_to_refuse()),
        values={"right": True},
    ),
)


def amount_field(indicator: IndicatorName) -> ImportField:
    """The column of an indicator, known by its name in both languages."""
    return ImportField(
        AMOUNT + indicator.code,
        f"{indicator.name} ({indicator.unit})",
        read_people,
        COUNT_HINT,
        headings=(folded_heading(indicator.name_vi), folded_heading(indicator.name_en)),
        width=16,
    )


def count_column(name: str) -> ShownColumn:
    """The column of a count on the page that shows what was understood."""

    def words(understood: Mapping[str, Any]) -> str:
        count = understood.get("counts", {}).get(name)
        return "" if count is None else format_number(count)

    return ShownColumn(LABELS[name], (name,), words)


def amounts_in_words(understood: Mapping[str, Any]) -> str:
    """What will be stored of each indicator, as people read it."""
    labels = {each.code: each.name for each in all_indicators()}
    amounts = understood.get("amounts", {})
    return "; ".join(f"{labels.get(key, key)}: {format_number(n)}" for key, n in amounts.items())


def topics_in_words(understood: Mapping[str, Any]) -> str:
    """The topics that will be stored."""
    return join_words([str(Topic(topic).label) for topic in understood.get("topics", ())])


SHOWN = (
    ShownColumn(_l("Held on"), ("held_on",), lambda said: day_in_words(said, "held_on")),
    ShownColumn(
        _l("Team, area"),
        ("team", "code", "village", "commune", "district"),
        lambda said: text_of(said, "team"),
    ),
    ShownColumn(_l("Kind of session"), ("kind",), word_of(ActivityKind, "kind")),
    ShownColumn(_l("Form"), ("form",), word_of(ActivityForm, "form")),
    *map(count_column, COUNTS),
    ShownColumn(_l("Topics"), ("topics",), topics_in_words),
    ShownColumn(
        _l("Members who helped"), ("helpers",), lambda said: join_words(said.get("helpers", ()))
    ),
    ShownColumn(_l("Hours"), ("hours",), lambda said: text_of(said, "hours")),
    ShownColumn(_l("Venue"), ("venue",), lambda said: text_of(said, "venue")),
    ShownColumn(_l("Note"), ("note",), lambda said: text_of(said, "note")),
)


def with_indicators(kind: FileKind) -> FileKind:
    """The kind with a column for each indicator of the catalogue as it is now."""
    further = tuple(map(amount_field, all_indicators()))
    names = tuple(field.name for field in further)
    shown = ShownColumn(_l("Results by indicator"), names, amounts_in_words)
    return replace(kind, fields=(*kind.fields, *further), shown=(*kind.shown, shown))


SESSIONS = FileKind(
    ImportKind.SESSIONS,
    Permission.ACTIVITY_REVIEW,
    FIELDS,
    SessionRegister,
    defaults=DEFAULTS,
    shown=SHOWN,
    completed=with_indicators,
)
