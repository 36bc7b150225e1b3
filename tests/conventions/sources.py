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


def source_files() -> list[Path]:
    """Every file of the project that people write, as far as it is text."""
    folders = ("tcns", "tests", "templates", "migrations", "docs", "deploy", "benchmarks", ".ci")
    kinds = {".py", ".html", ".css", ".js", ".md", ".cfg", ".toml", ".txt", ".mako", ".ini", ".sh"}
    kinds |= {".service", ".conf", ".po", ".csv", ".xml", ".example", ""}
    inside = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    found = [*inside, *ROOT.glob("*"), *(ROOT / "translations").rglob("*.po")]
    return sorted(
        path
        for path in found
        if path.is_file() and path.suffix in kinds and "__pycache__" not in path.parts
    )
