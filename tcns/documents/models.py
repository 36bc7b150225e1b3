"""The table of the templates that a province has put in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tcns.accounts.models import User
from tcns.database import Model


class LetterTemplate(Model):
    """A Word file that documents are written into; of those put in one at most is used."""

    __tablename__ = "letter_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_key: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime]
    is_used: Mapped[bool] = mapped_column(default=False)
    uploaded_by: Mapped[User] = relationship()
