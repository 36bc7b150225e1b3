"""What names an account on a phone, and the key under which its sessions lie there.

Both are made of the installation's secret and the account alone: they are the same at each
sign-in, on each phone, and nobody can tell one from the other, or the account from either.
"""

import base64
import hmac


def owner_name(secret: str, user_id: int) -> str:
    """The name an account goes by on a phone: it says nothing to whoever finds it there."""
    return _digest(secret, "owner", user_id).hex()[:24]


def sealing_key(secret: str, user_id: int) -> str:
    """The key, 256 bits in base64, that seals what an account keeps on a phone."""
    return base64.b64encode(_digest(secret, "key", user_id)).decode()


def _digest(secret: str, purpose: str, user_id: int) -> bytes:
    return hmac.digest(secret.encode(), f"phone {purpose} {user_id}".encode(), "sha256")
