"""What is typed into the box that searches everywhere."""

from tcns.i18n import lazy_gettext as _l
from tcns.web.filters import ListForm, text_field


class SearchForm(ListForm):
    """The text to look for."""

    q = text_field(_l("Search"))
