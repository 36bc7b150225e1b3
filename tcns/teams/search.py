"""Looking for teams and persons by what somebody typed, without marks."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select, true

from tcns.areas.models import AreaName
from tcns.teams.models import EstablishingDecision, Person, Team
from tcns.teams.person_queries import PhoneScopes
from tcns.vietnamese import fold

# Fewer digits than this stand in too many phone numbers to mean one.
FEWEST_DIGITS = 3


def team_matches(text: str, map_on: date) -> ColumnElement[bool]:
    """The clause that every word of the text is in the team's name, its area's name or its code.

    The area is found by any name it had up to the day of the map; marks do not matter.
    """
    return and_(true(), *(_holds_word(word, map_on) for word in fold(text).split()))


def _holds_word(word: str, map_on: date) -> ColumnElement[bool]:
    """The clause that one folded word is in the team's or its area's name, or is its code."""
    named = or_(AreaName.search_key.contains(word, autoescape=True), AreaName.code == word)
    known = select(AreaName.area_id).where(named, AreaName.valid_from <= map_on)
    return or_(Team.search_key.contains(word, autoescape=True), Team.area_id.in_(known))


def person_matches(text: str, phones: PhoneScopes) -> ColumnElement[bool]:
    """The clause that every word of the text is in the person's name, or that it is their phone,
    if that is seen in full."""
    words = fold(text).split()
    named = and_(true(), *(Person.search_key.contains(word, autoescape=True) for word in words))
    digits = digits_of(text)
    return or_(named, phone_matches(digits, phones)) if digits else named


def digits_of(text: str) -> str:
    """The digits of a phone number, or of a part of one, typed in whatever way; else nothing."""
    digits = "".join(fold(text).split()).translate(str.maketrans("", "", "+.-()"))
    is_part = digits.isascii() and digits.isdigit() and len(digits) >= FEWEST_DIGITS
    return digits if is_part else ""


def phone_matches(digits: str, phones: PhoneScopes) -> ColumnElement[bool]:
    """The clause that these digits follow each other in a phone that is seen in full.

    Stored as +84912345678, typed as 0912 345 678: a 0 in front is where the number begins, or
    stands in it. A masked number is not found even by all its digits: it shows some of them, and
    whoever tried the others one by one would learn it.
    """
    within = Person.phone.contains(digits)
    if digits.startswith("0"):
        within = or_(Person.phone.startswith(f"+84{digits.removeprefix('0')}"), within)
    return and_(within, phones.clause())


def decision_matches(text: str) -> ColumnElement[bool]:
    """The clause that every word of the text is in the decision's number."""
    key = EstablishingDecision.search_key
    return and_(true(), *(key.contains(word, autoescape=True) for word in fold(text).split()))
