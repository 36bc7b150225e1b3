"""Chance that falls the same way every time: what makes the world the same on the same day."""

from random import Random

SEED = "tổ công nghệ số cộng đồng"


def chance(subject: str) -> Random:
    """The chance of one subject; what it decides changes nothing in what another's does."""
    return Random(f"{SEED}/{subject}")  # noqa: S311 - nothing here is secret
