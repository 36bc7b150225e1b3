"""What a balancer asks: whether the process is alive, whether it can serve."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from tcns.health import queries
from tcns.permissions.guards import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def show_life() -> Response:
    """The process answers: it asks neither the database nor who is there."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def show_readiness() -> tuple[Response, int]:
    """Whether pages can be served: 503 only where this process cannot read, or where the tables
    are those of another version. What keeps people from saving is told and fails nothing: to take
    the server away would keep them from reading as well."""
    found = queries.readiness()
    status = HTTPStatus.OK if found.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(found._asdict()), status
