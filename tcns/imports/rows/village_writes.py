"""What a value of a village from a day on writes, among what a file writes."""

from typing import Any

from tcns.areas.models import Area
from tcns.areas.villages.dated_rows import RowWritten
from tcns.imports.rows.write_plan import Changed, WritePlan


def plan_row(plan: WritePlan, village: Area, model: Any, written: RowWritten) -> None:
    """Let the row that held end, or be corrected, and the new one begin."""
    plan.lock(Area, village.id)
    if written.held:
        plan.change(model, Changed(written.held.id, None, written.held_values))
    if written.new:
        plan.create(model, written.new)
    if village.valid_to:  # whoever takes the end back must not undo this with it
        same = {"valid_from": village.valid_from}
        plan.change(Area, Changed(village.id, village.version, same))
