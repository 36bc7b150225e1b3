"""The table of digital models."""

from datetime import date

from sqlalchemy import ColumnElement, ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tcns.areas.models import Area
from tcns.database import Dated, Model, SortKey, Versioned, interval_check
from tcns.database.id_lists import in_ids
from tcns.initiatives.vocabulary import InitiativeKind, Stage
from tcns.permissions.scope import Scope
from tcns.vietnamese import fold, sort_key


class Initiative(Dated, Versioned, Model):
    """A digital model of a commune or a village, from the day it started."""

    __tablename__ = "initiative"
    __table_args__ = (interval_check(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    stage: Mapped[str]
    search_key: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    area: Mapped[Area] = relationship()

    @validates("name")
    def _derive_keys(self, _field: str, name: str) -> str:
        """Keep the search and sort keys in step with the name."""
        keys = self.keys_of(name)
        self.search_key, self.sort_key = keys["search_key"], keys["sort_key"]
        return name

    @staticmethod
    def keys_of(name: str) -> dict[str, str]:
        """What is derived of a name: the keys by which it is searched and sorted."""
        return {"search_key": fold(name), "sort_key": sort_key(name)}

    @classmethod
    def within(cls, scope: Scope) -> ColumnElement[bool]:
        """Digital models in the areas of the scope."""
        return true() if scope.everything else in_ids(cls.area_id, scope.areas)

    def lies_in(self, scope: Scope) -> bool:
        """Whether its area belongs to the scope."""
        return scope.everything or self.area_id in scope.areas

    @property
    def what(self) -> InitiativeKind:
        """The kind as a word of the vocabulary."""
        return InitiativeKind(self.kind)

    @property
    def standing(self) -> Stage:
        """How it stands, as a word of the vocabulary."""
        return Stage(self.stage)
