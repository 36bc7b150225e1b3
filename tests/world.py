"""The small country every test lives in: who works there, and what is on record.

Where it all lies, tests/places.py draws. Personas, who stand for everybody else:

    administrator   province administrator of Sơn Thủy
    reviewer        province reviewer of Sơn Thủy
    district        district reviewer of Thượng Lâm
    own             official of the commune Hòa An, which most tests are about
    neighbour       official of Kim Tước, next door: must never see what is Hòa An's
    leader          leader of the team of Đồng Tâm
    member          member of the team of Đồng Tâm
    auditor         auditor of Sơn Thủy: reads everything, changes nothing
    anonymous       not signed in

Names, persons, phones and notes of Kim Tước bear the CANARIES: whoever may not read that commune
never meets them on a page or in a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tcns.areas.models import Deployment
from tcns.database import db
from tcns.permissions.vocabulary import Role
from tests.places import Place

CANARIES = ("Kim Tước", "kim tuoc", "0999 123 456", "84999123456")
PERSONAS = (
    "anonymous",
    "own",
    "neighbour",
    "district",
    "reviewer",
    "administrator",
    "auditor",
    "leader",
    "member",
)
# Persona: full name, user name, role, area; without a role, rights come from a membership.
ACCOUNTS: dict[str, tuple[str, str, Role | None, str]] = {
    "own": ("Cán Bộ Hòa An", "xa.02301", Role.COMMUNE_OFFICIAL, "commune"),
    "neighbour": ("Cán Bộ Kim Tước", "xa.02303", Role.COMMUNE_OFFICIAL, "neighbour"),
    "district": ("Cán Bộ Thượng Lâm", "huyen.071", Role.DISTRICT_REVIEWER, "district"),
    "reviewer": ("Chuyên Viên Tỉnh", "xemxet", Role.PROVINCE_REVIEWER, "province"),
    "administrator": ("Quản Trị Tỉnh", "tinh", Role.PROVINCE_ADMINISTRATOR, "province"),
    "auditor": ("Kiểm Tra Viên", "kiemtra", Role.AUDITOR, "province"),
    "leader": ("Hoàng Văn Sính", "hoang.van.sinh1", None, "commune"),
    "member": ("Lý Thị Mẩy", "ly.thi.may1", None, "commune"),
}


def sign_in_key(persona: str) -> str:
    """The key in a persona's cookie."""
    return f"sign-in key of {persona}"


@dataclass(frozen=True)
class World:
    """The names of what the drawing shows: places, and ids of everything else.

    `teams` are named like the places they belong to, and "dissolved"; `persons` and
    `memberships` by who they are; `activities` by their state, "commune" and "neighbour";
    `users` and `roles` like the personas.
    """

    places: Mapping[str, Place]
    teams: Mapping[str, int]
    persons: Mapping[str, int]
    memberships: Mapping[str, int]
    users: Mapping[str, int]
    activities: Mapping[str, int]
    decisions: Mapping[str, int]
    roles: Mapping[str, int]
    indicator: int
    event: int
    reversible: int
    job: int
    training: int
    upload: int
    photograph: int
    template: int
    plan: int
    target: int
    asked: int
    initiative: int
    course: int
    preset: int
    notice: int

    @property
    def commune_report(self) -> str:
        """What addresses call whose report Hòa An's is."""
        return f"area-{self.places['commune'].id}"

    @property
    def village_report(self) -> str:
        """What addresses call whose report that of Đồng Tâm's team is."""
        return f"team-{self.teams['village']}"

    def __getattr__(self, name: str) -> Place:
        """`world.commune` is `world.places["commune"]`."""
        try:
            return self.__dict__["places"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"the world has no place called {name!r}") from None


def set_map_day(day: date | None) -> None:
    """Move the deployment to the map of another day; None is today's."""
    db.session.get_one(Deployment, 1).map_on = day
