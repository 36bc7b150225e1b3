"""What changes the photographs of a session: one is received, added, removed."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass

from sqlalchemy import func, select

from tcns.accounts.models import User
from tcns.activities.models import Activity, Photograph
from tcns.activities.rules import check_may_change_photographs, check_may_send_photographs
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.clock import now
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.files.pictures import PHOTOGRAPH, THUMBNAILS, read_picture, thumbnail_key
from tcns.files.store import file_store
from tcns.files.strays import holds_files
from tcns.i18n import format_number
from tcns.i18n import gettext as _

PHOTOGRAPHS = "photographs"  # the folder of the store
MOST_PHOTOGRAPHS = 6


@dataclass(frozen=True)
class ReceivedPhotograph:
    """A picture that lies in the store and waits for its record; `place` as latitude, longitude."""

    file_key: str
    digest: str
    width: int
    height: int
    place: tuple[float, float] | None


def receive_photograph(content: bytes, *, keeps_place: bool = False) -> ReceivedPhotograph:
    """Draw a picture anew and put it into the store, before the write transaction.

    Where it was taken is forgotten unless it is to be kept. Raises UnusablePicture. What is not
    added afterwards is deleted by the nightly cleaning.
    """
    picture = read_picture(content, PHOTOGRAPH)
    return ReceivedPhotograph(
        file_key=file_store().put(PHOTOGRAPHS, picture.content),
        digest=digest_of(content),
        width=picture.width,
        height=picture.height,
        place=picture.place if keeps_place else None,
    )


def digest_of(content: bytes) -> str:
    """What is the same for the same picture, whenever it is sent."""
    return hashlib.sha256(content).hexdigest()


def add_photograph(
    activity: Activity,
    received: ReceivedPhotograph,
    *,
    client_key: str,
    by: User,
    has_waited: bool = False,
) -> Photograph:
    """Add a received picture to a session; `has_waited` where it waited on a phone for signal.

    The same key with the same content is the same photograph, sent twice: it answers the one there
    is. Raises RuleViolation for other content under the same key, for one picture too many, and
    where the user may not change the session's photographs.
    """
    known = photograph_sent_before(activity, client_key=client_key, digest=received.digest)
    if known:
        return known
    lock(activity)
    check = check_may_send_photographs if has_waited else check_may_change_photographs
    check(activity, by=by)
    count = _count_of(activity)
    if count >= MOST_PHOTOGRAPHS:
        most = format_number(MOST_PHOTOGRAPHS)
        raise RuleViolation(_("A session has at most %(count)s photographs.", count=most), "file")
    latitude, longitude = received.place or (None, None)
    added = Photograph(
        activity=activity,
        client_key=client_key,
        digest=received.digest,
        file_key=received.file_key,
        width=received.width,
        height=received.height,
        latitude=latitude,
        longitude=longitude,
        added_by_id=by.id,
        added_at=now(),
    )
    db.session.add(added)
    db.session.flush()
    _record(Event.PHOTOGRAPH_ADDED, activity, count, count + 1, by=by)
    return added


def photograph_sent_before(
    activity: Activity, *, client_key: str, digest: str
) -> Photograph | None:
    """The photograph that a key has added to a session; None where it has not been used.

    Asked first, it spares drawing the picture anew. Raises RuleViolation where the key was used
    for other content, or for another session.
    """
    known = db.session.scalar(select(Photograph).where(Photograph.client_key == client_key))
    if known and (known.activity_id, known.digest) != (activity.id, digest):
        raise RuleViolation(
            _("This photograph was sent before, with other content: look at it first.")
        )
    return known


def remove_photograph(photograph: Photograph, *, by: User) -> None:
    """Remove a photograph from its session; nobody can see it from now on.

    Its file is deleted by the nightly cleaning.
    """
    activity = photograph.activity
    lock(activity)
    check_may_change_photographs(activity, by=by)
    count = _count_of(activity)
    db.session.delete(photograph)
    db.session.flush()
    _record(Event.PHOTOGRAPH_REMOVED, activity, count, count - 1, by=by)


def _count_of(activity: Activity) -> int:
    """How many photographs a locked session has."""
    query = select(func.count()).where(Photograph.activity_id == activity.id)
    return db.session.scalar(query) or 0


def _record(event: Event, activity: Activity, before: int, after: int, *, by: User) -> None:
    """Put on record how many photographs there were and are."""
    changes = {"photographs": (before, after)}
    record(event, by=by, on=activity, area_id=activity.team.area_id, changes=changes)


@holds_files(PHOTOGRAPHS)
def _held_files() -> Container[str]:
    """The keys of all photographs."""
    return set(db.session.scalars(select(Photograph.file_key)))


@holds_files(THUMBNAILS)
def _held_thumbnails() -> Container[str]:
    """The keys of the small pictures of all photographs."""
    return {thumbnail_key(key) for key in db.session.scalars(select(Photograph.file_key))}
