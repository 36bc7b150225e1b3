"""What all pages of duplicates share: their blueprint."""

from flask import Blueprint

blueprint = Blueprint("duplicates", __name__)
