"""What forms about a whole team are filled with."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from tcns.database import db
from tests.world import World

HEAD = {
    "number": "99/QĐ-UBND",
    "issued_on": "2025-07-01",
    "issuer": "UBND xã Hòa An",
    "summary": "Kiện toàn tổ",
}


def row(world: World, member: str, part: str) -> str:
    return f"member_{world.memberships[member]}_{part}"


def rows_of(app: Flask, model: Any, *conditions: Any) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(select(model).where(*conditions)))
