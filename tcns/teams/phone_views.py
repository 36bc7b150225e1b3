"""A person's phone as the visitor may see it: in full, or masked; on pages, in files, in history.

In full it is shown to the person's team and to the officials of where the person is kept; of
leaders also to those who review or support the team.
"""

from collections.abc import Collection, Sequence
from typing import Any

from flask import g
from markupsafe import Markup

from tcns.i18n import format_phone
from tcns.i18n import gettext as _
from tcns.permissions.guards import my_scope
from tcns.permissions.vocabulary import Permission
from tcns.phones import SHOWN_DIGITS, mask_phone
from tcns.teams.blueprint import blueprint
from tcns.teams.person_queries import PhoneScopes
from tcns.teams.queries import TeamRow

LINK = Markup('<a class="phone" href="tel:{number}">{text}</a>')
MASKED = Markup(
    '<span aria-hidden="true">{text}</span><span class="visually-hidden">{meaning}</span>'
)


def my_phones() -> PhoneScopes:
    """Where the visitor sees phones in full."""
    return PhoneScopes(my_scope(Permission.PHONE_READ), my_scope(Permission.LEADER_PHONE_READ))


def decide_phones(person_ids: Collection[int]) -> None:
    """Ask once whose phones the visitor sees in full; without it, each would be a question."""
    decided: dict[int, bool] = g.setdefault("decided_phones", {})
    undecided = set(person_ids) - decided.keys()
    if undecided:
        decided.update(dict.fromkeys(undecided, False))
        decided.update(dict.fromkeys(my_phones().seen_among(undecided), True))


def is_seen(person_id: int) -> bool:
    """Whether the visitor sees a person's phone in full."""
    decided: dict[int, bool] = g.setdefault("decided_phones", {})
    if person_id in decided:
        return decided[person_id]
    if my_phones().members.everything:
        return True
    decide_phones({person_id} | PhoneScopes.loaded_persons())
    return decided[person_id]


def write_phone(person_id: int, phone: str | None) -> str:
    """A person's phone as text, for files and history."""
    if not phone:
        return ""
    return format_phone(phone) if is_seen(person_id) else mask_phone(phone)


def with_phones_decided(rows: Sequence[TeamRow]) -> Sequence[TeamRow]:
    """Rows of a file of teams, whose leaders' phones are asked for at once."""
    decide_phones([row.leader.id for row in rows if row.leader])
    return rows


def write_phone_of_leader(row: TeamRow) -> str:
    """The phone of a team's leader for a file, in full where the team's persons are exported."""
    leader = row.leader
    if leader is None or my_scope(Permission.PERSON_EXPORT).covers(row.team):
        return write_phone(leader.id, leader.phone) if leader else ""
    return mask_phone(leader.phone) if leader.phone else ""


@blueprint.app_template_filter("phone")
def draw_phone(person: Any, *, rings: bool = False) -> Markup:
    """A person's phone on a page; with `rings` one that is seen in full is rung up by a touch.

    Of a masked one it is read out what it is.
    """
    text = write_phone(person.id, person.phone)
    if not text:
        return Markup("")
    if not is_seen(person.id):
        end = text[-SHOWN_DIGITS:]
        return MASKED.format(text=text, meaning=_("number masked, ends in %(end)s", end=end))
    return LINK.format(number=person.phone, text=text) if rings else Markup.escape(text)
