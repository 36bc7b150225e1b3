"""The values of the trail as people read them: days, words of vocabularies, names for ids.

The trail keeps text. What it cannot explain any more, a name that is gone or a word of an older
vocabulary, is shown as it was kept.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

from flask_babel.speaklater import LazyString

from tcns.accounts.queries import names_of_accounts
from tcns.activities.vocabulary import ActivityForm, ActivityKind, Status, Topic
from tcns.areas.queries import labels, map_day
from tcns.areas.vocabulary import Level
from tcns.audit.models import AuditEvent, AuditValue
from tcns.audit.words import field_word
from tcns.files.scans import ScanKind
from tcns.i18n import format_day, format_hours, format_number, join_words
from tcns.i18n import gettext as _
from tcns.indicators.names import names_of_indicators
from tcns.permissions.guards import my_scope
from tcns.permissions.vocabulary import Permission, Role
from tcns.phones import MASK
from tcns.teams.history import (
    names_of_members,
    names_of_persons,
    names_of_persons_in,
    names_of_teams,
    standing_persons,
)
from tcns.teams.phone_views import decide_phones, my_phones, write_phone
from tcns.teams.search import digits_of
from tcns.teams.vocabulary import Body, EndReason, MemberRole

PHONE = "phone"
Names = Mapping[str, Mapping[int, str]]
LOOKED_FOR = re.compile(r"(?<=[?&]q=)[^&]*")
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")

# Which vocabulary a field's words are of, by the kind of record.
VOCABULARIES: dict[tuple[str, str], type[StrEnum]] = {
    ("activity", "kind"): ActivityKind,
    ("activity", "form"): ActivityForm,
    ("activity", "status"): Status,
    ("activity", "topics"): Topic,
    ("establishing_decision", "scan_kind"): ScanKind,
    ("membership", "role"): MemberRole,
    ("membership", "body"): Body,
    ("membership", "end_reason"): EndReason,
    ("plan_target", "level"): Level,
    ("report", "scan_kind"): ScanKind,
    ("user", "role"): Role,
}


def names_of_areas(ids: Collection[int]) -> dict[int, str]:
    """The full names of some areas on the map, by their ids."""
    return {area_id: label.full_name for area_id, label in labels(ids, map_day()).items()}


def _names_of_others(ids: set[int]) -> dict[int, str]:
    """The names of the persons with whom somebody was compared: of those elsewhere none."""
    found = names_of_persons_in(my_scope(Permission.PERSON_READ), ids)
    return dict.fromkeys(ids, _("somebody in another area")) | found


# The fields that hold ids, and how the names behind them are found.
NAMED: dict[str, Callable[[set[int]], dict[int, str]]] = {
    "person": names_of_persons,
    "other_person": _names_of_others,
    "helpers": names_of_members,
    "team": names_of_teams,
    "merged_into": names_of_teams,
    "amounts": names_of_indicators,
    "area_id": names_of_areas,
    "home_area": names_of_areas,
    "kept_by": names_of_areas,
}


def _names_of_accounts(ids: set[int]) -> dict[int, str]:
    """The names of accounts that the visitor may see."""
    return names_of_accounts(my_scope(Permission.ACCOUNT_READ), ids)


# The kinds of records that have names, and how these are found.
RECORD_NAMES: dict[str, Callable[[set[int]], dict[int, str]]] = {
    "area": names_of_areas,
    "indicator": names_of_indicators,
    "membership": names_of_members,
    "person": names_of_persons,
    "team": names_of_teams,
    "user": _names_of_accounts,
}


def _write_address(address: str) -> str:
    """The address of a list; a phone that was looked for there is masked for those who may not see
    all phones."""
    if my_phones().members.everything:
        return address
    return LOOKED_FOR.sub(
        lambda found: 3 * MASK if digits_of(unquote_plus(found[0])) else found[0], address
    )


# The fields that people read otherwise than they are kept.
WRITTEN: dict[str, Callable[[str], str]] = {
    "address": _write_address,
    "hours": lambda text: format_hours(float(text)),
}


class Change(NamedTuple):
    """One field of an event: what it is called, what it was and what it became."""

    field: str | LazyString
    old: str
    new: str


def in_words(events: Sequence[AuditEvent]) -> dict[int, list[Change]]:
    """What each event changed, by the event's id; what was empty and stayed so is left out."""
    names = _names_in([value for event in events for value in event.values])
    owners = _owners_of_phones(events)
    changes = {
        event.id: [
            _change_of_phone(value, owners[event.id])
            if value.field == PHONE
            else _change(event, value, names)
            for value in event.values
        ]
        for event in events
    }
    return {key: [one for one in made if one.old or one.new] for key, made in changes.items()}


