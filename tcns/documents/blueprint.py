"""The blueprint that all pages of documents stand on."""

from flask import Blueprint

blueprint = Blueprint("documents", __name__)
