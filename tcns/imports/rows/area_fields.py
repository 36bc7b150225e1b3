"""The columns by which a row says which area it is about."""

from tcns.i18n import lazy_gettext as _l
from tcns.imports.rows.cells import read_line
from tcns.imports.rows.fields import ImportField

CODE = ImportField(
    "code",
    _l("Area code"),
    read_line,
    _l("The code of the village or commune. With it the names may stay empty."),
    headings=("ma", "ma dia ban", "ma thon", "ma xa", "ma dvhc", "ma don vi"),
    width=14,
)
VILLAGE = ImportField(
    "village",
    _l("Village"),
    read_line,
    _l("Its name, with or without Thôn, Bản, Tổ dân phố. Empty for what is the commune's own."),
    headings=(
        *("thon", "ten thon", "thon ban", "thon xom", "thon to dan pho", "thon ban to dan pho"),
        *("xom", "thon ban tdp", "to dan pho", "ban", "khu dan cu", "dia ban", "area"),
    ),
    width=26,
    may_say_nothing=False,
)
COMMUNE = ImportField(
    "commune",
    _l("Commune"),
    read_line,
    _l("Its name, with or without Xã, Phường, Thị trấn."),
    headings=(
        *("ten xa", "xa", "phuong", "xa phuong", "xa phuong thi tran", "don vi", "don vi cap xa"),
        *("xa thi tran", "phuong xa", "cap xa"),
    ),
    width=24,
    may_say_nothing=False,
)
DISTRICT = ImportField(
    "district",
    _l("District"),
    read_line,
    _l("Needed only where two communes have the same name."),
    headings=("ten huyen", "huyen", "quan huyen", "huyen thanh pho", "huyen tp"),
    width=22,
    may_say_nothing=False,
)
PLACE_FIELDS = (CODE, VILLAGE, COMMUNE, DISTRICT)
