"""What must hold once changes of sessions were undone."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from tcns.activities.models import Activity
from tcns.closings.rules import check_open
from tcns.database import db, portions
from tcns.undo.models import ReversibleStep
from tcns.undo.operations import check_reversal


@check_reversal
def keep_closed_months(steps: Sequence[ReversibleStep]) -> None:
    """Refuse to take back what is counted in a closed month."""
    ids = sorted({step.key[0] for step in steps if step.table_name == "activity"})
    for some in portions(ids):
        query = select(Activity).join(Activity.team).options(contains_eager(Activity.team))
        for activity in db.session.scalars(query.where(Activity.id.in_(some))):
            check_open(activity.team, activity.held_on)
