"""The files of the project, as the conventions read them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tcns"
TEMPLATES = ROOT / "templates"


def modules(folder: Path = PACKAGE) -> list[Path]:
    """Every Python file below a folder."""
    return sorted(folder.rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def short(path: Path) -> str:
    """The path as it is written in messages."""
    return str(path.relative_to(ROOT))


def dotted(path: Path) -> str:
    """The module of a file, as an import names it."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def subject_of(path: Path) -> str:
    """The subject a module belongs to: the first folder of the package."""
    return path.relative_to(PACKAGE).parts[0]


def layer_of(path: Path) -> str:
    """The layer a module's name states: views/lists.py and member_views.py are both views."""
    return "views" if path.parent.name == "views" else path.stem.rpartition("_")[2]


def source_files() -> list[Path]:
    """Every file of the project that people write, as far as it is text.

    In a second work tree of the repository .git is a file, written by git.
    """
    folders = ("tcns", "tests", "templates", "migrations", "docs", "deploy", "benchmarks", ".ci")
    kinds = {".py", ".html", ".css", ".js", ".md", ".cfg", ".toml", ".txt", ".mako", ".ini", ".sh"}
    kinds |= {".service", ".conf", ".po", ".csv", ".xml", ".example", ""}
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    # In a further work tree `.git` is a file, which says where the tree lies.
    top = [path for path in ROOT.glob("*") if path.name != ".git"]
    found = [*inside, *top, *(ROOT / "translations").rglob("*.po")]
    return sorted(
        path
        for path in found
        if path.is_file()
        and path.suffix in kinds
        and path.name != ".git"
        and "__pycache__" not in path.parts
    )
