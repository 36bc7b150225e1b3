"""One-time codes: how they are made, shown again, and compared.

A code is derived from the site's secret key, the account and the key of the form that asked for
it, so that the page reached by pressing twice shows the same code, and yet only a digest is kept.
Ten characters out of 32 are 50 bits: enough where guessing is slowed.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from tcns.clock import now

# Without 0, 1, I and O, which are mistaken for each other when read aloud or written down.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10
BITS_EACH = 5
GROUP = 5
# The slip for a new account travels on paper; a forgotten password is helped on the spot.
FIRST_CODE_LIFE = timedelta(days=7)
LATER_CODE_LIFE = timedelta(days=1)


def derive_code(secret: str, user_id: int, key: str) -> str:
    """The code that the form with this idempotency key gives to the account: ABCDE-FGHJK."""
    number = int.from_bytes(_seal(secret, "one-time code", user_id, key), "big")
    characters = "".join(
        ALPHABET[(number >> (BITS_EACH * place)) % len(ALPHABET)] for place in range(LENGTH)
    )
    return f"{characters[:GROUP]}-{characters[GROUP:]}"


def code_digest(secret: str, user_id: int, code: str) -> str:
    """What is kept of a code; keyed, because 50 bits alone could be tried out on a stolen copy."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return _seal(secret, "digest of a one-time code", user_id, plain).hex()


def holds_code(secret: str, user_id: int, key: str, kept: str | None) -> bool:
    """Whether what is kept is the digest of the code that the form with this key gave."""
    return is_same(kept, code_digest(secret, user_id, derive_code(secret, user_id, key)))


def code_expiry(*, is_first: bool) -> datetime:
    """Until when a code issued now can be used: the first one of an account for longer."""
    return now() + (FIRST_CODE_LIFE if is_first else LATER_CODE_LIFE)


def is_same(digest: str | None, other: str) -> bool:
    """Whether two digests are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest((digest or "").encode(), other.encode())


def _seal(secret: str, purpose: str, user_id: int, text: str) -> bytes:
    """The keyed digest of a text for one purpose and account."""
    return hmac.digest(secret.encode(), f"{purpose}|{user_id}|{text}".encode(), hashlib.sha256)
