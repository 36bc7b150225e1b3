"""The blueprint that all pages of reports stand on."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
