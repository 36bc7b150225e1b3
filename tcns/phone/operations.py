"""What takes a session from a phone: however often it comes, it is on file once."""

from typing import NamedTuple

from tcns.accounts.models import User
from tcns.activities.content import NO_DEVICE, ActivityText, DeviceMoments, digest_of
from tcns.activities.models import Activity
from tcns.activities.operations import correct_activity, log_activity
from tcns.errors import RuleViolation, Stale
from tcns.i18n import gettext as _
from tcns.phone.queries import session_sent_as
from tcns.phone.vocabulary import Outcome
from tcns.teams.models import Team


class Received(NamedTuple):
    """What became of a session, and which one it is on file."""

    outcome: Outcome
    activity: Activity


def receive_session(
    team: Team,
    text: ActivityText,
    *,
    client_key: str,
    by: User,
    replaces: int | None = None,
    device: DeviceMoments = NO_DEVICE,
) -> Received:
    """Log and submit a session under the key its phone gave it.

    The same content again is the session that is on file already, whatever has come of it since.
    Other content under the key is a conflict, and nothing is written, unless a person has looked
    at the version on file and chosen to replace it. Raises RuleViolation where a rule forbids it,
    and where the key is that of somebody else's session.
    """
    known = session_sent_as(client_key)
    if known is None:
        made = log_activity(team, text, client_key=client_key, by=by, is_final=True, device=device)
        return Received(Outcome.ACCEPTED, made)
    if known.entered_by_id != by.id:
        raise RuleViolation(_("This form was sent before. Open it anew."))
    is_same = known.team_id == team.id and known.client_digest in (None, digest_of(text))
    if is_same or replaces is None:
        return Received(Outcome.ACCEPTED if is_same else Outcome.CONFLICT, known)
    return _replace(known, team, text, by=by, version=replaces)


def _replace(
    known: Activity, team: Team, text: ActivityText, *, by: User, version: int
) -> Received:
    """Put what the phone holds in the place of what is on file.

    Somebody may have changed that since it was looked at: then there are two versions again.
    """
    if known.team_id != team.id:
        raise RuleViolation(_("A session stays with its team. Send this one as another session."))
    try:
        correct_activity(known, text, by=by, version=version, is_final=True)
    except Stale:
        return Received(Outcome.CONFLICT, known)
    known.client_digest = digest_of(text)
    return Received(Outcome.ACCEPTED, known)
