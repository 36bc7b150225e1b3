"""Who gets which answer at which route: one line per route, one column per persona.

    ok        let in: a page, a file, or led on after a write
    sign-in   led to the sign-in page
    refused   403: may see it, but not do this
    missing   404: lies outside what this persona may read, or does not exist

After the endpoint stand the values of its parameters, as names of the world (tests/world.py).
The records are those of the commune Hòa An, so that `own` is the one whose they are. Posts are sent
without any field: signing out leads everybody to the sign-in page, and ending a device that the form
does not name finds none.
"""

from functools import reduce
from typing import Any, NamedTuple

from tests.world import PERSONAS, World

ANSWERS = ("ok", "sign-in", "refused", "missing")

TABLE = """
                                                                  anonymous own     neighbour district reviewer administrator auditor leader  member
GET  home.show_home                                               sign-in   ok      ok        ok       ok       ok            ok      ok      ok
POST home.switch_language                                         ok        ok      ok        ok       ok       ok            ok      ok      ok

GET  coverage.show_coverage                                       sign-in   ok      ok        ok       ok       ok            ok      refused refused
GET  coverage.export_coverage                                     sign-in   ok      ok        ok       ok       ok            ok      refused refused

GET  teams.list_teams                                             sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.export_teams                                           sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.show_team team_id=teams.village                        sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  teams.list_persons                                           sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.export_persons                                         sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.show_person person_id=persons.deputy                   sign-in   ok      missing   ok       ok       ok            ok      ok      ok
GET  teams.list_memberships                                       sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  teams.export_memberships                                     sign-in   ok      ok        ok       ok       ok            ok      ok      ok

GET  activities.list_activities                                   sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  activities.export_activities                                 sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  activities.show_activity activity_id=activities.approved     sign-in   ok      missing   ok       ok       ok            ok      ok      ok

GET  areas.show_tree                                              sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  areas.list_areas                                             sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  areas.export_areas                                           sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  areas.show_area code=commune.code                            sign-in   ok      missing   ok       ok       ok            ok      missing missing

GET  accounts.sign_in                                             ok        ok      ok        ok       ok       ok            ok      ok      ok
POST accounts.sign_in                                             ok        ok      ok        ok       ok       ok            ok      ok      ok
GET  accounts.activate                                            ok        ok      ok        ok       ok       ok            ok      ok      ok
POST accounts.activate                                            ok        ok      ok        ok       ok       ok            ok      ok      ok
POST accounts.sign_out                                            sign-in   sign-in sign-in   sign-in  sign-in  sign-in       sign-in sign-in sign-in
GET  accounts.show_my_account                                     sign-in   ok      ok        ok       ok       ok            ok      ok      ok
GET  accounts.change_password                                     sign-in   ok      ok        ok       ok       ok            ok      ok      ok
POST accounts.change_password                                     sign-in   ok      ok        ok       ok       ok            ok      ok      ok
POST accounts.end_my_sign_in                                      sign-in   missing missing   missing  missing  missing       missing missing missing
POST accounts.end_my_other_sign_ins                               sign-in   ok      ok        ok       ok       ok            ok      ok      ok

GET  accounts.list_accounts                                       sign-in   ok      ok        refused  refused  ok            ok      refused refused
GET  accounts.add_account                                         sign-in   ok      ok        refused  refused  ok            refused refused refused
POST accounts.add_account                                         sign-in   ok      ok        refused  refused  ok            refused refused refused
GET  accounts.show_account user_id=users.member                   sign-in   ok      missing   missing  missing  ok            ok      missing missing
GET  accounts.show_code user_id=users.member                      sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.issue_code user_id=users.member                     sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.open_account user_id=users.member                   sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.close_account user_id=users.member                  sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.end_sign_ins user_id=users.member                   sign-in   ok      missing   missing  missing  ok            refused missing missing
POST accounts.grant_role user_id=users.own                        sign-in   refused missing   missing  missing  ok            refused missing missing
POST accounts.revoke_role assignment_id=roles.own                 sign-in   refused missing   missing  missing  ok            refused missing missing

GET  audit.list_events                                            sign-in   refused refused   refused  refused  ok            ok      refused refused
GET  audit.show_event event_id=event                              sign-in   missing missing   missing  missing  ok            ok      missing missing
"""


class Line(NamedTuple):
    """A route with its values and the declared answer for each persona."""

    method: str
    endpoint: str
    values: tuple[tuple[str, str], ...]
    answers: dict[str, str]

    def __str__(self) -> str:
        return " ".join([self.method, self.endpoint, *(f"{k}={v}" for k, v in self.values)])

    def values_in(self, world: World) -> dict[str, Any]:
        """The parameters of the address, as ids and codes."""
        return {name: look_up(world, path) for name, path in self.values}


def read_table() -> list[Line]:
    """The lines of the table; its first names the personas."""
    header, *rows = [row.split() for row in TABLE.splitlines() if row.strip()]
    assert tuple(header) == PERSONAS, "the table has a column for each persona, in their order"
    return [read_line(row) for row in rows]


def read_line(words: list[str]) -> Line:
    """A line: method, endpoint, name=value …, and an answer for each persona."""
    method, endpoint, *values = words[: -len(PERSONAS)]
    answers = words[-len(PERSONAS) :]
    assert set(answers) <= set(ANSWERS), f"{endpoint}: an answer is one of {ANSWERS}"
    pairs = tuple((name, path) for name, _, path in (value.partition("=") for value in values))
    return Line(method, endpoint, pairs, dict(zip(PERSONAS, answers, strict=True)))


def look_up(world: World, path: str) -> Any:
    """`teams.village` is world.teams["village"]; `commune.code` is world.commune.code."""
    if path.isdigit():
        return int(path)
    first, *rest = path.split(".")
    return reduce(
        lambda found, name: found[name] if isinstance(found, dict) else getattr(found, name),
        rest,
        getattr(world, first),
    )


LINES = read_table()
