"""What changes saved questions: each user does it to their own."""

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.coverage.presets.models import Preset
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _


def save_preset(name: str, query: str, *, is_default: bool, by: User) -> Preset:
    """Save a question under a name that its user has not given yet."""
    _expect_new_name(name, by)
    preset = Preset(user_id=by.id, name=name, query=query, is_default=False)
    db.session.add(preset)
    db.session.flush()
    _set_default(preset, is_default=is_default, by=by)
    changes = {"name": (None, name), "address": (None, query), "is_default": (None, is_default)}
    record(Event.PRESET_ADDED, by=by, on=preset, changes=changes)
    return preset


def correct_preset(
    preset: Preset, name: str, *, is_default: bool, by: User, version: int | None = None
) -> None:
    """Call a saved question otherwise, or make it the default, or no more."""
    lock(preset, version)
    _expect_new_name(name, by, besides=preset)
    changes = {
        "name": (preset.name, name),
        "is_default": (preset.is_default, is_default),
    }
    preset.name = name
    _set_default(preset, is_default=is_default, by=by)
    record(Event.PRESET_CORRECTED, by=by, on=preset, changes=changes)


def delete_preset(preset: Preset, *, by: User, version: int | None = None) -> None:
    """Delete a saved question."""
    lock(preset, version)
    changes = {"name": (preset.name, None), "address": (preset.query, None)}
    record(Event.PRESET_DELETED, by=by, on=preset, changes=changes)
    db.session.delete(preset)


def _expect_new_name(name: str, user: User, besides: Preset | None = None) -> None:
    """Refuse a name that another of the user's bears."""
    query = select(Preset).where(Preset.user_id == user.id, Preset.name == name)
    if any(known is not besides for known in db.session.scalars(query)):
        raise RuleViolation(_("This name is given already."), "name")


def _set_default(preset: Preset, *, is_default: bool, by: User) -> None:
    """Make a question the default or not; a user has one at most."""
    if is_default:
        others = select(Preset).where(Preset.user_id == by.id, Preset.is_default)
        for other in db.session.scalars(others):
            other.is_default = False
    preset.is_default = is_default
    db.session.flush()
