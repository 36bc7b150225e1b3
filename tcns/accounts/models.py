"""Tables of accounts."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, select, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tcns.accounts.vocabulary import State
from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.clock import now
from tcns.database import Dated, Model, SortKey, Versioned, interval_check
from tcns.database.id_lists import in_ids
from tcns.permissions.scope import Scope, scope_for
from tcns.permissions.vocabulary import Permission, Role
from tcns.vietnamese import fold, name_sort_key


class User(Versioned, Model):
    """Somebody who can sign in.

    A new account has no password: its holder sets one with a one-time code, of which only a hash
    is kept. `home_area_id` is where the account belongs: who administers that area administers
    the account. `has_shortcuts`: single keys do something on pages, until their holder ends that.
    """

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    search_key: Mapped[str] = mapped_column(index=True)
    sort_key: Mapped[str] = mapped_column(SortKey)
    home_area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    password_hash: Mapped[str | None]
    code_hash: Mapped[str | None]
    code_expires_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    has_shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())
    assignments: Mapped[list["RoleAssignment"]] = relationship(
        back_populates="user",
        foreign_keys="RoleAssignment.user_id",
        order_by="RoleAssignment.valid_from, RoleAssignment.id",
    )

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether the account may be used."""
        return self.disabled_at is None

    @property
    def state(self) -> State:
        """Whether the account can be used, in a word of the vocabulary."""
        if not self.is_active:
            return State.CLOSED
        return State.IN_USE if self.password_hash else State.WAITING

    def get_id(self) -> str:
        """Flask-Login's name for the user; the sign-in row, not this, is what is trusted."""
        return str(self.id)

    @validates("full_name")
    def _derive_keys(self, _field: str, full_name: str) -> str:
        """Keep the search and sort keys in step with the name."""
        self.search_key, self.sort_key = fold(full_name), name_sort_key(full_name)
        return full_name

    def scope_for(self, permission: Permission) -> Scope:
        """Where this user may do `permission`."""
        return scope_for(self, permission)

    def roles_on(self, day: date) -> list["RoleAssignment"]:
        """The roles granted to this user that hold on `day`."""
        return [assignment for assignment in self.assignments if assignment.is_valid_on(day)]

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Accounts that belong to an area of the scope."""
        return true() if scope.everything else in_ids(cls.home_area_id, scope.areas)

    def lies_in(self, scope: Scope) -> bool:
        """Whether the account belongs to an area of the scope."""
        return scope.everything or self.home_area_id in scope.areas


class RoleAssignment(Dated, Model):
    """This role, over this area and everything below it, for a time."""

    __tablename__ = "role_assignment"
    __table_args__ = (interval_check(), Index(None, "user_id", "valid_from"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    user: Mapped[User] = relationship(back_populates="assignments", foreign_keys=[user_id])
    area: Mapped[Area] = relationship(lazy="joined", innerjoin=True)

    @property
    def kind(self) -> Role:
        """The role as a word of the vocabulary."""
        return Role(self.role)

    def has_effect_on(self, map_day: date) -> bool:
        """Whether the role reaches anything on the map of a day: one over the province always does,
        any other while its area exists."""
        return self.area.step is Level.PROVINCE or self.area.is_valid_on(map_day)

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Assignments of the accounts in the scope."""
        return cls.user_id.in_(select(User.id).where(User.within(scope)))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the assignment's account lies in the scope."""
        return self.user.lies_in(scope)


class SignIn(Model):
    """One device signed in: the cookie holds the key, the table only the key's hash.

    `device_hash` and `network_hash` are the digests of the browser's own lasting key and of the
    address it signed in from: from either its account is not shut by strangers' failures.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    device: Mapped[str]
    device_hash: Mapped[str | None]
    network_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    idle_minutes: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()

    def holds_at(self, moment: datetime) -> bool:
        """Whether the device is still signed in at `moment`."""
        if self.ended_at is not None or moment >= self.expires_at:
            return False
        idle = (moment - self.last_seen_at).total_seconds() / 60
        return self.idle_minutes is None or idle < self.idle_minutes


class SignInAttempt(Model):
    """A failed try to sign in, kept for a day so that guessing is slowed; `subject` is a digest."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "subject", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    at: Mapped[datetime]
