"""What rows of a file of sessions write: sessions logged and submitted by whoever imports it."""

from collections.abc import Collection
from uuid import uuid4

from tcns.activities.content import ActivityText
from tcns.activities.models import Activity
from tcns.activities.rows import Logging, activity_row
from tcns.areas.models import Area
from tcns.clock import now
from tcns.imports.rows.results import RowWrite
from tcns.imports.rows.write_plan import WRITER, WritePlan
from tcns.teams.models import Team


def logging(team: Team, text: ActivityText, above: Collection[int]) -> RowWrite:
    """A session of a team is logged and submitted.

    The areas above it are locked against a month that is closed at the same time.
    """

    def write(plan: WritePlan) -> None:
        for area_id in above:
            plan.lock(Area, area_id)
        plan.lock(Team, team.id)
        logged = Logging(str(uuid4()), WRITER, now(), is_final=True)
        values, parts, events = activity_row(team, text, logged)
        activity = plan.create(Activity, values)
        for event in events:
            plan.add_event(Activity, activity, event)
        for model, part in parts:
            plan.create(model, {"activity_id": activity, **part})

    return write
