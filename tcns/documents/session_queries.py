"""The minutes of a session."""

from tcns.activities.models import Activity
from tcns.areas.agencies.queries import agency_of
from tcns.areas.places import trails, usual_map
from tcns.areas.queries import map_day
from tcns.documents.heads import head_of, in_text, in_vietnamese, made
from tcns.documents.member_queries import issuing_area
from tcns.i18n import format_hours, format_number, join_words
from tcns.indicators.names import names_of_indicators
from tcns.letters.content import Column, Letter, Section, Signature, Table, written_day

NOT_RECORDED = "chưa ghi"
COUNTS = (
    ("participant_count", "Lượt người tham dự"),
    ("women_count", "Trong đó: nữ"),
    ("minority_count", "Trong đó: người dân tộc thiểu số"),
    ("elderly_count", "Trong đó: người cao tuổi"),
    ("household_count", "Lượt hộ"),
    ("new_household_count", "Trong đó: hộ lần đầu trong năm"),
)


@in_vietnamese
def minutes(activity: Activity) -> Letter:
    """What a session was, for how many, with whom and with what result, to be signed by the
    leader and the minutes' writer."""
    team = activity.team
    agency = agency_of(issuing_area(team, activity.held_on), map_day())
    return Letter(
        head=head_of(agency, ""),
        kind="Biên bản",
        subject=f"Buổi hoạt động của {in_text(team.name)}",
        sections=(
            Section("1. Thời gian, địa điểm", 2, tuple(_when_and_where(activity))),
            Section("2. Người tham gia hỗ trợ", 2, (_helpers(activity),)),
            Section("3. Nội dung", 2, tuple(_content(activity))),
            Section("4. Kết quả", 2, tables=tuple(_results(activity))),
        ),
        signatures=(Signature(("NGƯỜI GHI BIÊN BẢN",)), Signature(("TỔ TRƯỞNG",))),
        made=made(),
    )


def _when_and_where(activity: Activity) -> list[str]:
    """The day, the hours and the place."""
    day = usual_map(activity.held_on)
    trail = trails([activity.team.area_id], day).get(activity.team.area_id, {})
    inner_first = sorted(trail, key=lambda level: -level.rank)
    places = [trail[level].label.full_name for level in inner_first]
    hours = f", trong {format_hours(float(activity.hours))} giờ" if activity.hours else ""
    where = activity.venue or NOT_RECORDED
    return [
        f"Thời gian: {written_day(activity.held_on)}{hours}.",
        f"Địa điểm: {where} ({join_words(places)}).",
    ]


def _helpers(activity: Activity) -> str:
    """Who helped, each with their role then."""
    named = [
        f"{one.person.full_name} ({str(one.membership.member_role.label).lower()})"
        for one in sorted(activity.attendances, key=lambda one: one.person.sort_key)
    ]
    return f"{join_words(named)}." if named else f"{NOT_RECORDED.capitalize()}."


def _content(activity: Activity) -> list[str]:
    """Of which kind it was, in which form, about what."""
    topics = [str(topic.skill.label) for topic in activity.topics]
    kind, form = str(activity.activity_kind.label), str(activity.activity_form.label)
    lines = [f"{kind}; hình thức: {form.lower()}.", f"Chủ đề: {join_words(topics).lower()}."]
    return [*lines, *(activity.note or "").splitlines()]


def _results(activity: Activity) -> list[Table]:
    """The counts, and the amounts of indicators."""
    counted = [(label, getattr(activity, name)) for name, label in COUNTS]
    columns = (Column("Nội dung", 4), Column("Số lượng", 1, "right"))
    counts = tuple((label, _figure(value)) for label, value in counted)
    tables = [Table(columns, counts)]
    names = names_of_indicators([value.indicator_id for value in activity.indicator_values])
    amounts = tuple(
        (names[value.indicator_id], _figure(value.amount)) for value in activity.indicator_values
    )
    return [*tables, Table((Column("Chỉ tiêu", 4), columns[1]), amounts)] if amounts else tables


def _figure(count: int | None) -> str:
    """A count; what nobody counted says so."""
    return NOT_RECORDED if count is None else format_number(count)
