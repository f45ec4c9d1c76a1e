"""Timing: functions in turns, each call on its own.

A call during which the operating system took the processor away is counted by the processor time of its thread, since
what it waited for is not its own; `disturbed` tells how many there were.
"""

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

BLOCK: Final = 0.02
"""Seconds that one function runs before the next one has its turn."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long measuring takes: rounds of turns, and starts of whole programs."""

    rounds: int = 25
    starts: int = 11


try:
    from resource import RUSAGE_THREAD, getrusage
except ImportError:  # not on this operating system: every call counts by the clock

    def _interruptions() -> int:
        return 0

else:

    def _interruptions() -> int:
        """How often this thread was made to wait although it wanted to go on."""
        return getrusage(RUSAGE_THREAD).ru_nivcsw


@dataclass(slots=True)
class _Calls:
    all: int = 0
    disturbed: int = 0


_CALLS: Final = _Calls()


def disturbed() -> float:
    """The share of the calls so far that were interrupted."""
    return _CALLS.disturbed / max(1, _CALLS.all)


@dataclass(frozen=True, slots=True)
class Times:
    """What the calls of one function took, in seconds, sorted."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float:
        """The time that one call in a hundred exceeds."""
        return self.seconds[min(len(self.seconds) - 1, math.ceil(0.99 * len(self.seconds)) - 1)]

    @property
    def per_second(self) -> float:
        return 1 / self.median

    def __str__(self) -> str:
        return duration(self.median)


def duration(seconds: float) -> str:
    """A time with three digits: `1.23 ms`."""
    factor, unit = next(((f, u) for f, u in ((1, "s"), (1e3, "ms")) if seconds * f >= 1), (1e6, "µs"))
    value = seconds * factor
    return f"{value:.{max(0, 2 - math.floor(math.log10(value)))}f} {unit}"


def in_turns(
    functions: Mapping[str, Callable[[], Any]], effort: Effort, *, setup: Mapping[str, Callable[[], Any]] | None = None
) -> dict[str, Times]:
    """The times of each function, called in turns for `effort.rounds` rounds after a warm-up of each.

    Before each turn the garbage of the one before is collected, and a turn of many short calls begins with one that is
    not counted: it finds the processor's caches full of what the others left there.

    A function that has a `setup` is called with nothing of it timed: `setup` runs before every call.
    """
    before = setup or {}
    calls = {name: _calls_in_a_block(function, before.get(name)) for name, function in functions.items()}
    taken: dict[str, list[float]] = {name: [] for name in functions}
    names = list(functions)
    gc.collect()
    gc.freeze()  # garbage is collected as ever, but nobody is charged for going through what the others have loaded
    try:
        for number in range(effort.rounds):
            for name in names if number % 2 == 0 else reversed(names):
                gc.collect()
                once_more = 1 if calls[name] > 1 else 0
                taken[name] += _block(functions[name], before.get(name), calls[name] + once_more)[once_more:]
    finally:
        gc.unfreeze()
    return {name: Times(tuple(sorted(seconds))) for name, seconds in taken.items()}


def _block(function: Callable[[], Any], setup: Callable[[], Any] | None, calls: int) -> list[float]:
    clock, processor = time.perf_counter, time.thread_time
    seconds = []
    for _ in range(calls):
        if setup is not None:
            setup()
        before, used = _interruptions(), processor()
        begun = clock()
        function()
        ended = clock()
        used = processor() - used
        interrupted = _interruptions() != before
        seconds.append(min(used, ended - begun) if interrupted else ended - begun)
        _CALLS.disturbed += interrupted
    _CALLS.all += calls
    return seconds


def _calls_in_a_block(function: Callable[[], Any], setup: Callable[[], Any] | None) -> int:
    """Warms the function up, for a block at least and three calls, and tells how many calls fill a block."""
    begun = time.perf_counter()
    seconds: list[float] = []
    while len(seconds) < 3 or (time.perf_counter() - begun < 10 * BLOCK and len(seconds) < 1000):
        seconds += _block(function, setup, 1)
    return max(1, min(500, round(BLOCK / statistics.median(seconds))))
