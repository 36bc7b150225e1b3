"""From figures to lengths: axes that begin at zero, with round ticks."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

ROUND = (1, 2, 2.5, 5, 10)
SMALLEST = 0.001  # no share is written more exactly


@dataclass(frozen=True)
class Axis:
    """An axis from zero to `end`, with a tick every `step`."""

    end: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """The ticks in ascending order, zero and the end among them."""
        return [round(self.step * i, 9) for i in range(round(self.end / self.step) + 1)]

    def share(self, value: float) -> float:
        """How far along the axis a value stands, 100 being its end."""
        return 100 * value / self.end

    def height(self, value: float, top: float, bottom: float) -> float:
        """Where a value stands between the bottom of a drawing, which is zero, and its top."""
        return bottom - (bottom - top) * value / self.end


def axis_for(values: Iterable[float | None], *, most: int = 5, is_whole: bool = True) -> Axis:
    """The axis that holds all values in at most so many steps; a whole one has whole steps."""
    greatest = max((value for value in values if value is not None), default=0)
    step = round_step(greatest / most, is_whole=is_whole) if greatest > 0 else 1
    return Axis(max(math.ceil(greatest / step - 1e-9), 1) * step, step)


def round_step(least: float, *, is_whole: bool = True) -> float:
    """The smallest round number (1, 2, 2.5, 5 times a power of ten) that is not below `least`."""
    if is_whole and least <= 1:
        return 1
    least = max(least, SMALLEST)
    power = 10.0 ** math.floor(math.log10(least))
    steps = (factor * power for factor in ROUND)
    return next(
        step for step in steps if step >= least * (1 - 1e-9) and (not is_whole or step % 1 == 0)
    )


def runs(values: Iterable[float | None]) -> list[list[tuple[int, float]]]:
    """The unbroken runs of values, each with its place; None ends a run."""
    found: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is not None:
            found[-1].append((place, value))
        elif found[-1]:
            found.append([])
    return [run for run in found if run]
