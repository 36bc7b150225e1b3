"""The blueprint that all pages of sessions stand on."""

from flask import Blueprint

blueprint = Blueprint("activities", __name__)
