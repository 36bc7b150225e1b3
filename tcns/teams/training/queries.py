"""Questions about training."""

from collections.abc import Sequence

from sqlalchemy import select

from tcns.database import db
from tcns.permissions.scope import Scope
from tcns.teams.models import Person, Training


def training_of(scope: Scope, person: Person) -> Sequence[Training]:
    """The courses a person of the scope took, the latest first."""
    query = select(Training).where(Training.person_id == person.id, scope.clause(Training))
    return db.session.scalars(
        query.order_by(Training.finished_on.desc().nulls_first(), Training.id.desc())
    ).all()
