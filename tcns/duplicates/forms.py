"""What is chosen of two persons who may be one, and which pairs a list shows."""

from typing import Any, Self

from wtforms import Field, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice

from tcns.areas.place_forms import PlaceForm
from tcns.duplicates.pairs import Pair
from tcns.duplicates.vocabulary import Reason, Verdict
from tcns.errors import RuleViolation, Stale
from tcns.i18n import format_phone
from tcns.i18n import lazy_gettext as _l
from tcns.teams.members.person_operations import PersonText
from tcns.teams.models import Person
from tcns.teams.phone_views import write_phone
from tcns.teams.vocabulary import Sex
from tcns.vietnamese import normalise
from tcns.web.filters import NOT_OFFERED, choice_field
from tcns.web.forms import WritingForm

ONE, OTHER = "one", "other"
WHO, ACCOUNT = ("full_name", "phone", "birth_year", "sex"), "account"


class PairFilterForm(PlaceForm):
    """Which pairs a list shows."""

    q = None
    reason = choice_field(_l("Why"), Reason, blank=_l("All"))
    verdict = choice_field(_l("Pairs"), Verdict)


class PairForm(WritingForm):
    """A decision about two persons, as they were when the page was opened."""

    version = HiddenField(filters=[lambda text: normalise(text) or ""])
    pair: Pair

    @classmethod
    def of(cls, pair: Pair) -> Self:
        """The form of a pair."""
        form = cls(data={"version": pair.version})
        form.pair = pair
        form.offer()
        return form

    def offer(self) -> None:
        """Offer what can be chosen of the pair."""

    def add_error(self, broken: RuleViolation) -> None:
        """Show the pair as it is now when the form is stale; other rules as every form does."""
        if isinstance(broken, Stale):
            self.version.data = self.pair.version
            self.offer()
        super().add_error(broken)


class EitherField(RadioField):
    """A choice between what is on file of the one person and of the other."""

    def pre_validate(self, form: "MergePersonsForm") -> None:
        """Whatever is sent where nothing was asked does not matter."""
        if self in form.asked:
            super().pre_validate(form)


def _either(label: Any) -> EitherField:
    """The choice of one of the two."""
    choices = [SelectChoice(value=ONE, label=""), SelectChoice(value=OTHER, label="")]
    return EitherField(label, choices=choices, default=ONE, invalid_choice_message=NOT_OFFERED)


class MergePersonsForm(PairForm):
    """What is kept of two persons who are one; asked only where both have it and it differs."""

    full_name = _either(_l("Full name"))
    phone = _either(_l("Phone"))
    birth_year = _either(_l("Year of birth"))
    sex = _either(_l("Sex"))
    account = _either(_l("Account that stays"))

    def offer(self) -> None:
        """Offer what is on file of either."""
        for name in (*WHO, ACCOUNT):
            for choice, person in zip(self[name].choices, self.pair, strict=True):
                choice.label = _label(person, name)

    def validate(self, extra_validators: Any = None) -> bool:
        """Show a stale form anew before anything in it is judged."""
        if self.version.data != self.pair.version:
            self.add_error(Stale())
            return False
        return bool(super().validate(extra_validators))

    @property
    def asked(self) -> list[Field]:
        """The fields that need an answer."""
        return [self[name] for name in (*WHO, ACCOUNT) if self._is_asked(name)]

    def kept_and_merged(self) -> tuple[Person, Person]:
        """The row that stays and the other one: of an account the one that has it."""
        one, other = self.pair
        return (one, other) if self._chosen(ACCOUNT) is one else (other, one)

    def person_text(self) -> PersonText:
        """Who the person is."""
        full_name, phone, year, sex = (getattr(self._chosen(name), name) for name in WHO)
        return PersonText(full_name, phone, year, Sex(sex) if sex else None)

    def _is_asked(self, name: str) -> bool:
        """Whether both have something on file, and not the same."""
        one, other = (_words(person, name) for person in self.pair)
        return bool(one and other and one != other)

    def _chosen(self, name: str) -> Person:
        """Whose value is kept: the one chosen, else the first of whom it is known."""
        one, other = self.pair
        if self._is_asked(name):
            return one if self[name].data == ONE else other
        return other if _words(other, name) and not _words(one, name) else one


def _label(person: Person, name: str) -> str:
    """What is on file of a person, as the visitor may see it."""
    return write_phone(person.id, person.phone) if name == "phone" else _words(person, name)


def _words(person: Person, name: str) -> str:
    """What is on file of a person, as people read it; empty where nothing is."""
    if name == ACCOUNT:
        return person.user.user_name if person.user else ""
    value = getattr(person, name)
    if name == "sex":
        return str(Sex(value).label) if value else ""
    return format_phone(value) if name == "phone" else str(value or "")
