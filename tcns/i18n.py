"""Language choice, and dates, numbers and phones the Vietnamese way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, Domain, force_locale, format_date, get_domain, get_locale, refresh
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from tcns.clock import ZONE, today

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
# What Babel knows of each: read once, where Flask-Babel would look for its file at every request.
LOCALES = {code: Locale.parse(code) for code in LANGUAGES}
DEFAULT_LANGUAGE = "vi"
LANGUAGE_COOKIE = "language"

babel = Babel()
form_messages = Domain(domain="wtforms")
# What stands in a number in English, and in Vietnamese.
POINTS_AND_COMMAS = str.maketrans(",.", ".,")
_catalogues: dict[Locale | None, Any] = {}


class LabelledEnum(StrEnum):
    """A closed list of words, each stored as its value and shown by its label."""

    _value_: str
    label: LazyString

    def __new__(cls, value: str, label: Any = None) -> Self:
        """A word: what is stored, and what pages call it; looked up by what is stored alone."""
        word = str.__new__(cls, value)
        word._value_, word.label = value, label
        return word


class FormTranslations:
    """WTForms' own messages, from our catalogue: WTForms has none in Vietnamese."""

    def gettext(self, message: str) -> str:
        """Translate a message of WTForms; it interpolates afterwards itself."""
        return str(form_messages.get_translations().gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Translate a counted message of WTForms."""
        return str(form_messages.get_translations().ngettext(singular, plural, number))


def locale() -> Locale | None:
    """The language of the request as Babel knows it; None where nothing is answered.

    Every word and number of a page asks for it: Flask-Babel's own way to what it has found for the
    request takes four times as long.
    """
    found = g.get("_flask_babel") if g else None
    known: Locale | None = getattr(found, "babel_locale", None)
    return known or get_locale()


def catalogue() -> Any:
    """The messages in the language of the request."""
    spoken = locale()
    if spoken not in _catalogues:
        _catalogues[spoken] = get_domain().get_translations()
    return _catalogues[spoken]


def gettext(message: str, **values: object) -> str:
    """The message in the language of the request, with the named values put in."""
    found = str(catalogue().ugettext(message))
    return found % values if values else found


def lazy_gettext(message: str, **values: object) -> LazyString:
    """The same for what is said later, in the language of the request that says it."""
    return LazyString(gettext, message, **values)


def ngettext(singular: str, plural: str, num: int, **values: object) -> str:
    """The message for a count, as `%(num)s` or named, in the language of the request."""
    found = catalogue().ungettext(singular, plural, num)
    return str(found) % ({"num": format_number(num)} | values)


def gettext_of_templates(message: str, **values: object) -> Markup:
    """The message as markup, with the named values put in as text.

    All our templates escape, where Jinja's own way asks each of them at each message.
    """
    found = Markup(catalogue().ugettext(message))  # noqa: S704 - messages are ours
    return found % values if "%" in found else found


def ngettext_of_templates(singular: str, plural: str, num: int, **values: object) -> Markup:
    """The message for a count as markup, as `%(num)s` or named."""
    found = Markup(catalogue().ungettext(singular, plural, num))  # noqa: S704 - messages are ours
    return found % ({"num": format_number(num)} | values)


def language() -> str:
    """The language of this request: that of its address where it is spoken, else the visitor's
    choice, else Vietnamese."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    chosen = g.get("spoken") or request.cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def speak(code: str | None) -> None:
    """Answer this request in a language, else Vietnamese, whatever its visitor has chosen: an
    answer that is the same for everybody."""
    g.spoken = code if code in LANGUAGES else DEFAULT_LANGUAGE
    refresh()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say what follows in a language, names of the records included."""
    before = g.get("spoken")
    g.spoken = code
    try:
        with force_locale(code):
            yield
    finally:
        g.spoken = before


def site_name() -> str:
    """What the product calls itself: the team's own name, which differs by province."""
    settings = current_app.config["TCNS"]
    return str(settings.team_name_en if language() == "en" else settings.team_name_vi)


def enter_message(label: Any) -> str:
    """That something is to be entered, named as its label in the flow of a sentence."""
    return gettext("Enter the %(field)s.", field=lower_first(str(label)))


def choose_message(label: Any) -> str:
    """That something is to be chosen, named as its label in the flow of a sentence."""
    return gettext("Choose the %(field)s.", field=lower_first(str(label)))


def lower_first(label: str) -> str:
    """A label as it stands in the flow of a sentence; an abbreviation stays as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def format_day(day: date | None) -> str:
    """dd/mm/yyyy in both languages: an official reads one form of date only."""
    return f"{day:%d/%m/%Y}" if day else ""


def format_weekday(day: date) -> str:
    """The day of the week, as a sentence begins with it."""
    words = str(format_date(day, "EEEE"))
    return words[:1].upper() + words[1:].lower()


def format_moment(moment: datetime | None) -> str:
    """dd/mm/yyyy HH:MM in Vietnam's time."""
    return f"{moment.astimezone(ZONE):%d/%m/%Y %H:%M}" if moment else ""


def format_number(number: float | None, decimals: int = 0) -> str:
    """1.871 and 5,5 in Vietnamese; 1,871 and 5.5 in English."""
    if number is None:
        return "–"
    text = f"{number:,.{decimals}f}"
    if text.isdigit():  # most are small, and the same in every language
        return text
    spoken = locale()
    is_english = spoken is not None and spoken.language == "en"
    return text if is_english else text.translate(POINTS_AND_COMMAS)


def format_recorded(number: int | None) -> str:
    """A count; where nobody counted it says so, for not recorded is not zero."""
    return gettext("not recorded") if number is None else format_number(number)


def lazy_number(number: float) -> LazyString:
    """The number as the request writes it, for a message that is made before there is one."""
    return LazyString(format_number, number)


def format_hours(hours: float) -> str:
    """3 and 1,5: a decimal only where there is one."""
    return format_number(hours, 0 if hours == int(hours) else 1)


def format_percent(share: float | None) -> str:
    """A share as a percentage with one decimal: 91,4%; a dash where there is nothing to divide."""
    return f"{format_number(share * 100, 1)}%" if share is not None else "–"


def format_phone(phone: str | None) -> str:
    """0912 345 678 for a Vietnamese number stored as +84912345678."""
    if not phone or not phone.startswith("+84"):
        return phone or ""
    national = "0" + phone.removeprefix("+84")
    return f"{national[:4]} {national[4:7]} {national[7:]}"


def join_words(words: Sequence[str]) -> str:
    """A list in a sentence's flow: a, b, c."""
    return ", ".join(str(word) for word in words if word)


def register_languages(app: Flask) -> None:
    """Choose the language of each request and give templates the formats."""
    babel.init_app(app, locale_selector=lambda: LOCALES[language()])
    app.jinja_env.filters.update(
        day=format_day,
        weekday=format_weekday,
        moment=format_moment,
        number=format_number,
        recorded=format_recorded,
        percent=format_percent,
        hours=format_hours,
        join_words=join_words,
    )
    app.jinja_env.globals.update(
        _=gettext_of_templates,
        gettext=gettext_of_templates,
        ngettext=ngettext_of_templates,
        today=today,
        language=language,
        site_name=site_name,
        LANGUAGES=LANGUAGES,
    )
