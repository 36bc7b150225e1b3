"""What may be answered of a file: to its questions, and of the columns that are left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from tcns.i18n import gettext as _
from tcns.imports.models import Import
from tcns.imports.rows.fields import FileKind
from tcns.imports.rows.questions import Question
from tcns.imports.sheets import ALL_SHEETS, NO_FIELD, key_of_column
from tcns.vietnamese import normalise
from tcns.web.filters import NOT_OFFERED
from tcns.web.forms import WritingForm

OTHER = "other"


class AnswerForm(WritingForm):
    """Answers to questions of a file; `form_for_questions` adds a field for each.

    Only what was chosen is an answer: a likely one is offered, and counts once it is sent.
    """

    questions: Sequence[Question] = ()

    def answers(self) -> dict[str, str]:
        """What was answered, by the key of the question."""
        given = {question.key: self.answer_to(question) for question in self.questions}
        return {key: answer for key, answer in given.items() if answer}

    def answer_to(self, question: Question) -> str:
        """What was answered to a question; nothing where nothing was chosen."""
        chosen = self[f"answer_{question.key}"].data or ""
        if question.takes_several:
            names = {option.value for option in question.options if option.value != ALL_SHEETS}
            return ALL_SHEETS if names <= set(chosen) else ",".join(chosen)
        return self[f"written_{question.key}"].data or "" if chosen == OTHER else chosen

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether each answer that was sent is one."""
        is_sound = bool(super().validate(extra_validators))
        for question in self.questions:
            field = self[f"answer_{question.key}"]
            is_sent = bool(field.raw_data)
            if is_sent and not question.is_answered_by({question.key: self.answer_to(question)}):
                hint = _("Not a day. Write it like 30/06/2024.") if question.takes_day else None
                field.errors = [hint or _("Choose one of the answers.")]
                is_sound = False
        return is_sound


def form_for_questions(questions: Sequence[Question], answers: Mapping[str, str]) -> AnswerForm:
    """The form with the answers to choose from for each question, and a line where any other is
    taken."""
    fields: dict[str, Any] = {}
    filled: dict[str, Any] = {}
    for question in questions:
        name, written = f"answer_{question.key}", f"written_{question.key}"
        choices = [SelectChoice(value=each.value, label=each.label) for each in question.options]
        answer = answers.get(question.key, question.likely or "")
        if question.takes_several:
            fields[name] = SelectMultipleField(
                question.text, choices=choices, validate_choice=False
            )
            filled[name] = question.chosen_of({question.key: answer})
            continue
        if question.takes_day or question.takes_text:
            other = _("Another day") if question.takes_day else _("Another answer")
            choices.append(SelectChoice(value=OTHER, label=other))
            fields[written] = StringField(other, filters=[normalise])
        fields[name] = RadioField(
            question.text, choices=choices, validate_choice=False, coerce=lambda text: text or ""
        )
        is_offered = answer in [each.value for each in question.options]
        filled[name] = answer if is_offered or not answer else OTHER
        filled[written] = "" if is_offered else question.answer_in_words(answer)
    form: AnswerForm = type("AnswerFormOfFile", (AnswerForm,), fields)(data=filled)
    form.questions = questions
    return form


class LeftOutForm(WritingForm):
    """What the columns hold that no field is taken from; `form_for_left_out` adds a field for
    each."""

    letters: Sequence[str] = ()

    def answers(self) -> dict[str, str]:
        """What was chosen of each column, by the key of the question about it."""
        return {key_of_column(letter): self[f"left_{letter}"].data for letter in self.letters}


def form_for_left_out(kind: FileKind, one: Import) -> LeftOutForm:
    """The form with the fields that have no column yet, for each column that may hold one."""
    asked = {question["key"] for question in one.questions}
    letters = [
        column["letter"]
        for column in one.columns
        if not column["is_never_kept"] and key_of_column(column["letter"]) not in asked
    ]
    free = [field for field in kind.fields if field.name not in one.matching]
    choices = [SelectChoice(value=NO_FIELD, label=_("Leave the column out"))]
    choices += [SelectChoice(value=field.name, label=str(field.label)) for field in free]
    fields = {
        f"left_{letter}": SelectField(
            _("Column %(letter)s is stored as", letter=letter),
            choices=choices,
            invalid_choice_message=NOT_OFFERED,
        )
        for letter in letters
    }
    filled = {f"left_{each}": one.answers.get(key_of_column(each), NO_FIELD) for each in letters}
    form: LeftOutForm = type("LeftOutFormOfFile", (LeftOutForm,), fields)(data=filled)
    form.letters = letters
    return form
