"""Files that no record holds: of a record that was removed, or was never written.

Whoever removes a record leaves its file: nobody can reach it any more, and should the removal not
be committed it is still there. The nightly cleaning deletes it.
"""

from collections.abc import Callable, Container
from datetime import datetime

from tcns.files.store import file_store

Held = Callable[[], Container[str]]
_held: dict[str, Held] = {}


def holds_files(folder: str) -> Callable[[Held], Held]:
    """Register which keys of a folder of the store are held by records."""

    def register(held: Held) -> Held:
        _held[folder] = held
        return held

    return register


def delete_strays(before: datetime) -> int:
    """Delete the files written before a moment that no record holds; how many."""
    store = file_store()
    return sum(store.delete_others(folder, held(), before) for folder, held in _held.items())
