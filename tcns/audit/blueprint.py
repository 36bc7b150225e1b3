"""The blueprint that all pages of the audit trail stand on."""

from flask import Blueprint

blueprint = Blueprint("audit", __name__)
