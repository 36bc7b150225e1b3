"""Numbers and hours in texts, and what is said of a field that was left empty."""

from decimal import Decimal

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale

from tcns.i18n import enter_message, format_hours, ngettext


@pytest.mark.parametrize(
    ("hours", "words"), [(Decimal("3.0"), "3"), (Decimal("1.5"), "1,5"), (Decimal(24), "24")]
)
def test_hours_have_a_decimal_only_where_there_is_one(
    app: Flask, hours: Decimal, words: str
) -> None:
    with app.test_request_context():
        assert format_hours(float(hours)) == words


def test_a_count_in_a_sentence_has_its_dots(app: Flask) -> None:
    with app.test_request_context():
        assert ngettext("%(num)s household", "%(num)s households", 1200) == "1.200 hộ"
        page = '{{ ngettext("%(num)s household", "%(num)s households", 1200) }}'
        assert render_template_string(page) == "1.200 hộ"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ('_("Search: %(text)s", text="<b>")', "Tìm kiếm: &lt;b&gt;"),
        ('_("A share is at most 100 %%.")', "Tỷ lệ cao nhất là 100%."),
        (
            'ngettext("%(num)s <i>%(a)s</i>", "%(num)s <i>%(a)s</i>", 2, a="<b>")',
            "2 <i>&lt;b&gt;</i>",
        ),
    ],
)
def test_what_is_put_into_a_message_of_a_page_is_text(app: Flask, message: str, words: str) -> None:
    with app.test_request_context():
        assert render_template_string(f"{{{{ {message} }}}}") == words


@pytest.mark.parametrize(
    ("label", "words"),
    [("Họ và tên", "Vui lòng nhập họ và tên."), ("UBND xã", "Vui lòng nhập UBND xã.")],
)
def test_an_empty_field_is_named(app: Flask, label: str, words: str) -> None:
    with app.test_request_context(), force_locale("vi"):
        assert enter_message(label) == words
