"""Counts as people type them into forms."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tcns.web.fields import count_field
from tests.conventions.routes import bare_app


class OneCount(Form):
    """A form with a count."""

    count = count_field("Count")


def typed(text: str) -> OneCount:
    return OneCount(MultiDict({"count": text}))


@pytest.mark.parametrize(
    ("text", "count"),
    [("0", 0), ("86", 86), ("1.204", 1204), ("1,204", 1204), (" 1 204 ", 1204), ("", None)],
)
def test_whole_groups_of_three_are_one_number(text: str, count: int | None) -> None:
    with bare_app().test_request_context():
        form = typed(text)
        assert form.validate()
        assert form.count.data == count


@pytest.mark.parametrize("text", ["1,5", "20.0", "8 6", "1.2045", "12.04", "1.204,5", "-3", "ba"])
def test_anything_else_with_a_sign_in_it_is_refused(text: str) -> None:
    with bare_app().test_request_context():
        form = typed(text)
        assert not form.validate()
        assert form.count.data is None
