"""The persons of the demonstration, all invented: names, phones, years of birth, sex."""

from random import Random

from tcns.demo.filling import Filling
from tcns.demo.person_names import invent_name
from tcns.teams.models import Person
from tcns.teams.vocabulary import Body, Sex
from tcns.vietnamese import fold, name_sort_key

# Of the right length and shape, but with prefixes no operator had when this was written: a call
# would reach nobody.
PHONE_PREFIXES = ("53", "54", "57", "71", "72", "73", "74", "75")
PHONE_SHARE, SHARED_PHONE_SHARE, BIRTH_YEAR_SHARE = 0.92, 0.02, 0.6

# Share of women and years of birth, by the body somebody represents.
WOMEN_SHARES = {
    Body.WOMENS_UNION: 1.0, Body.TEACHERS: 0.7, Body.HEALTH: 0.7, Body.POLICE: 0.05,
    Body.VETERANS: 0.02, Body.VILLAGE_HEAD: 0.2, Body.PARTY_CELL: 0.3,
}  # fmt: skip
USUAL_WOMEN_SHARE = 0.42
BIRTH_YEARS = {Body.YOUTH_UNION: (1992, 2005), Body.VETERANS: (1955, 1972)}
USUAL_BIRTH_YEARS = (1962, 1999)


class People:
    """Invents persons and collects their rows."""

    def __init__(self, filling: Filling) -> None:
        self.names: dict[int, str] = {}
        self._filling = filling
        self._last_phone: str | None = None

    def invent(self, district: str, body: Body | None, rng: Random) -> int:
        """Collect a new person of the district who represents a body; the id."""
        share = WOMEN_SHARES.get(body, USUAL_WOMEN_SHARE) if body else USUAL_WOMEN_SHARE
        is_woman = rng.random() < share
        full_name = invent_name(district, is_woman=is_woman, rng=rng)
        person_id = self._filling.add(
            Person,
            full_name=full_name,
            search_key=fold(full_name),
            sort_key=name_sort_key(full_name),
            phone=self._phone(rng),
            birth_year=_birth_year(body, rng),
            # Of one in eight nobody wrote it down: told by the number of those invented before.
            sex=None if len(self.names) % 8 == 0 else Sex.FEMALE if is_woman else Sex.MALE,
            user_id=None,
        )
        self.names[person_id] = full_name
        return person_id

    def give_account(self, person_id: int, user_id: int) -> None:
        """Let the person sign in with an account."""
        self._filling.amend(Person, person_id, user_id=user_id)

    def _phone(self, rng: Random) -> str | None:
        """A number, that of the one invented before (a family's), or none."""
        draw = rng.random()
        if draw > PHONE_SHARE:
            return None
        if draw > SHARED_PHONE_SHARE or self._last_phone is None:
            self._last_phone = f"+84{rng.choice(PHONE_PREFIXES)}{rng.randrange(10**7):07}"
        return self._last_phone


def _birth_year(body: Body | None, rng: Random) -> int | None:
    """A year that suits the body, or none."""
    if rng.random() > BIRTH_YEAR_SHARE:
        return None
    return rng.randint(*(BIRTH_YEARS.get(body, USUAL_BIRTH_YEARS) if body else USUAL_BIRTH_YEARS))
