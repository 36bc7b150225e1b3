"""What becomes of templates: put in, taken into use, left, removed."""

from typing import Any

from sqlalchemy import update

from tcns.areas.models import Deployment
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import db
from tcns.documents.models import LetterTemplate
from tcns.files.store import file_store

FOLDER = "templates"


def put_in(content: bytes, file_name: str, *, by: Any) -> LetterTemplate:
    """Keep a template that was tried; it is not used yet."""
    template = LetterTemplate(
        file_key=file_store().put(FOLDER, content),
        file_name=file_name,
        uploaded_by_id=by.id,
        uploaded_at=now(),
    )
    db.session.add(template)
    db.session.flush()
    _record(Event.TEMPLATE_ADDED, template, by=by)
    return template


def use(template: LetterTemplate | None, *, by: Any) -> None:
    """Write documents into a template from now on; None is the usual one."""
    db.session.execute(update(LetterTemplate).values(is_used=False))
    if template is not None:
        template.is_used = True
    _record(Event.TEMPLATE_USED, template, by=by)


def remove(template: LetterTemplate, *, by: Any) -> None:
    """Remove a template, and its file with it."""
    _record(Event.TEMPLATE_REMOVED, template, by=by)
    db.session.delete(template)
    db.session.flush()
    file_store().delete(template.file_key)


def _record(event: Event, template: LetterTemplate | None, *, by: Any) -> None:
    """Put on record what became of a template; it belongs to the installation."""
    name = template.file_name if template else None
    deployment = db.session.get_one(Deployment, 1)
    record(event, by=by, on=deployment, changes={"file_name": (None, name)})
