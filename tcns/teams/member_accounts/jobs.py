"""Accounts for the leaders, or all members, of a commune or the province: a long work."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from tcns.accounts.models import User
from tcns.areas.models import Area
from tcns.areas.places import Place
from tcns.areas.vocabulary import Level
from tcns.database import db, writing
from tcns.errors import RuleViolation
from tcns.i18n import lazy_gettext as _l
from tcns.jobs.kinds import Progress, Result, give_way, job_kind
from tcns.jobs.models import Job
from tcns.permissions.vocabulary import Permission
from tcns.teams.member_accounts.operations import issue_code_of_key, prepare_accounts
from tcns.teams.member_accounts.queries import account_counts, memberships_of, persons_without_use
from tcns.teams.members.queries import MemberFilter, PlacedMembership
from tcns.teams.models import Membership
from tcns.teams.vocabulary import MemberRole

KIND = "accounts.prepare"
# So many are prepared in one transaction: others who write wait for a moment only.
BATCH = 50


def parameters_of(wanted: MemberFilter, key: str, before: Sequence[int]) -> dict[str, Any]:
    """What a job keeps: whose accounts, the key that gives the codes, and how it was before."""
    return {
        "on": wanted.on.isoformat(),
        "map_on": wanted.place.map_on.isoformat(),
        "area_id": wanted.place.area_id,
        "role": wanted.role,
        "key": key,
        "before": list(before),
    }


def wanted_of(job: Job) -> MemberFilter:
    """Whose accounts a job is about."""
    kept = job.parameters
    place = Place(date.fromisoformat(kept["map_on"]), kept["area_id"])
    role = MemberRole(kept["role"]) if kept["role"] else None
    return MemberFilter(on=date.fromisoformat(kept["on"]), place=place, role=role)


@job_kind(KIND, label=_l("Accounts in bulk"), page="teams.show_many_accounts")
def prepare_many(job: Job, progress: Progress) -> Result:
    """Give each their account and code, some at a time; how many had to be left out, and how all
    stand afterwards.

    Run again it finds those who have their code, which is that of the same key.
    """
    wanted, key = wanted_of(job), job.parameters["key"]
    scope = _starter(job).scope_for(Permission.ACCOUNT_WRITE)
    ids, refused = persons_without_use(scope, wanted), 0
    for start in range(0, len(ids), BATCH):
        progress(start, len(ids))
        give_way()
        refused += _prepare_some(job, wanted, key, ids[start : start + BATCH])
    return {"refused": refused, "after": list(account_counts(scope, wanted))}


def _starter(job: Job) -> User:
    """Who started the job, as they stand now."""
    return db.session.get_one(User, job.by_id)


def _prepare_some(job: Job, wanted: MemberFilter, key: str, person_ids: Sequence[int]) -> int:
    """Prepare some accounts in one transaction; how many a rule forbids."""
    with writing():
        by = _starter(job)
        memberships = memberships_of(by.scope_for(Permission.ACCOUNT_WRITE), wanted, person_ids)
        homes = _communes_of(memberships)
        return sum(not _prepare(placed.membership, home, key, by) for placed, home in homes)


def _communes_of(
    memberships: Sequence[PlacedMembership],
) -> list[tuple[PlacedMembership, Area | None]]:
    """Each membership with the commune its team stands in; None where there is none."""
    steps = [placed.trail.get(Level.COMMUNE) for placed in memberships]
    ids = {step.id for step in steps if step}
    found = {area.id: area for area in db.session.scalars(select(Area).where(Area.id.in_(ids)))}
    return [
        (placed, found[step.id] if step else None)
        for placed, step in zip(memberships, steps, strict=True)
    ]


def _prepare(membership: Membership, home: Area | None, key: str, by: User) -> bool:
    """Prepare one account in its commune; whether the rules let it be."""
    if home is None:
        return False
    secret = str(current_app.secret_key)
    try:
        prepare_accounts(
            [membership],
            home_area=home,
            issue_code=lambda user: issue_code_of_key(user, key, secret=secret, by=by),
            by=by,
        )
    except RuleViolation:
        return False
    return True
