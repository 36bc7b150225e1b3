"""Pages of areas."""

from flask import Blueprint

blueprint = Blueprint("areas", __name__)
