"""The file of members: who is in which team, as what, and since when."""

import re
from collections.abc import Mapping
from typing import Any

from tcns.i18n import format_phone
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.imports.kinds.members.matching import MemberRegister
from tcns.imports.rows.area_fields import PLACE_FIELDS
from tcns.imports.rows.carried_down import COMMUNE
from tcns.imports.rows.cells import WordReader, read_line
from tcns.imports.rows.day_cells import read_birth_year, read_day
from tcns.imports.rows.fields import (
    FileKind,
    ImportField,
    ShownColumn,
    day_in_words,
    labels_of,
    text_of,
    word_of,
    words_by_spelling,
)
from tcns.imports.rows.name_cells import read_person_name
from tcns.imports.rows.phone_cells import read_phone
from tcns.imports.rows.questions import Default, Option, option_to_refuse
from tcns.imports.vocabulary import ImportKind
from tcns.permissions.vocabulary import Permission
from tcns.teams.vocabulary import Body, MemberRole, Sex

FURTHER_SEXES = {Sex.FEMALE: ("nu", "gai", "f"), Sex.MALE: ("nam", "trai", "m")}
FURTHER_ROLES = {
    MemberRole.LEADER: (
        *("tt", "truong", "truong to", "nhom truong", "t truong", "to tr", "ttr", "t tr"),
        *("to truong to", "to truong to cnscd", "to truong to cong nghe so cong dong"),
    ),
    MemberRole.DEPUTY: (
        *("tp", "pho", "pho to truong", "pho to", "deputy", "t pho", "p to truong", "p truong"),
        *("to pho to", "to pho to cnscd", "to pho to cong nghe so cong dong", "to pho thuong truc"),
    ),
    MemberRole.MEMBER: (
        *("tv", "to vien", "uy vien", "t vien", "th vien", "t v", "thanh vien to"),
        *("thanh vien to cnscd", "thanh vien to cong nghe so cong dong"),
    ),
}
FURTHER_BODIES = {
    Body.COMMUNE_STAFF: ("can bo xa", "cong chuc xa", "can bo cong chuc", "cong chuc", "can bo"),
    Body.VILLAGE_HEAD: ("truong thon", "truong ban", "to truong to dan pho", "truong xom"),
    Body.PARTY_CELL: ("bi thu chi bo", "bi thu", "chi bo"),
    Body.POLICE: ("cong an", "cong an vien", "cong an xa", "cong an co so"),
    Body.YOUTH_UNION: (
        "doan thanh nien",
        "bi thu doan",
        "bi thu chi doan",
        "doan vien",
        "doan tn",
        "dtn",
    ),
    Body.WOMENS_UNION: ("hoi phu nu", "phu nu", "hoi lhpn", "chi hoi phu nu", "hpn"),
    Body.FARMERS_UNION: ("hoi nong dan", "nong dan", "chi hoi nong dan", "hnd"),
    Body.FATHERLAND_FRONT: ("mat tran to quoc", "mttq", "mat tran", "ban cong tac mat tran"),
    Body.VETERANS: ("hoi cuu chien binh", "cuu chien binh", "chi hoi cuu chien binh", "ccb"),
    Body.TEACHERS: ("giao vien", "truong hoc"),
    Body.HEALTH: (
        "y te",
        "can bo y te",
        "y te thon",
        "y te thon ban",
        "nhan vien y te",
        "tram y te",
    ),
    Body.COMPANY: ("vnpt", "viettel", "mobifone", "doanh nghiep", "doanh nghiep vien thong"),
    Body.RESIDENT: ("nguoi dan", "nhan dan", "nguoi uy tin", "nguoi co uy tin"),
}

# A body by what is said of it, folded and with abbreviations written out; the first that fits.
SIGNS_OF_BODIES = (
    (Body.WOMENS_UNION, r"phu nu|lhpn|hpn|pn"),
    (Body.FARMERS_UNION, r"nong dan|hnd|hoi nd|truong nd"),
    (Body.VETERANS, r"cuu chien binh|ccb"),
    (Body.FATHERLAND_FRONT, r"mat tran|mttq|ctmt|mt to quoc"),
    (Body.YOUTH_UNION, r"doan thanh nien|doan tn|dtn|doan vien|chi doan|thanh nien"),
    (Body.YOUTH_UNION, r"(bi thu|bt) doan|xa doan|doan (xa|phuong|thi tran|thon)"),
    (Body.POLICE, r"cong an|cax|ca vien"),
    (Body.HEALTH, r"y te|tram yt|nhan vien yt"),
    (Body.TEACHERS, r"giao vien|nha giao|hieu truong|truong (tieu hoc|thcs|thpt|mam non|hoc)"),
    (Body.COMPANY, r"vnpt|viettel|mobifone|fpt|doanh nghiep|vien thong"),
    (Body.VILLAGE_HEAD, r"truong (thon|ban|xom|khu|khu pho|tdp|to dan pho)"),
    (Body.VILLAGE_HEAD, r"to truong (tdp|to dan pho|dan pho)"),
    (Body.PARTY_CELL, r"bi thu( chi bo| cb)?|chi bo|bt chi bo|btcb"),
    (Body.COMMUNE_STAFF, r"can bo|cong chuc|ubnd|hdnd|dang uy|chu tich|pho chu tich"),
    (Body.RESIDENT, r"nguoi dan|nguoi (co )?uy tin|quan chung"),
)


