"""Signing in and out: server-side rows, of which the cookie holds only the key."""

from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus

from flask import Flask, flash, g, jsonify, redirect, render_template, request, session, url_for
from flask_login import LoginManager
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import contains_eager
from werkzeug import Request, Response

from tcns.accounts.credentials.session_keys import digest
from tcns.accounts.forms import SignInForm
from tcns.accounts.models import SignIn, User
from tcns.accounts.sign_in.operations import end_by_digest
from tcns.clock import now
from tcns.database import db
from tcns.database.background import background
from tcns.database.faults import fault_of
from tcns.database.versions import READ, DataVersion, note_versions
from tcns.i18n import gettext as _
from tcns.jobs.queries import unseen_job_of
from tcns.notices.queries import unread_notices_of
from tcns.web.addresses import HOME
from tcns.web.form_restore import typed_form, way_back

SESSION_KEY = "sign_in"
LAST_SEEN_EVERY = timedelta(minutes=5)
# Whose sign-in it is, and which state the data are in: asked by every page, so it is put together
# once. The roles are read when they are asked for: what they let one do is kept.
SIGN_IN = (
    select(
        SignIn,
        unseen_job_of(SignIn.user_id),
        unread_notices_of(SignIn.user_id),
        *READ.selected_columns,
    )
    .join(User, User.id == SignIn.user_id)
    .outerjoin(DataVersion, DataVersion.id == 1)
    .where(SignIn.key_hash == bindparam("key_hash"))
    .options(contains_eager(SignIn.user))
)

login_manager = LoginManager()
# The sign-in row is the protection: it is looked up, and can be revoked, at every request.
login_manager.session_protection = None


def remember_in_cookie(key: str, *, permanent: bool) -> None:
    """Hand the key to this browser; what its session held before is dropped."""
    session.clear()
    g.pop("csrf_token", None)  # made for what the session held before
    session[SESSION_KEY] = key
    session.permanent = permanent


@login_manager.request_loader
def user_of(_request: Request) -> User | None:
    """The user whose sign-in key the cookie holds, while the sign-in holds and is not ended."""
    key = session.get(SESSION_KEY)
    if not isinstance(key, str) or background().has(_ending(digest(key))):
        return None
    row = db.session.execute(SIGN_IN, {"key_hash": digest(key)}).one_or_none()
    if row is None:
        return None
    sign_in: SignIn = row[0]
    g.unseen_job_id, g.unread_notices, *states = row[1:]
    note_versions(states)
    if not sign_in.holds_at(now()) or not sign_in.user.is_active:
        return None
    g.sign_in_id, g.user_id = sign_in.id, sign_in.user_id
    if now() - sign_in.last_seen_at > LAST_SEEN_EVERY:
        background().leave(("last seen", sign_in.id), partial(note_last_seen, sign_in.id, now()))
    return sign_in.user


def note_last_seen(sign_in_id: int, moment: datetime) -> None:
    """Note that the device was seen, in a transaction of its own: beside the request, which would
    else wait for whoever is writing. What cannot be noted now the next page notes."""
    statement = update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=moment)
    with db.engine.execution_options(immediate=True).begin() as connection:
        connection.execute(statement)


def forget_in_cookie() -> bool:
    """Sign this browser out, whatever the database can do; whether its sign-in is ended by now.

    Where it is not, it is ended as soon as the database can, and this process refuses the key from
    now on. The browser has it no more; of a copy that somebody kept, another process may take
    notice only then.
    """
    key = session.get(SESSION_KEY)
    session.clear()
    if not isinstance(key, str):
        return True
    end = partial(end_by_digest, digest(key))
    try:
        end()
    except SQLAlchemyError as error:
        if fault_of(error) is None:
            raise
        background().leave(_ending(digest(key)), end, is_vital=True)
        return False
    return True


def _ending(key_hash: str) -> tuple[str, str]:
    """The name under which the end of a sign-in is left to be written."""
    return "end of sign-in", key_hash


@login_manager.unauthorized_handler
def lead_to_sign_in() -> Response | tuple[str | Response, int]:
    """Lead a visitor who is not signed in to the sign-in page, and back afterwards.

    Who sent a form gets that page at once: it carries what was typed. A script that asks for JSON
    is told so, and led nowhere.
    """
    if request.accept_mimetypes.best == "application/json":
        outcome = "closed" if _is_of_closed_account() else "signed_out"
        return jsonify(outcome=outcome), HTTPStatus.UNAUTHORIZED
    if session.pop(SESSION_KEY, None):
        flash(_("Your sign-in has ended. Please sign in again."), "warning")
    back, typed = way_back(), typed_form()
    address = url_for("accounts.sign_in", back=None if back == HOME else back)
    if typed is None:
        return redirect(address)
    form = SignInForm(formdata=None, typed=typed)
    page = render_template("accounts/sign_in/sign_in.html", form=form, action=address)
    return page, HTTPStatus.UNAUTHORIZED


def _is_of_closed_account() -> bool:
    """Whether the browser was signed in to an account that is closed now."""
    key = session.get(SESSION_KEY)
    if not isinstance(key, str):
        return False
    query = select(User.disabled_at).join(SignIn, SignIn.user_id == User.id)
    return db.session.scalar(query.where(SignIn.key_hash == digest(key))) is not None


def register_sign_in(app: Flask) -> None:
    """Load the signed-in user of each request."""
    login_manager.init_app(app)
