"""The filters of checks: in which area, and by name."""

from tcns.areas.place_forms import PlaceForm


class CheckForm(PlaceForm):
    """Where is looked; the teams and memberships are those of today."""

    unseen = (*PlaceForm.unseen, "map_on")
