"""Activation slips: what a new member is handed on paper, eight to an A4 page."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
import typst

from tcns.config import ROOT
from tcns.i18n import format_moment
from tcns.i18n import gettext as _

MASK = 3
LAYOUT = ROOT / "templates" / "accounts/slips.typ"


@dataclass(frozen=True)
class Slip:
    """One holder's slip: who it is for, and the code that sets the first password."""

    full_name: str
    place: str
    user_name: str
    code: str
    expires_at: datetime
    address: str


def slips_as_pdf(slips: Sequence[Slip], site_name: str) -> bytes:
    """The slips as a PDF to print and cut; its QR code opens the page where the code is typed."""
    words = {
        "site": site_name,
        "user_name": _("User name"),
        "code": _("One-time code"),
        "until": _("Valid until"),
        "how": _("Open the address, type the code, choose a password."),
        "care": _("Give this slip to its holder alone."),
    }
    content = {"words": words, "slips": [_as_text(slip) for slip in slips]}
    return bytes(typst.compile(LAYOUT, sys_inputs={"content": json.dumps(content)}))


def _as_text(slip: Slip) -> dict[str, str]:
    """A slip in plain text, as the layout takes it."""
    return {
        "full_name": slip.full_name,
        "place": slip.place,
        "user_name": slip.user_name,
        "code": slip.code,
        "until": format_moment(slip.expires_at),
        "address": slip.address.partition("?")[0],
        "qr": qr_code(slip.address),
    }


def qr_code(text: str) -> str:
    """A QR code as SVG.

    The mask is fixed: looking for the one that looks best takes ten times as long as all the rest
    of a slip, and every reader reads each of them.
    """
    file = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=MASK).save(
        file, kind="svg", border=0, xmldecl=False
    )
    return file.getvalue().decode()
