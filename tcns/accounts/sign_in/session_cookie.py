"""Signing in and out: server-side rows, of which the cookie holds only the key."""

from datetime import timedelta
from http import HTTPStatus

from flask import Flask, flash, g, redirect, render_template, session, url_for
from flask_login import LoginManager
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import contains_eager
from werkzeug import Request, Response

from tcns.accounts.credentials.session_keys import digest
from tcns.accounts.forms import SignInForm
from tcns.accounts.models import SignIn, User
from tcns.clock import now
from tcns.database import db
from tcns.i18n import gettext as _
from tcns.jobs.queries import unseen_job_of
from tcns.web.addresses import HOME
from tcns.web.form_restore import typed_form, way_back

SESSION_KEY = "sign_in"
LAST_SEEN_EVERY = timedelta(minutes=5)
# Whose sign-in it is, with their roles: asked by every page, so it is put together once.
SIGN_IN = (
    select(SignIn, unseen_job_of(SignIn.user_id))
    .join(User, User.id == SignIn.user_id)
    .where(SignIn.key_hash == bindparam("key_hash"))
    .options(contains_eager(SignIn.user).joinedload(User.assignments))
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
    if not isinstance(key, str):
        return None
    rows = db.session.execute(SIGN_IN, {"key_hash": digest(key)}).unique()
    sign_in, g.unseen_job_id = rows.tuples().one_or_none() or (None, None)
    if sign_in is None or not sign_in.holds_at(now()) or not sign_in.user.is_active:
        return None
    g.sign_in_id = sign_in.id
    if now() - sign_in.last_seen_at > LAST_SEEN_EVERY:
        note_last_seen(sign_in.id)
    return sign_in.user


def note_last_seen(sign_in_id: int) -> None:
    """Note that the device was seen, in a transaction of its own; skipped where the lock cannot be
    had in the time that every writer waits for it."""
    statement = update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=now())
    try:
        with db.engine.execution_options(immediate=True).begin() as connection:
            connection.execute(statement)
    except OperationalError:
        return  # somebody is writing for long; the next page notes it


@login_manager.unauthorized_handler
def lead_to_sign_in() -> Response | tuple[str, int]:
    """Lead a visitor who is not signed in to the sign-in page, and back afterwards.

    Who sent a form gets that page at once: it carries what was typed.
    """
    if session.pop(SESSION_KEY, None):
        flash(_("Your sign-in has ended. Please sign in again."), "warning")
    back, typed = way_back(), typed_form()
    address = url_for("accounts.sign_in", back=None if back == HOME else back)
    if typed is None:
        return redirect(address)
    form = SignInForm(formdata=None, typed=typed)
    page = render_template("accounts/sign_in/sign_in.html", form=form, action=address)
    return page, HTTPStatus.UNAUTHORIZED


def register_sign_in(app: Flask) -> None:
    """Load the signed-in user of each request."""
    login_manager.init_app(app)
