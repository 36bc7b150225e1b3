"""Addresses that come with a request: only our own pages are led to."""

import re

# Our own paths are plain words between single slashes. Whatever a browser might read otherwise
# (//host, /\host, a scheme, an encoded slash, a control character) does not fit.
OWN_PATH = re.compile(r"/(?:[A-Za-z0-9._-]+/)*[A-Za-z0-9._-]*")
HOME = "/"


def local_path(address: str | None) -> str:
    """The address if it is a page of this site, else the home page."""
    path, _mark, query = (address or "").partition("?")
    is_own = OWN_PATH.fullmatch(path) and query.isprintable()
    return address if address and is_own else HOME
