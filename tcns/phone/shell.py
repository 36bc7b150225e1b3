"""What the worker of a phone keeps: the notebook's page and its files, all of one version."""

import hashlib
import re
from pathlib import Path
from typing import Any

from flask import url_for

from tcns.i18n import site_name

# The files that a page loads, by the addresses it names.
NAMED_FILE = re.compile(r'(?:href|src)="([^"#]*/static/[^"]+)"')


# The script of the other pages holds the same modules once more.
ONE_OF_ALL = "bundle.js"


def version_of(folder: Path) -> str:
    """A short digest of all files of a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def kept_by_worker(page: str, folder: Path) -> dict[str, Any]:
    """The page, the files it names and its scripts; the digest of all, in the page's language."""
    named = set(NAMED_FILE.findall(page))
    scripts = (
        f"{_base()}/{path.name}" for path in folder.glob("*.js") if path != folder / ONE_OF_ALL
    )
    files = sorted(named | set(scripts))
    version = hashlib.sha256("\n".join([page, *files]).encode()).hexdigest()[:12]
    return {"version": version, "shell": url_for("phone.show_phone"), "files": files}


def _base() -> str:
    """Where the scripts lie."""
    return url_for("phone.static", filename="shell.js").partition("/shell.js")[0]


def manifest() -> dict[str, Any]:
    """The site as an application: its name, where it begins, its icons."""
    name = site_name()
    icon, sizes = "phone.static", ("192", "512")
    return {
        "id": "/",
        "name": name,
        "short_name": name,
        "start_url": url_for("home.show_home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#a3161d",
        "icons": [
            {"src": url_for(icon, filename="icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": url_for(icon, filename=f"icon-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for size in sizes
            ),
        ],
    }
