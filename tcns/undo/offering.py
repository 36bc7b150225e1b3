"""Offering to undo what was just done as a whole."""

from flask import flash, url_for
from markupsafe import Markup, escape

from tcns.i18n import gettext as _
from tcns.undo.models import Reversible


def offer_undo(message: str, done: Reversible) -> None:
    """Say on the next page what was done, with the way to undo it."""
    url = url_for("undo.undo", reversible_id=done.id)
    link = Markup('<a class="alert-link" href="{}">{}</a>').format(url, _("Undo"))
    flash(Markup("{} {}").format(escape(message), link), "success")
