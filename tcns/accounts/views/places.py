"""The areas accounts can belong to and roles are granted over, as forms offer them."""

from tcns.accounts import queries
from tcns.accounts.forms import area_choices
from tcns.areas.models import Area
from tcns.permissions.scope import Scope


class Places:
    """The areas of a scope that accounts can belong to, by code, as choices of a form."""

    def __init__(self, scope: Scope) -> None:
        found = queries.home_areas(scope)
        self.by_code: dict[str, Area] = {name.code: area for area, name in found}
        self.choices = area_choices((name.code, name.full_name) for area, name in found)