def record_names(events: Iterable[AuditEvent]) -> dict[int, str]:
    """What the record of each event is called, by the event's id; without those that have no name,
    or are gone. One question for each kind of record."""
    by_kind: defaultdict[str, list[AuditEvent]] = defaultdict(list)
    for event in events:
        if event.object_type in RECORD_NAMES and event.object_id is not None:
            by_kind[event.object_type].append(event)
    named: dict[int, str] = {}
    for kind, some in by_kind.items():
        names = RECORD_NAMES[kind]({event.object_id for event in some if event.object_id})
        named |= {e.id: names[e.object_id] for e in some if e.object_id in names}
    return named


def _change(event: AuditEvent, value: AuditValue, names: Names) -> Change:
    """One value of an event in words."""
    old, new = (_word(event.object_type, value.field, one, names) for one in (value.old, value.new))
    return Change(field_word(value.field), old, new)


def _change_of_phone(value: AuditValue, owner: int) -> Change:
    """The phones a person had and got, as the visitor may see that person's phone."""
    return Change(field_word(PHONE), *(write_phone(owner, one) for one in (value.old, value.new)))


def _owners_of_phones(events: Sequence[AuditEvent]) -> dict[int, int]:
    """Whose phone each event is about, by the event's id: who was merged is the other one now."""
    about = {
        event.id: event.object_id or 0
        for event in events
        if any(value.field == PHONE for value in event.values)
    }
    standing = standing_persons(set(about.values())) if about else {}
    owners = {key: standing.get(person_id, person_id) for key, person_id in about.items()}
    decide_phones(owners.values())
    return owners


def _names_in(values: Iterable[AuditValue]) -> Names:
    """The names behind all ids that the values hold, one question for each kind of record."""
    ids: dict[str, set[int]] = {field: set() for field in NAMED}
    for value in values:
        if value.field in ids:
            ids[value.field] |= {key for key, _n in _pairs(value.old) + _pairs(value.new)}
    return {field: NAMED[field](found) if found else {} for field, found in ids.items()}


def _pairs(text: str | None) -> list[tuple[int, str]]:
    """The ids of a text like "3 5", or ids with amounts like "3=12 5=1"; others are left aside."""
    pairs = [word.partition("=") for word in (text or "").split()]
    return [(int(key), amount) for key, _equals, amount in pairs if key.isdecimal()]


def _word(object_type: str, field: str, text: str | None, names: Names) -> str:
    """A value in words."""
    if not text:
        return ""
    if (object_type, field) in VOCABULARIES:
        vocabulary = VOCABULARIES[object_type, field]
        return join_words([_label(vocabulary, word) for word in text.split()])
    if field in NAMED:
        return _named(text, names[field])
    if A_DAY.fullmatch(text):
        day = date.fromisoformat(text)
        # People read last days inclusive.
        return format_day(day - timedelta(days=1) if field == "valid_to" else day)
    if field.endswith("_count") and text.isdecimal():
        return format_number(int(text))
    return WRITTEN[field](text) if field in WRITTEN else text


def _label(vocabulary: type[StrEnum], word: str) -> str:
    """What a word of a vocabulary is called."""
    known: Any = vocabulary._value2member_map_.get(word)
    return str(known.label) if known else word


def _named(text: str, names: Mapping[int, str]) -> str:
    """Ids as names, each with its amount where it has one."""
    return join_words(
        [
            f"{names.get(key, key)}: {format_number(int(amount))}"
            if amount.isdecimal()
            else str(names.get(key, key))
            for key, amount in _pairs(text)
        ]
    )
