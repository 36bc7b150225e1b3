"""What somebody has saved."""

from typing import NamedTuple

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.coverage.presets.models import Preset
from tcns.database import db
from tcns.database.kept import kept


class SavedView(NamedTuple):
    """A question that somebody has saved: its name, what the address says, and whether their page
    opens with it."""

    id: int
    name: str
    query: str
    is_default: bool


def presets_of(user: User) -> tuple[SavedView, ...]:
    """The saved questions of a user, the default first."""
    return _presets_of(user.id)


@kept("accounts")
def _presets_of(user_id: int) -> tuple[SavedView, ...]:
    query = select(Preset.id, Preset.name, Preset.query, Preset.is_default)
    own = query.where(Preset.user_id == user_id).order_by(Preset.is_default.desc(), Preset.name)
    return tuple(SavedView(*row) for row in db.session.execute(own))


def default_of(user: User) -> str | None:
    """The question that a user's page opens with, if they chose one."""
    return next((view.query for view in presets_of(user) if view.is_default), None)


def preset_of(user: User, preset_id: int) -> Preset | None:
    """A saved question of a user by its id."""
    query = select(Preset).where(Preset.user_id == user.id, Preset.id == preset_id)
    return db.session.scalar(query)
