"""Which templates there are."""

from sqlalchemy import select

from tcns.database import db
from tcns.documents.models import LetterTemplate
from tcns.files.store import NoSuchFile, file_store


def templates() -> list[LetterTemplate]:
    """The templates that were put in, the newest first."""
    return list(db.session.scalars(select(LetterTemplate).order_by(LetterTemplate.id.desc())))


def template_by_id(template_id: int | None) -> LetterTemplate | None:
    """A template, if there is one of this id."""
    return db.session.get(LetterTemplate, template_id) if template_id else None


def content_of(template_id: int) -> bytes | None:
    """The file of a template, if it is there."""
    return _file_of(template_by_id(template_id))


def used_template() -> bytes | None:
    """The template that documents are written into; None is the usual one.

    One whose file is lost counts as none: documents must come out all the same.
    """
    return _file_of(db.session.scalar(select(LetterTemplate).where(LetterTemplate.is_used)))


def _file_of(template: LetterTemplate | None) -> bytes | None:
    """What is kept of a template."""
    try:
        return file_store().read(template.file_key) if template else None
    except NoSuchFile:
        return None
