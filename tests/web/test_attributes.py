"""The tags of controls hold what WTForms would write, character by character."""

from typing import Any

from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms.widgets import html_params

from tcns.i18n import lazy_gettext as _l
from tcns.web.attributes import attributes
from tcns.web.filters import ListForm, text_field

TEXTS = st.text("<>&\"' ợa%{}", max_size=6)
VALUES = st.one_of(TEXTS, TEXTS.map(Markup), st.booleans(), st.integers(), st.none())
NAMES = st.sampled_from(("id", "class_", "data_day", "aria_label", "aria-label", "value", "for_"))


@given(st.dictionaries(NAMES, VALUES))
def test_attributes_are_those_of_wtforms(values: dict[str, Any]) -> None:
    assert attributes(**values) == html_params(**values)


def test_controls_are_written_so(app: Flask) -> None:
    class Form(ListForm):
        q = text_field(_l("Search"))

    with app.test_request_context("/?q=%22<b>"):
        shown = render_template_string("{{ form.q(autofocus=True) }}", form=Form.from_address())
        assert shown == (
            '<input autofocus id="q" maxlength="100" name="q" type="text" value="&#34;&lt;b&gt;">'
        )
