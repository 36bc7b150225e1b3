"""The words by which columns are known where their heading is none of the usual ones.

A heading is that of a field where it says nothing but the field's own words: "SĐT/Zalo", "Số điện
thoại liên hệ". Where it only contains one of them, what the column holds is a question.
"""

import re
from functools import cache

# The words that name a field, then those that may stand beside them; folded.
FIELD_WORDS = {
    "name": (
        r"ho( va)? ten( dem)?|ten thanh vien|ho ten thanh vien",
        r"cua|thanh vien|nguoi|to|day du",
    ),
    "phone": (
        r"s?dt( ?dd)?|so dt|dien thoai|dthoai|di dong|mobile|phone",
        r"so|zalo|lien he|lh|lien lac|ca nhan|cua|thanh vien|ban|co dinh|may|nguoi|va|hoac",
    ),
    "birth_year": (r"n(am)? sinh|ngay( thang)?( nam)? sinh|sinh nam|ns", r"ngay|thang|nam|cua"),
    "sex": (r"gioi( tinh)?|nam ?/? ?nu|sex", r"cua|thanh vien|nam|nu|hay"),
    "role": (
        r"chuc vu|chuc danh|c vu|vai tro|nhiem vu|role",
        r"trong|to|cua|cnscd|cnsc|cong nghe so|cong dong|duoc|phan cong|thanh vien",
    ),
    "body": (
        r"thanh phan|don vi cong tac|co quan|dai dien",
        r"cho|dai dien|to chuc|doan the|tham gia",
    ),
    "village": (
        r"thon|ban|xom|tdp|to dan pho|khu pho|khu dan cu|t\.?d\.?p",
        r"ten|va|hoac|noi|o|cu tru|thuoc|to|khu|dia chi|lang",
    ),
    "commune": (r"xa|phuong|thi tran|tt", r"ten|va|hoac|thuoc|don vi|cap|dia ban"),
    "district": (r"huyen|quan|thanh pho|thi xa", r"ten|va|hoac|thuoc|tp|tx"),
    "since": (
        r"ngay( vao| tham gia| bat dau| thanh lap)|tu ngay|tham gia tu( ngay)?|thoi gian tham gia",
        r"to|cua|theo|qd|quyet dinh|cnscd|cong nghe so|cong dong|hoat dong",
    ),
    "count": (
        r"(tong )?(so )?ho( dan| gia dinh)?",
        r"tong|so|hien co|cua|thon|trong|tren|dia ban|toan|hien nay",
    ),
    "number": (r"(so )?quyet dinh|so qd|qd", r"thanh lap|so|ngay|va|thang|nam|to|cua|cnscd"),
    "issuer": (r"co quan ban hanh|noi ban hanh|don vi ban hanh|nguoi ky", r"quyet dinh|qd|cua"),
}
FAMILY_WORDS = re.compile(r"ho( va| ,)?( chu| ten)?( dem| lot)|ho va chu (dem|lot)|ho")
GIVEN_WORDS = re.compile(r"ten( goi| rieng)?")
NOTE_WORDS = re.compile(r"ghi chu|note|notes|remarks?|tinh trang|bien dong")


@cache
def _form(name: str) -> re.Pattern[str]:
    """What the headings of a field look like."""
    words, others = FIELD_WORDS[name]
    return re.compile(rf"(?:(?:{others}) )*(?:{words})(?: (?:{words}|{others}))*")


def says_only(name: str, heading: str) -> bool:
    """Whether a folded heading says nothing but a field's words."""
    return name in FIELD_WORDS and _form(name).fullmatch(heading) is not None
