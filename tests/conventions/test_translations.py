"""Everything the site says is translated: no message is missing, empty, doubtful or stale."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import wtforms
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from tcns.i18n import LANGUAGES
from tests.conventions.sources import ROOT
from tests.shared import made_once, shared_directory

KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext:1,2")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sd]")

# A message, or singular and plural.
Key = tuple[str, ...] | str


def catalogue(language: str, domain: str = "messages") -> Catalog:
    """The catalogue of a language; an empty one where there is no file."""
    path = ROOT / "translations" / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def extracted() -> set[Key]:
    """The messages in code and templates, found as `make catalogues` finds them."""
    return made_once("messages", lambda: {key_of(message) for message in _extract()})


def _extract() -> Iterator[Message]:
    target = shared_directory() / "messages.pot"
    options = [f"--keyword={keyword}" for keyword in KEYWORDS]
    mapping = ROOT / "babel.cfg"
    assert mapping.exists(), "babel.cfg says where messages are found"
    found = ["pybabel", "-q", "extract", "-F", str(mapping), *options, "-o", str(target), str(ROOT)]
    CommandLineInterface().run(found)  # type: ignore[no-untyped-call]
    with target.open("rb") as file:
        yield from (message for message in read_po(file) if message.id)


def key_of(message: Message) -> Key:
    """What a message is looked up by."""
    return message.id if isinstance(message.id, str) else tuple(message.id)


def texts(message: Message) -> list[str]:
    """The translations of a message: one, or one per plural form."""
    found = message.string
    return [text or "" for text in (found if isinstance(found, tuple | list) else [found])]


def placeholders(text: str) -> set[str]:
    """What is filled into a text, `%%` apart."""
    return {found[0] for found in PLACEHOLDER.finditer(text.replace("%%", ""))}


def faults_of(message: Message) -> list[str]:
    """What is wrong with a translation, in words."""
    ids = message.id if isinstance(message.id, tuple | list) else [message.id]
    wanted = placeholders(ids[-1])
    faults = ["is empty"] if not all(texts(message)) else []
    faults += ["is fuzzy"] if message.fuzzy else []
    for text in texts(message):
        if text and placeholders(text) != wanted:
            faults.append(f"fills in {sorted(placeholders(text))}, not {sorted(wanted)}")
        if text and text.strip() == text and ids[0].strip() != ids[0]:
            faults.append("drops the space around it")
    return faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_site_is_in_the_catalogue(language: str) -> None:
    known = {key_of(message) for message in catalogue(language)}
    missing = sorted(map(str, extracted() - known))
    assert not missing, f"{len(missing)} messages are not in {language}; run: make catalogues"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_of_the_catalogue_is_stale(language: str) -> None:
    stale = {key_of(message) for message in catalogue(language) if message.id} - extracted()
    assert not stale, f"not said any more: {sorted(map(str, stale))}"


@pytest.mark.parametrize("domain", ["messages", "wtforms"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_is_whole(language: str, domain: str) -> None:
    faults = {m.id: faults_of(m) for m in catalogue(language, domain) if m.id and faults_of(m)}
    assert not faults, f"{len(faults)} messages of {language} are not whole"


def test_the_messages_of_the_form_library_are_translated() -> None:
    """WTForms has no Vietnamese catalogue: ours must know each of its messages."""
    known = {key_of(message) for message in catalogue("vi", "wtforms")}
    missing = sorted(map(str, messages_of_wtforms() - known))
    assert not missing, f"write these in translations/vi/LC_MESSAGES/wtforms.po: {missing}"


def messages_of_wtforms() -> set[Key]:
    """The messages in the source of the installed library."""
    found = extract_from_dir(
        str(Path(wtforms.__file__).parent),
        method_map=[("**.py", "python")],
        keywords={"gettext": None, "ngettext": (1, 2)},
    )
    return {message for _file, _line, message, *_rest in found if message}


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (Message("Save", ""), "is empty"),
        (Message("Save", "Lưu", flags=["fuzzy"]), "is fuzzy"),
        (Message("%(count)s teams", "%(number)s tổ"), "fills in"),
        (Message(("%(num)s team", "%(num)s teams"), ("tổ",)), "fills in"),
        (Message("by ", "bởi"), "drops the space"),
    ],
)
def test_a_faulty_translation_is_seen(message: Message, fault: str) -> None:
    assert fault in " ".join(faults_of(message))


def test_a_sound_translation_has_no_fault() -> None:
    assert not faults_of(Message(("%(num)s team", "%(num)s teams"), ("%(num)s tổ",)))
    assert not faults_of(Message("100%% of %(area)s", "100%% của %(area)s"))
