"""The table of what agencies have said of themselves."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tcns.database import Model


class Agency(Model):
    """What the agency of an area has said of itself; until then the usual words are taken.

    `authority` are the lines above the signature and `receivers` those who receive documents, one
    a line. It has no version of its own: saving it raises that of its area.
    """

    __tablename__ = "agency"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    name: Mapped[str]
    superior: Mapped[str | None]
    place: Mapped[str]
    sign: Mapped[str]
    authority: Mapped[str]
    signer_name: Mapped[str | None]
    receivers: Mapped[str | None]
    helper_name: Mapped[str | None]
    helper_phone: Mapped[str | None]