def body_in(folded: str) -> Body | None:
    """The body that a text is about, by the words it contains."""
    found = (body for body, signs in SIGNS_OF_BODIES if re.search(rf"\b(?:{signs})\b", folded))
    return next(found, None)


TEAM = "team"

FIELDS = (
    ImportField(
        "name",
        _l("Full name"),
        read_person_name,
        _l("Family name, middle name and given name in one cell."),
        headings=("ho ten", "ho va ten", "ho ten thanh vien", "ho va ten thanh vien"),
        required=True,
        width=28,
        may_say_nothing=False,
    ),
    ImportField(
        "phone",
        _l("Phone"),
        read_phone,
        _l("10 digits. A first 0 that a spreadsheet has removed is added."),
        headings=("so dien thoai", "dien thoai", "sdt", "so dt", "dt", "di dong", "dien thoai lh"),
        width=15,
    ),
    ImportField(
        "birth_year",
        _l("Year of birth"),
        read_birth_year,
        _l("Four digits, like 1985; a whole day is understood as well."),
        headings=("nam sinh", "ngay sinh", "ngay thang nam sinh", "sinh nam"),
        width=12,
    ),
    ImportField(
        "sex",
        _l("Sex"),
        WordReader(lambda: words_by_spelling(Sex, FURTHER_SEXES)),
        _l("Female or male; empty where it is not known."),
        headings=("gioi tinh", "gioi", "nam nu", "nam hay nu"),
        words=lambda: labels_of(Sex),
        width=10,
    ),
    ImportField(
        "role",
        _l("Role"),
        WordReader(lambda: words_by_spelling(MemberRole, FURTHER_ROLES)),
        _l("Leader, deputy leader or member. Empty for a new person: member."),
        headings=("vai tro", "chuc vu", "chuc danh", "nhiem vu", "chuc vu trong to"),
        words=lambda: labels_of(MemberRole),
        width=16,
    ),
    ImportField(
        "body",
        _l("Body represented"),
        WordReader(lambda: words_by_spelling(Body, FURTHER_BODIES), likely=body_in),
        _l("Which body the person comes from."),
        headings=("thanh phan", "co quan", "don vi cong tac", "dai dien", "to chuc"),
        words=lambda: labels_of(Body),
        width=24,
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
        "since",
        _l("Since"),
        read_day,
        _l("The day the person joined. Empty: since the team exists."),
        headings=("tu ngay", "ngay tham gia", "ngay vao to", "ngay bat dau", "first day"),
        width=14,
    ),
    ImportField(
        "until",
        _l("Until"),
        read_day,
        _l("The last day, of those who have left."),
        headings=("den ngay", "ngay thoi", "ngay ket thuc", "den het ngay", "last day"),
        width=14,
    ),
)

DEFAULTS = (
    Default(
        "role",
        "no_role",
        lambda: _("The file has no column of roles. What are these people in their teams?"),
        lambda: (Option(MemberRole.MEMBER, _("All are plain members")), option_to_refuse()),
        values={MemberRole.MEMBER.value: MemberRole.MEMBER},
    ),
    Default(
        "village",
        "no_village",
        lambda: _("The file has no column of villages. In which team are these people?"),
        lambda: (Option(COMMUNE, _("In the commune's own team")), option_to_refuse()),
        values={COMMUNE: None},
    ),
    Default(
        "since",
        "no_day",
        lambda: _("The file has no column of days. Since when are these people members?"),
        lambda: (Option(TEAM, _("Since the first day of their team")), option_to_refuse()),
        values={TEAM: None},
        takes_day=True,
    ),
)


def membership_days(understood: Mapping[str, Any]) -> str:
    """From when to when somebody is a member."""
    first, last = day_in_words(understood, "valid_from"), day_in_words(understood, "valid_to")
    return _("%(first)s to the end of %(last)s", first=first, last=last) if last else first


SHOWN = (
    ShownColumn(_l("Full name"), ("name",), lambda said: text_of(said, "full_name")),
    ShownColumn(
        _l("Team, area"),
        ("team", "code", "village", "commune", "district"),
        lambda said: text_of(said, "area"),
    ),
    ShownColumn(_l("Role"), ("role",), word_of(MemberRole, "role")),
    ShownColumn(_l("Body represented"), ("body",), word_of(Body, "body")),
    ShownColumn(_l("Phone"), ("phone",), lambda said: format_phone(said.get("phone")) or ""),
    ShownColumn(_l("Year of birth"), ("birth_year",), lambda said: text_of(said, "birth_year")),
    ShownColumn(_l("Sex"), ("sex",), word_of(Sex, "sex")),
    ShownColumn(_l("Since"), ("since", "until"), membership_days),
)

MEMBERS = FileKind(
    ImportKind.MEMBERS,
    Permission.PERSON_WRITE,
    FIELDS,
    MemberRegister,
    defaults=DEFAULTS,
    notes_tell=True,
    shown=SHOWN,
)
