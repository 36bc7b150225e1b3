"""Passwords: how they are kept, and how one that was typed is compared."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# argon2id with 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# More than anybody types, little enough that hashing it costs nothing.
LONGEST_BYTES = 1024
# The hash of a password nobody knows, compared with where there is no other, so that the time an
# answer takes does not tell whether the account exists. Made with the parameters above.
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$IEyASNuUrzydIS7Tuak10A$"
    "Ch0vYV8WnZbQUOPuMTUng3WdkJBNEZ5ThVznWvOPDhU"
)


def typed_bytes(password: str) -> bytes:
    """What is hashed: NFC, because keyboards compose Vietnamese letters differently."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def is_too_long(password: str) -> bool:
    """Whether the password is refused before it is hashed."""
    return len(typed_bytes(password)) > LONGEST_BYTES


def hash_password(password: str) -> str:
    """The hash to keep of a password; slow on purpose, so never inside a write transaction."""
    if is_too_long(password):
        raise ValueError("a password this long is refused before it is hashed")
    return HASHER.hash(typed_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether the password is the one of which `kept` is the hash; never where there is none.

    Takes the same time in every case, for a password that is too long as well.
    """
    is_comparable = kept is not None and not is_too_long(password)
    try:
        HASHER.verify(
            kept if kept is not None and is_comparable else NOBODYS_HASH,
            typed_bytes(password) if is_comparable else b"",
        )
    except (VerificationError, InvalidHashError):
        return False
    return is_comparable


def needs_rehash(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)
