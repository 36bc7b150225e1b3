"""How many days without a session are long: a setting, and twice and three times as many."""

from flask import current_app


def silent_steps() -> tuple[int, int, int]:
    """The days from which on pages speak of a silent team, the shortest first."""
    days: int = current_app.config["TCNS"].silent_days
    return days, 2 * days, 3 * days
