"""Error pages: what went wrong and what to do, in the visitor's language."""

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, SecurityError

from tcns.database import OutcomeUnknownError, db
from tcns.database.faults import fault_of
from tcns.errors import Gone
from tcns.files.store import StoreUnreachable
from tcns.web.form_restore import typed_fields, unsent_form, way_back
from tcns.web.origins import ForeignRequest
from tcns.web.request_log import note_outcome, request_id

logger = logging.getLogger(__name__)

# Every other error shows the page of its family.
PAGES = {400, 403, 404, 405, 413, 429, 500}
# How long a browser, or who asks in its place, had better wait.
RETRY_AFTER_SECONDS = 10
Answer = tuple[str, int]
PutOff = tuple[str, int, dict[str, str]]


def show_error(error: HTTPException) -> Response | HTTPException:
    """The page of an error the visitor can do something about."""
    code = error.code or 500
    if isinstance(error, SecurityError):
        note_outcome("unknown-host")
    # A page of ours has links, and under a foreign host name there are none to make.
    if code < HTTPStatus.BAD_REQUEST or isinstance(error, SecurityError):
        return error
    page = code if code in PAGES else (400 if code < HTTPStatus.INTERNAL_SERVER_ERROR else 500)
    text = _bare_page("errors/500.html") if page == 500 else render_template(f"errors/{page}.html")
    answer = make_response(text, code)
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def show_stale_form(error: CSRFError) -> Answer:
    """The form was too old or not ours: nothing was written, what was typed can be sent again."""
    note_outcome("stale-form")
    page = render_template("errors/stale_form.html", typed=typed_fields(), back=way_back())
    return page, 400


def show_foreign_request(_error: ForeignRequest) -> Answer:
    """Another site asked for something to be written: nothing was done."""
    note_outcome("foreign-request")
    return render_template("errors/foreign_request.html"), 403


def show_gone(_error: Gone | ObjectDeletedError) -> Answer:
    """The record went while it was being changed: the same answer as if it had never been."""
    db.session.rollback()
    return render_template("errors/404.html"), 404


def show_put_off(error: SQLAlchemyError) -> PutOff:
    """The database cannot do it now: what was typed stands on the page and can be sent again.

    Any other error of the database is a fault of ours.
    """
    fault = fault_of(error)
    if fault is None:
        raise error
    note_outcome(f"database-{fault}")
    return _put_off(is_known=not isinstance(error, OutcomeUnknownError))


def show_store_unreachable(_error: StoreUnreachable) -> PutOff:
    """Files cannot be kept or read now: the same page, for nothing was done."""
    note_outcome("store-unreachable")
    return _put_off(is_known=True)


def _put_off(*, is_known: bool) -> PutOff:
    """The page that says so, and carries what was typed where a page may; `is_known` whether it is
    certain that nothing was done."""
    db.session.rollback()
    page = _bare_page(
        "errors/503.html",
        is_sent=request.method == "POST",
        is_known=is_known,
        unsent=unsent_form(),
        back=way_back(),
    )
    return page, 503, {"Retry-After": str(RETRY_AFTER_SECONDS)}


def show_fault(error: InternalServerError) -> Answer | PutOff:
    """A fault of ours: an incident code for the visitor, the traceback for the log alone.

    The database may fail even after a view is done.
    """
    cause = error.original_exception
    if isinstance(cause, SQLAlchemyError) and fault_of(cause):
        return show_put_off(cause)
    db.session.rollback()
    logger.error("incident %s", request_id(), exc_info=error.original_exception or error)
    return _bare_page("errors/500.html", incident=request_id()), 500


def _bare_page(name: str, **values: Any) -> str:
    """The page of a fault; it asks nobody who is signed in, as the database may have failed."""
    return current_app.jinja_env.get_template(name).render(helper=_who_helps(), **values)


def _who_helps() -> Any:
    """Who helps the visitor, if the database still says it."""
    try:
        return current_app.jinja_env.globals["who_helps"]()  # type: ignore[operator]
    # This is the last page there is: whatever is wrong, in the database or in our own code, may
    # strike here once more, and the visitor would lose the code of the incident, which is in the
    # log already. Who helps is asked on top of that, and is left out.
    except Exception:
        db.session.rollback()
        return None


def register_errors(app: Flask) -> None:
    """Show our own pages for all errors."""
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(CSRFError, show_stale_form)
    app.register_error_handler(ForeignRequest, show_foreign_request)
    app.register_error_handler(Gone, show_gone)
    app.register_error_handler(ObjectDeletedError, show_gone)
    app.register_error_handler(StoreUnreachable, show_store_unreachable)
    app.register_error_handler(SQLAlchemyError, show_put_off)
    app.register_error_handler(InternalServerError, show_fault)
