"""The CPU time of a thing done again and again: what it costs whoever runs it, however busy the
machine is.

Things are done in short blocks that take turns, so that a slow minute falls on all of them alike;
of each the median of its blocks counts.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.load import Act

ROUNDS, BLOCK_SECONDS = 5, 1.5
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# In /proc/PID/stat, counted behind the name of the program: time in user mode, and in the kernel.
USER, KERNEL = 11, 12


def cpu_of(processes: Sequence[int]) -> float:
    """The seconds that some processes, by their ids, have used so far; Linux alone tells."""
    return sum(_ticks(process) for process in processes) / TICKS_A_SECOND


def _ticks(process: int) -> int:
    """The time of one process, as the kernel counts it."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[USER]) + int(fields[KERNEL])


@dataclass(frozen=True)
class Subject:
    """Something whose CPU time is measured.

    `used` tells the seconds that those who do it have used so far; `before` is done each time
    before it, and must not count among them.
    """

    name: str
    act: Act
    used: Callable[[], float]
    before: Act = lambda: None

    def block(self, seconds: float) -> float:
        """The milliseconds that it costs, over a block of time."""
        count, began = 0, self.used()
        ends = time.monotonic() + seconds
        while count == 0 or time.monotonic() < ends:
            self.before()
            self.act()
            count += 1
        return (self.used() - began) / count * 1000


def measure(
    subjects: Sequence[Subject], rounds: int = ROUNDS, seconds: float = BLOCK_SECONDS
) -> dict[str, float]:
    """The milliseconds that each costs, by name; each is done once before, unmeasured."""
    for subject in subjects:
        subject.block(0)
    blocks = [{each.name: each.block(seconds) for each in subjects} for _round in range(rounds)]
    return {each.name: median(block[each.name] for block in blocks) for each in subjects}
