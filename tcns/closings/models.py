"""Tables of closings, and of requests to open a month again."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, select, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.database import Model
from tcns.database.id_lists import in_ids
from tcns.permissions.scope import Scope
from tcns.teams.models import Team


class Closing(Model):
    """A month closed for a commune, or for the province and all in it.

    Opened again it stays so to the end of `open_until`, then it is closed as before. Of several
    closings of a month the latest says how it stands.
    """

    __tablename__ = "closing"
    __table_args__ = (Index(None, "area_id", "first_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    closed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reopened_at: Mapped[datetime | None]
    reopen_reason: Mapped[str | None]
    open_until: Mapped[date | None]
    area: Mapped[Area] = relationship()
    closed_by: Mapped[User] = relationship(foreign_keys=[closed_by_id])
    reopened_by: Mapped[User | None] = relationship(foreign_keys=[reopened_by_id])

    def is_closed_on(self, day: date) -> bool:
        """Whether the month is closed, by this closing, on a day of work."""
        return self.open_until is None or self.open_until < day

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Closings of the areas in the scope."""
        return true() if scope.everything else in_ids(cls.area_id, scope.areas)

    def lies_in(self, scope: Scope) -> bool:
        """Whether the closing's area belongs to the scope."""
        return scope.everything or self.area_id in scope.areas


class ReopeningRequest(Model):
    """What a team asks: to open a month again, and why; granted, declined with an answer, or
    waiting."""

    __tablename__ = "reopening_request"
    __table_args__ = (Index(None, "area_id", "first_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    first_day: Mapped[date]
    reason: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    is_granted: Mapped[bool | None]
    answer: Mapped[str | None]
    area: Mapped[Area] = relationship()
    team: Mapped[Team] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Requests of the teams in the scope."""
        if scope.everything:
            return true()
        return cls.team_id.in_(select(Team.id).where(Team.within(scope)))

    def lies_in(self, scope: Scope) -> bool:
        """Whether the request's team lies in the scope."""
        return self.team.lies_in(scope)
