"""User names: how they are written."""

import re

from tcns.vietnamese import fold

# A letter first: a telephone number is no user name, for families share one.
USER_NAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
LONGEST_GIVEN_NAME = 30


def plain_user_name(typed: str) -> str:
    """The user name as it is kept: lower case, without marks."""
    return fold(typed)


def is_user_name(plain: str) -> bool:
    """Whether a user name, as it is kept, is well formed."""
    return USER_NAME.fullmatch(plain) is not None


def official_of(commune_code: str) -> str:
    """The user name of a commune's official: xa.02335."""
    return f"xa.{commune_code}"


def stem_of(full_name: str) -> str:
    """What a user name begins with: the given name without marks."""
    given = fold(full_name).rpartition(" ")[2]
    return re.sub(r"[^a-z]", "", given)[:LONGEST_GIVEN_NAME] or "user"


def numbered(stem: str, number: int) -> str:
    """The user name of a stem and a number: duc1; y01, for a name has three characters."""
    return f"{stem}{number}" if len(stem) > 1 else f"{stem}{number:02}"
