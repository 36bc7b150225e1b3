"""Puts the demonstration world together, the same from the same seed and day."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from tcns.areas.deployment_operations import deploy
from tcns.areas.gazetteer_operations import store_gazetteer
from tcns.areas.tree_operations import rebuild_tree
from tcns.database import db
from tcns.demo.accounts import Accounts
from tcns.demo.chance import chance
from tcns.demo.filling import Filling
from tcns.demo.members import Crew, collect_memberships
from tcns.demo.people import People
from tcns.demo.places import MAP_DAY, Village
from tcns.demo.province import count_villages, make_plan, start_models, train_members
from tcns.demo.session_content import Count
from tcns.demo.sessions import Sessions
from tcns.demo.staffing import fill_teams
from tcns.demo.teams import found_teams
from tcns.demo.villages import make_villages
from tcns.indicators.models import Indicator
from tcns.indicators.operations import load_indicators

PROVINCE_CODE = "08"


def load_world(day: date, *, team_name: str, hashes: Mapping[str, str]) -> None:
    """Fill an empty database with the world as it is on `day`.

    `team_name` is what the province calls a team; `hashes` are the password hashes of those
    accounts that can sign in, by user name.
    """
    rng = chance("world")
    ids = store_gazetteer()
    filling = Filling()
    villages = make_villages(filling, ids, rng)
    count_villages(filling, villages)
    start_models(filling, villages)
    people = People(filling)
    crews = fill_teams(found_teams(filling, villages, team_name, rng), people, day, rng)
    collect_memberships(filling, crews)
    accounts = Accounts(filling, people, ids, hashes)
    accounts.open_offices()
    accounts.open_communes([c.founding.commune for c in crews if c.founding.village is None], rng)
    accounts.open_leaders(crews, day, rng)
    hold_sessions(filling, accounts, crews, villages, day - timedelta(days=1))
    make_plan(filling, accounts.area_ids, day)
    train_members(filling, crews, accounts.area_ids, accounts.officials, day)
    filling.insert()
    rebuild_tree()
    deploy(PROVINCE_CODE, by=None, map_on=MAP_DAY, is_demonstration=True)


def hold_sessions(
    filling: Filling,
    accounts: Accounts,
    crews: list[Crew],
    villages: list[Village],
    last_day: date,
) -> None:
    """The sessions of all teams up to `last_day`, counting the indicators of the catalogue."""
    load_indicators(by=None)
    sessions = Sessions(filling, accounts, counts_of_catalogue(), last_day)
    under = defaultdict(list)
    for village in villages:
        under[village.area_id].append(village)
        under[village.commune.area_id].append(village)
    for crew in crews:
        place = crew.founding.village or crew.founding.commune
        sessions.hold(crew, under[place.area_id])


def counts_of_catalogue() -> list[Count]:
    """The indicators that sessions count, in their order."""
    return [
        Count(
            indicator.id,
            indicator.topic,
            indicator.valid_from,
            indicator.stage,
            indicator.unit_en == "households",
        )
        for indicator in db.session.scalars(select(Indicator).order_by(Indicator.position))
    ]
