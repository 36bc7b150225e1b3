"""What changes the scan of a decision: it is attached, removed."""

from collections.abc import Container

from sqlalchemy import select

from tcns.accounts.models import User
from tcns.audit.operations import record
from tcns.audit.vocabulary import Event
from tcns.database import db
from tcns.database.locking import lock
from tcns.errors import RuleViolation
from tcns.files.scans import ReceivedScan
from tcns.files.strays import holds_files
from tcns.i18n import gettext as _
from tcns.teams.models import EstablishingDecision

SCANS = "scans"  # the folder of the store


def attach_scan(
    decision: EstablishingDecision, received: ReceivedScan, *, by: User, version: int | None = None
) -> None:
    """Attach a scan to a decision, in place of the one it has."""
    lock(decision, version)
    event = Event.SCAN_REPLACED if decision.scan_key else Event.SCAN_ADDED
    changes = {
        "scan_kind": (decision.scan_kind, received.kind.value),
        "file_name": (None, received.file_name),
    }
    decision.scan_key, decision.scan_kind = received.file_key, received.kind.value
    record(event, by=by, on=decision, area_id=decision.area_id, changes=changes)


def remove_scan(decision: EstablishingDecision, *, by: User, version: int | None = None) -> None:
    """Remove the scan of a decision; nobody can open it from now on."""
    lock(decision, version)
    if decision.scan_key is None:
        raise RuleViolation(_("The decision has no scan."))
    changes = {"scan_kind": (decision.scan_kind, None)}
    decision.scan_key = decision.scan_kind = None
    record(Event.SCAN_REMOVED, by=by, on=decision, area_id=decision.area_id, changes=changes)


@holds_files(SCANS)
def _held_scans() -> Container[str]:
    """The keys of the scans of all decisions."""
    query = select(EstablishingDecision.scan_key).where(EstablishingDecision.scan_key.is_not(None))
    return set(db.session.scalars(query))
