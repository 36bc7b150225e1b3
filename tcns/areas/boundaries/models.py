"""The table of boundaries."""

import json
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tcns.charts.projection import Outline
from tcns.database import Model

# Stored in whole ten-thousandths of a degree, some eleven metres.
UNITS = 10_000


class AreaBoundary(Model):
    """The boundary of an area as it was loaded for the map of a day.

    The areas of one file were made small together, so that those side by side have their common
    points. `outlines` are rings of whole numbers, east and north in turn, as JSON.
    """

    __tablename__ = "area_boundary"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    map_on: Mapped[date] = mapped_column(primary_key=True)
    outlines: Mapped[str]


def as_text(outlines: tuple[Outline, ...]) -> str:
    """Outlines in degrees as they are stored."""
    rings = [
        [[round(number * UNITS) for point in ring for number in point] for ring in outline]
        for outline in outlines
    ]
    return json.dumps(rings, separators=(",", ":"))


def as_outlines(text: str) -> tuple[Outline, ...]:
    """What is stored as outlines in degrees."""
    return tuple(
        tuple(
            tuple((x / UNITS, y / UNITS) for x, y in zip(ring[::2], ring[1::2], strict=True))
            for ring in outline
        )
        for outline in json.loads(text)
    )
