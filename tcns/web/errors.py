"""Error pages: what went wrong and what to do, in the visitor's language."""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, SecurityError

from tcns.database import db
from tcns.errors import Gone
from tcns.web.form_restore import typed_fields, way_back
from tcns.web.origins import ForeignRequest

logger = logging.getLogger(__name__)

# Every other error shows the page of its family.
PAGES = {400, 403, 404, 405, 413, 429, 500}
Answer = tuple[str, int]


def show_error(error: HTTPException) -> Response | HTTPException:
    """The page of an error the visitor can do something about."""
    code = error.code or 500
    # A page of ours has links, and under a foreign host name there are none to make.
    if code < HTTPStatus.BAD_REQUEST or isinstance(error, SecurityError):
        return error
    page = code if code in PAGES else (400 if code < HTTPStatus.INTERNAL_SERVER_ERROR else 500)
    text = _fault_page() if page == 500 else render_template(f"errors/{page}.html")
    answer = make_response(text, code)
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def show_stale_form(error: CSRFError) -> Answer:
    """The form was too old or not ours: nothing was written, what was typed can be sent again."""
    page = render_template("errors/stale_form.html", typed=typed_fields(), back=way_back())
    return page, 400


def show_foreign_request(_error: ForeignRequest) -> Answer:
    """Another site asked for something to be written: nothing was done."""
    return render_template("errors/foreign_request.html"), 403


def show_gone(_error: Gone) -> Answer:
    """The record went while it was being changed: the same answer as if it had never been."""
    db.session.rollback()
    return render_template("errors/404.html"), 404


def show_fault(error: InternalServerError) -> Answer:
    """A fault of ours: an incident code for the visitor, the traceback for the log alone."""
    db.session.rollback()
    incident = secrets.token_hex(4)
    logger.error("incident %s at %s", incident, request.path, exc_info=error.original_exception)
    return _fault_page(incident), 500


def _fault_page(incident: str | None = None) -> str:
    """The page of a fault; it asks nobody who is signed in, as the database may have failed."""
    return current_app.jinja_env.get_template("errors/500.html").render(incident=incident)


def register_errors(app: Flask) -> None:
    """Show our own pages for all errors."""
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(CSRFError, show_stale_form)
    app.register_error_handler(ForeignRequest, show_foreign_request)
    app.register_error_handler(Gone, show_gone)
    app.register_error_handler(InternalServerError, show_fault)
