"""The form of several sessions at once, a row for each."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from wtforms import BooleanField, Field, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from tcns.activities.content import ActivityText
from tcns.activities.entry.fields import record_id, word_field
from tcns.activities.entry.queries import Offered
from tcns.activities.grid.fields import TeamNameField, names_of
from tcns.activities.vocabulary import ActivityForm, ActivityKind
from tcns.errors import RuleViolation
from tcns.i18n import gettext as _
from tcns.i18n import lazy_gettext as _l
from tcns.web.fields import count_field, line_field, missing, past_day_field
from tcns.web.filters import NOT_OFFERED
from tcns.web.forms import WritingForm

FEWEST_ROWS, MOST_ROWS = 10, 50
# Of more teams nobody finds one in a list: its name is typed.
MOST_CHOICES = 60
COLUMNS = {
    "held_on": _l("Held on"),
    "team": _l("Team"),
    "kind": _l("Kind of session"),
    "participant_count": _l("Participants"),
    "household_count": _l("Households"),
    "note": _l("Note"),
}
PARTS = tuple(COLUMNS)
NEEDED = ("held_on", "team", "kind")
CONFIRMED = "is_confirmed"
# The fields of rules that a row shows elsewhere, and where.
SHOWN_AT = {"new_household_count": "household_count"}


class SessionRow(NamedTuple):
    """A row of the form: its place, and its fields by what they are."""

    number: int
    fields: dict[str, Field]

    @property
    def is_told(self) -> bool:
        """Whether anything was typed into it; a row that is left empty is none."""
        return any(self.fields[part].data or self._typed(part) for part in PARTS)

    def _typed(self, part: str) -> bool:
        """Whether a cell holds something that could not be understood."""
        return any((text or "").strip() for text in self.fields[part].raw_data or ())

    @property
    def errors(self) -> list[str]:
        """What is wrong with it."""
        return [message for field in self.fields.values() for message in field.errors]

    @property
    def is_asked(self) -> bool:
        """Whether it is asked, or was answered, that its figures are right."""
        confirmed = self.fields[CONFIRMED]
        return bool(confirmed.errors or confirmed.data)


class GridForm(WritingForm):
    """Several sessions as they stand in a paper book; `grid_form` adds the rows."""

    form = word_field(_l("Form"), ActivityForm)
    rows = HiddenField()
    row_count = FEWEST_ROWS
    columns = COLUMNS
    team_names: tuple[str, ...] = ()

    def all_rows(self) -> list[SessionRow]:
        """The rows in their order, the empty ones as well."""
        return [
            SessionRow(number, {part: self[f"row_{number}_{part}"] for part in (*PARTS, CONFIRMED)})
            for number in range(self.row_count)
        ]

    def told_rows(self) -> list[SessionRow]:
        """The rows into which something was typed."""
        return [row for row in self.all_rows() if row.is_told]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every row that was typed says what a session must say; there must be one."""
        is_sound = bool(super().validate(extra_validators))
        told = self.told_rows()
        for row in told:
            for part in NEEDED:
                field = row.fields[part]
                if not field.errors and not field.data:
                    field.errors = [missing(field)]
                    is_sound = False
        if not told:
            self.form_errors.append(_("Type at least one session."))
        return is_sound and bool(told)

    def key_of(self, row: SessionRow) -> str:
        """The key under which the session of a row is logged: the same whenever it is sent."""
        return str(uuid5(NAMESPACE_OID, f"{self.idempotency_key.data} {row.number}"))

    def text_of(self, row: SessionRow) -> ActivityText:
        """What a sound row tells."""
        values = {part: row.fields[part].data for part in PARTS if part != "team"}
        values["note"] = values["note"] or None
        return ActivityText(
            form=self.form.data, is_confirmed=bool(row.fields[CONFIRMED].data), **values
        )

    def add_row_error(self, row: SessionRow, broken: RuleViolation) -> None:
        """Show broken rules of a row beside the cells they are about."""
        for one in broken.each:
            name = SHOWN_AT.get(one.field or "", one.field or "")
            field = row.fields.get(name) or row.fields["held_on"]
            field.errors = [*field.errors, str(one.message)]

    def keep_rows(self, left: Iterable[SessionRow]) -> None:
        """Empty all rows but some, which are sent as another form then."""
        kept = {row.number for row in left}
        for row in self.all_rows():
            if row.number not in kept:
                for field in row.fields.values():
                    field.data, field.raw_data, field.errors = None, None, []
        self.renew_keys()


def grid_form(teams: Sequence[Offered], row_count: int) -> GridForm:
    """The form with so many rows, each about one of some teams."""
    fields: dict[str, Any] = {}
    for number in range(row_count):
        fields |= {
            f"row_{number}_{name}": field for name, field in _row_fields(teams, number + 1).items()
        }
    form: GridForm = type("GridFormOfTeams", (GridForm,), fields)()
    form.row_count = row_count
    if len(teams) > MOST_CHOICES:
        form.team_names = tuple(names_of(teams))
    form.rows.data = str(row_count)
    return form


def _row_fields(teams: Sequence[Offered], row: int) -> dict[str, Field]:
    """The fields of one session; nothing is chosen beforehand."""
    labels = {
        part: _l("%(column)s, row %(row)s", column=label, row=row)
        for part, label in COLUMNS.items()
    }
    nothing = SelectChoice(value="", label="")
    team = (
        TeamNameField(labels["team"], names_of(teams))
        if len(teams) > MOST_CHOICES
        else _choice(labels["team"], record_id, [nothing, *_offered(teams)])
    )
    kinds = [SelectChoice(value=word.value, label=word.label) for word in ActivityKind]
    return {
        "held_on": past_day_field(labels["held_on"], is_optional=True),
        "team": team,
        "kind": _choice(labels["kind"], ActivityKind, [nothing, *kinds]),
        "participant_count": count_field(labels["participant_count"]),
        "household_count": count_field(labels["household_count"]),
        "note": line_field(labels["note"], required=False),
        CONFIRMED: BooleanField(_l("Row %(row)s is right: save it so", row=row)),
    }


def _offered(teams: Sequence[Offered]) -> list[SelectChoice]:
    """The teams as a list to choose from."""
    return [SelectChoice(value=str(one.id), label=one.label) for one in teams]


def _choice(
    label: Any, understand: Callable[[str], Any], choices: Sequence[SelectChoice]
) -> SelectField:
    """One of some choices, or none of them."""
    return SelectField(
        label,
        coerce=lambda text: understand(text) if text else None,
        choices=choices,
        invalid_value_message=NOT_OFFERED,
        invalid_choice_message=NOT_OFFERED,
        default="",
    )
