"""The blueprint that all pages of accounts stand on."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
