"""Pressing twice does it once: what a form's idempotency key has already done is answered again.

Under the same key only the same content is the same form. Other content is a conflict: what was
saved stays, what is typed now stays on the page, and whoever typed it decides.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple, TypeVar

from flask import Flask, current_app, flash, redirect, request
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from werkzeug import Response
from werkzeug.datastructures import FileStorage

from tcns.clock import now
from tcns.database import Model, db, delete_rows
from tcns.database.inserts import insert_rows
from tcns.errors import RuleViolation, Stale
from tcns.i18n import gettext as _
from tcns.permissions.guards import guarded_write
from tcns.vietnamese import normalise
from tcns.web.forms import WritingForm

Result = TypeVar("Result")

LONGEST_KEY = 64
CHUNK_BYTES = 64 * 1024
OF_ONE_SENDING = ("csrf_token", "idempotency_key", "resume", "language", "back")
# The answers to a form that did nothing: shown again, refused, its record not found.
UNDONE = (HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


class SentOtherwise(RuleViolation):
    """The form was carried out before with other content; `location` is where that led."""

    def __init__(self, location: str) -> None:
        super().__init__(
            _(
                "This form was saved before, with other content. What stands here now is not "
                "saved. To save it as well, send it again."
            )
        )
        self.location = location


class CarriedOut(Model):
    """A form that was carried out: who sent it under which key, what it held, where it led.

    `digest` proves the content and tells nothing of it; None of forms from before it was kept.
    """

    __tablename__ = "replay"

    user_id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str]
    digest: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(index=True)


class Known(NamedTuple):
    """What a key did before: where that led, and what proves the content."""

    location: str
    digest: str | None


# Asked of every form that is sent, so it is put together once.
KNOWN = select(CarriedOut.location, CarriedOut.digest).where(
    CarriedOut.user_id == bindparam("user_id"), CarriedOut.key == bindparam("key")
)


def forget_idempotency_keys(before: datetime) -> int:
    """Forget, within a transaction, the forms carried out before a moment; how many there were.

    Sent again after that, a form counts as a new one.
    """
    return delete_rows(delete(CarriedOut).where(CarriedOut.at < before))


def submit_once(
    form: WritingForm,
    operate: Callable[[], Result],
    then: Callable[[Result], str],
    *,
    besides: Callable[[], Iterable[RuleViolation]] = tuple,
) -> Response | None:
    """Carry out a sound form once and lead on; None where nothing was sent, or nothing done.

    `operate` does it and `then`, given what that answered, says where it leads: both in one write
    transaction. A form sent again under its key changes nothing and leads to the same address;
    with other content it is shown again under a new key, with the way to what was saved.

    What is wrong is said beside its field. Of a form with errors `besides` tells which rules
    it breaks, as far as it can be understood, so that all can be mended at once. When a rule is
    broken by a sound one nothing is written; so it is when somebody else saved the same record at
    the same instant.
    """
    if not form.is_submitted():
        return None
    if form.validate():
        return _try(form, lambda: then(operate()))
    for broken in besides():
        form.add_error(broken)
    return None


def lead_to(address: str, message: str) -> str:
    """An address to lead to, and on its page what was done."""
    flash(message, "success")
    return address


def write_once(operate: Callable[[], Result]) -> Result:
    """What an operation answers that knows its own key, done in one write transaction.

    Whoever wrote under the same key at the same instant is seen when it is asked again.
    """
    try:
        return _committed(operate)
    except IntegrityError:
        return _committed(operate)


def _committed(operate: Callable[[], Result]) -> Result:
    with guarded_write():
        result = operate()
        db.session.flush()  # constraints must speak before the commit
    return result


def answer_as_before(response: Response) -> Response:
    """Answer a form that was carried out before as then, whatever has come of it now.

    By now its record may be gone or changed, so that what was typed no longer fits.
    """
    if request.method != "POST" or response.status_code not in UNDONE:
        return response
    key = _shortened(normalise(request.form.get("idempotency_key")))
    known = _known(key) if key and current_user.is_authenticated else None
    return redirect(known.location) if known and _is_same(known) else response


def _try(form: WritingForm, operate: Callable[[], str]) -> Response | None:
    """Carry out a form under its key; None where a rule forbids it, which the form then says."""
    key = _shortened(form.idempotency_key.data) or secrets.token_urlsafe()
    try:
        return redirect(_carry_out(key, operate))
    except SentOtherwise as other:
        form.renew_keys()
        form.add_error(other)
        flash(_link_to(other.location), "warning")
    except RuleViolation as broken:
        form.add_error(broken)
    except StaleDataError:
        form.add_error(Stale(form.record))
    return None


def _shortened(key: str | None) -> str:
    """A key as it is kept."""
    return (key or "")[:LONGEST_KEY]


def _carry_out(key: str, operate: Callable[[], str]) -> str:
    """Where the operation leads.

    A constraint that speaks was broken by somebody else at the same instant: asked again, the
    operation sees what they wrote and can say it in words.
    """
    return write_once(lambda: _unless_done(key, operate))


def _unless_done(key: str, operate: Callable[[], str]) -> str:
    """Operate, unless the key has been used before."""
    known = _known(key)
    if known is not None and not _is_same(known):
        raise SentOtherwise(known.location)
    if known is not None:
        return known.location
    location = operate()
    row = (current_user.id, key, location, content_digest(), now())
    insert_rows(CarriedOut, ("user_id", "key", "location", "digest", "at"), [row])
    return location


def _known(key: str) -> Known | None:
    """What this key of the signed-in user did before, if it did."""
    row = db.session.execute(KNOWN, {"user_id": current_user.id, "key": key}).one_or_none()
    return Known(*row) if row else None


def _is_same(known: Known) -> bool:
    """Whether what is sent now is what was carried out."""
    return known.digest in (None, content_digest())


def content_digest() -> str:
    """What proves the content of the form that was sent: its address, fields and files.

    Left out is what differs between two sendings of one form. It is made with the secret key, so
    that a guess at the content cannot be compared with it.
    """
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in OF_ONE_SENDING]
    files = [
        (name, file.filename or "", _digest_of(file))
        for name, file in request.files.items(multi=True)
    ]
    content = repr((request.path, sorted(fields), sorted(files))).encode()
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, content, "sha256").hexdigest()


def _digest_of(file: FileStorage) -> str:
    """What proves the content of a file that was sent; it can be read afterwards as before."""
    file.stream.seek(0)
    digest = hashlib.sha256()
    while some := file.stream.read(CHUNK_BYTES):
        digest.update(some)
    file.stream.seek(0)
    return digest.hexdigest()


def _link_to(location: str) -> Markup:
    """The way to what was saved before."""
    link = Markup('<a class="alert-link" href="{}">{}</a>')
    return link.format(location, _("Look at what was saved before"))


def register_idempotency(app: Flask) -> None:
    """Let every view answer a form that is sent twice as it did the first time."""
    app.after_request(answer_as_before)
