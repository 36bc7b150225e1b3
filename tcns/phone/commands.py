"""flask phone …: the one script of every page, made of the modules it is cut into."""

import re

import click
from flask.cli import AppGroup

from tcns.config import ROOT

group = AppGroup("phone", help="The notebook on a phone.")
FOLDER = ROOT / "tcns" / "static" / "phone"
# Each knows only those before it.
PARTS = ("store", "seal", "account", "queue", "send", "line", "draft", "follow", "page")
IMPORTED = re.compile(r"^import .*\n", re.MULTILINE)
EXPORTED = re.compile(r"^export (?=\w)", re.MULTILINE)
HEAD = "// Made by `flask phone bundle` of the modules beside it: one request instead of nine.\n"


def bundle() -> str:
    """The modules of every page as one script; their names are unlike, so nothing is renamed."""
    texts = ((FOLDER / f"{name}.js").read_text("utf-8") for name in PARTS)
    return HEAD + "\n".join(EXPORTED.sub("", IMPORTED.sub("", text)) for text in texts)


@group.command("bundle")
def write_bundle() -> None:
    """Write the script of every page anew, after one of its modules has changed."""
    (FOLDER / "bundle.js").write_text(bundle(), "utf-8")
    click.echo("bundle.js")
