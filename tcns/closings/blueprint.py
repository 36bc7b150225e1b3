"""The blueprint that all pages of closed months stand on."""

from flask import Blueprint

blueprint = Blueprint("closings", __name__)
