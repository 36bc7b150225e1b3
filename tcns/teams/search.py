"""Looking for teams and persons by what somebody typed, without marks."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select, true

from tcns.areas.kind_words import written_out
from tcns.areas.list_queries import code_forms, divided, in_name_or_kind, lies_in_all
from tcns.areas.models import AreaName
from tcns.teams.models import EstablishingDecision, Person, Team
from tcns.teams.person_queries import PhoneScopes
from tcns.vietnamese import fold, search_words

# Fewer digits than this stand in too many phone numbers to mean one.
FEWEST_DIGITS = 3


def team_matches(text: str, map_on: date) -> ColumnElement[bool]:
    """The clause that every word of the text is in the team's name, its area's name or its code;
    or that the words in front are, and those behind name areas in which it lies.

    The area is found by any name it had up to the day of the map; marks do not matter.
    """
    words = search_words(written_out(text))
    return or_(
        _holds_words(words, map_on),
        *(
            _holds_words(each.words, map_on) & lies_in_all(Team.area_id, each, map_on)
            for each in divided(words, map_on)
        ),
    )


def _holds_words(words: Sequence[str], map_on: date) -> ColumnElement[bool]:
    """The clause that each folded word is in the team's or its area's name, or is its code."""
    return and_(true(), *(_holds_word(word, map_on) for word in words))


def _holds_word(word: str, map_on: date) -> ColumnElement[bool]:
    """The clause that one folded word is in the team's or its area's name, or is its code."""
    coded = AreaName.code.in_(code_forms(word))
    named = or_(in_name_or_kind(word), coded)
    known = select(AreaName.area_id).where(named, AreaName.valid_from <= map_on)
    return or_(Team.search_key.contains(word, autoescape=True), Team.area_id.in_(known))


def person_matches(text: str, phones: PhoneScopes) -> ColumnElement[bool]:
    """The clause that every word of the text is in the person's name, or that it is their phone,
    if that is seen in full."""
    words = search_words(text)
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

    Stored as +84912345678, typed as 0912 345 678 or with 0084 in front: a 0 in front is where the
    number begins, or stands in it. A masked number is not found even by all its digits: it shows
    some of them, and whoever tried the others one by one would learn it.
    """
    if digits.startswith("0084"):
        digits = f"0{digits.removeprefix('0084').removeprefix('0')}"
    within = Person.phone.contains(digits)
    if digits.startswith("0"):
        within = or_(Person.phone.startswith(f"+84{digits.removeprefix('0')}"), within)
    return and_(within, phones.clause())


def decision_matches(text: str) -> ColumnElement[bool]:
    """The clause that every word of the text is in the decision's number."""
    key = EstablishingDecision.search_key
    return and_(true(), *(key.contains(word, autoescape=True) for word in search_words(text)))
