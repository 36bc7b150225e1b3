"""The table of courses that members are sent to."""

from datetime import date

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, or_, select, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tcns.areas.models import Area
from tcns.areas.vocabulary import Level
from tcns.database import Model, SortKey, Versioned
from tcns.database.id_lists import in_ids
from tcns.permissions.scope import Scope
from tcns.vietnamese import fold, sort_key

# Whose courses are for everybody: what they organise, communes send members to.
FOR_ALL = (Level.PROVINCE, Level.DISTRICT)


class Course(Versioned, Model):
    """A course that an area's authority keeps: who organised it, where, on which days.

    Who took part stands in `training`: without a last day while enrolled, with one when completed.
    """

    __tablename__ = "course"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="days"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str]
    organiser: Mapped[str]
    platform: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    search_key: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey)
    area: Mapped[Area] = relationship()

    @validates("name")
    def _derive_keys(self, _field: str, name: str) -> str:
        """Keep the search and sort keys in step with the name."""
        self.search_key, self.sort_key = fold(name), sort_key(name)
        return name

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Courses of the areas in the scope, and those of province and districts."""
        if scope.everything:
            return true()
        above = select(Area.id).where(Area.level.in_(FOR_ALL))
        return or_(in_ids(cls.area_id, scope.areas), cls.area_id.in_(above))

    def lies_in(self, scope: Scope) -> bool:
        """Whether it is of an area in the scope, or of the province or a district."""
        return scope.everything or self.area_id in scope.areas or self.area.step in FOR_ALL
