"""What somebody has saved."""

from collections.abc import Sequence

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.coverage.presets.models import Preset
from tcns.database import db


def presets_of(user: User) -> Sequence[Preset]:
    """The saved questions of a user, the default first."""
    query = select(Preset).where(Preset.user_id == user.id)
    return db.session.scalars(query.order_by(Preset.is_default.desc(), Preset.name)).all()


def default_of(user: User) -> str | None:
    """The question that a user's page opens with, if they chose one."""
    query = select(Preset.query).where(Preset.user_id == user.id, Preset.is_default)
    return db.session.scalar(query.limit(1))


def preset_of(user: User, preset_id: int) -> Preset | None:
    """A saved question of a user by its id."""
    query = select(Preset).where(Preset.user_id == user.id, Preset.id == preset_id)
    return db.session.scalar(query)
