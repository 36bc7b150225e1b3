"""The keys of sign-ins: random, held by the browser alone; only their digest is kept."""

import hashlib
import secrets


def digest(key: str) -> str:
    """What is stored of a sign-in key: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_key() -> str:
    """A key for the cookie, 256 random bits."""
    return secrets.token_urlsafe(32)
