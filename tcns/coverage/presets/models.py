"""The table of saved questions."""

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from tcns.database import IDS_USED_ONCE, Model, Versioned
from tcns.permissions.scope import Scope


class Preset(Versioned, Model):
    """A question to the coverage page that a user has saved: the rest of its address.

    The one that is the default is shown where the page is opened without a question. It is its
    user's alone: in nobody's scope, and let in by its owner's own pages.
    """

    __tablename__ = "preset"
    __table_args__ = (UniqueConstraint("user_id", "name"), IDS_USED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str]
    query: Mapped[str]
    is_default: Mapped[bool]

    @classmethod
    def within(cls, _scope: Scope) -> ColumnElement[bool]:
        """None: no list shows those of others."""
        return false()

    def lies_in(self, scope: Scope) -> bool:
        """Where its user may read anything: it was loaded by them."""
        return bool(scope)
