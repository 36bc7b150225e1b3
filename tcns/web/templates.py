"""How templates are read: with the same things to ask for in all of them."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment as FlaskEnvironment


class Environment(FlaskEnvironment):
    """Templates that ask for what the environment offers, and none for anything of its own.

    Jinja puts a layer over it for each template, through which each word is then looked up, and all
    of them at each include and import: a third of what a small page took.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template may ask for."""
        return super().make_globals(d) if d else self.globals


def register_templates(app: Flask) -> None:
    """Read templates so, from the first on."""
    app.jinja_environment = Environment
    # All stay in memory: Jinja would else go through those asked for lately to find each.
    app.jinja_options = {"cache_size": -1}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
