"""The head, the foot and the words that all documents of an agency share."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar

from flask_babel import force_locale

from tcns.areas.agencies.rules import AgencyText, lines
from tcns.areas.queries import deployment
from tcns.clock import ZONE, now
from tcns.letters.content import Head, Signature

Arguments = ParamSpec("Arguments")
Written = TypeVar("Written")


def in_vietnamese(write: Callable[Arguments, Written]) -> Callable[Arguments, Written]:
    """Let a function write its document in Vietnamese, whatever language the page speaks."""

    @wraps(write)
    def written(*values: Arguments.args, **named: Arguments.kwargs) -> Written:
        with force_locale("vi"):
            return write(*values, **named)

    return written


def head_of(agency: AgencyText, kind_sign: str, day: date | None = None) -> Head:
    """The head of an agency's document; `kind_sign` is BC, QĐ: the letters of its kind."""
    return Head(
        agency=agency.name,
        superior=agency.superior or "",
        place=agency.place,
        sign=f"{kind_sign}-{agency.sign}" if kind_sign else "",
        day=day,
    )


def signature_of(agency: AgencyText) -> Signature:
    """Who signs for an agency."""
    return Signature(lines(agency.authority), agency.signer_name or "")


def made() -> str:
    """The small line at the end: when the document was made, and whether its data are invented."""
    words = f"Lập từ hệ thống lúc {now().astimezone(ZONE):%H:%M ngày %d/%m/%Y}"
    return f"{words} · Dữ liệu minh họa" if deployment().is_demonstration else words


def in_text(name: str) -> str:
    """A name within a sentence: xã Hòa Phú, tổ công nghệ số cộng đồng thôn Bó Mu."""
    return name[:1].lower() + name[1:]
