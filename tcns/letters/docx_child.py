"""The process that writes documents into a template, alone and within limits.

A province's own template is a file that somebody uploaded: what stands in its braces is carried
out by Jinja's sandbox, in a process that has neither database nor secret, little memory, and an
end. Started by `tcns.letters.docx`. JSON comes on standard input: the template in base64, none for
the usual one, and the documents' values. A line of JSON goes out for each document, or one that
names a fault.
"""

import base64
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tcns.letters.body import NoPlace, write_body
from tcns.letters.template import default_template

MEGABYTE = 1024 * 1024
MOST_MEMORY = 512 * MEGABYTE
SECONDS_AT_FIRST, DOCUMENTS_A_SECOND = 10, 4
# What a template may hold once it is opened: a letterhead with a coat of arms is not a megabyte.
LARGEST_CONTENT, MOST_ENTRIES = 40 * MEGABYTE, 200


class Refused(Exception):
    """The template cannot be used: the fault's name, and what it is about."""

    def __init__(self, fault: str, about: str = "") -> None:
        super().__init__(fault)
        self.fault, self.about = fault, about


def limit(documents: int) -> None:
    """Let the system end this process when it takes too much memory or time."""
    seconds = SECONDS_AT_FIRST + documents // DOCUMENTS_A_SECOND
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_archive(template: bytes) -> None:
    """Refuse what is no document, holds macros, fetches something, or opens up too large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(template))
        entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Refused("type") from error
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
        raise Refused("type")
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LARGEST_CONTENT:
        raise Refused("extent")
    if any(name.lower().endswith((".bin", ".exe", ".vbs")) for name in names):
        raise Refused("macros")
    relations = [archive.read(name) for name in names if name.endswith(".rels")]
    links = (b'TargetMode="External"', b"TargetMode='External'")
    if any(link in relation for relation in relations for link in links):
        raise Refused("fetches")


def written(template: bytes, values: Mapping[str, Any]) -> bytes:
    """One document."""
    paper = DocxTemplate(io.BytesIO(template))
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    context = {name: value for name, value in values.items() if name != "sections"}
    try:
        paper.render(context, jinja_env=environment)
        write_body(paper.docx, values)
    except NoPlace as error:
        raise Refused("place", str(error)) from error
    except TemplateSyntaxError as error:
        raise Refused("syntax", str(error.message)) from error
    except (UndefinedError, SecurityError, TypeError) as error:
        raise Refused("word", str(error)) from error
    file = io.BytesIO()
    paper.docx.save(file)
    return without_moments(file)


def without_moments(document: io.BytesIO) -> bytes:
    """The document without the moment of its writing: the same content is the same file."""
    file = io.BytesIO()
    with zipfile.ZipFile(document) as written_now, zipfile.ZipFile(file, "w") as lasting:
        for name in written_now.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            lasting.writestr(entry, written_now.read(name))
    return file.getvalue()


def documents_of(order: Mapping[str, Any]) -> Iterator[bytes]:
    """All documents of an order, in its order."""
    own = base64.b64decode(order["template"]) if order["template"] else None
    if own is not None:
        check_archive(own)
    usual: dict[bool, bytes] = {}
    for values in order["documents"]:
        wide = bool(values["is_landscape"])
        if own is None and wide not in usual:
            usual[wide] = default_template(is_landscape=wide)
        yield written(own or usual[wide], values)


def main() -> None:
    """Write what standard input orders."""
    order = json.load(sys.stdin)
    limit(len(order["documents"]))
    try:
        for document in documents_of(order):
            print(json.dumps(base64.b64encode(document).decode()), flush=True)
    except Refused as refused:
        print(json.dumps({"fault": refused.fault, "about": refused.about[:200]}), flush=True)
