"""What the server answers a phone that hands in a session."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of what a phone sent; only an answer of these says that anything did.

    ACCEPTED    it is on file, now or since an earlier sending of the same
    CONFLICT    under its key something else is on file: both stay, a person decides
    REFUSED     a rule forbids it, said beside each field; nothing was written
    NOT_MINE    it was logged by another account than the one signed in
    SIGNED_OUT  nobody is signed in
    CLOSED      the account that was signed in is closed
    """

    ACCEPTED = "accepted"
    CONFLICT = "conflict"
    REFUSED = "refused"
    NOT_MINE = "not_mine"
    SIGNED_OUT = "signed_out"
    CLOSED = "closed"
