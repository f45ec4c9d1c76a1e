"""What the project set out to show, each line measured anew: `make prove`.

A line is a function that measures one thing and says whether that is what was promised:

    @shows(group="Foundations", text="All 13 sealed files are read and their seal verifies as intact")
    def seals_are_intact() -> Measured:
        intact = ...
        return Measured(f"{intact} of 13", met=intact == 13)

A line that raises is not met. To add one, write it in the module of its group; a new module goes into `MODULES`.
"""

import importlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

MODULES: Final = ("foundations", "main_job", "content", "speed")
"""The modules of this package that hold lines, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one line found, in a few words with figures, and whether that is what was to show."""

    text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to show and the function that measures it.

    A line that is not `binding` is shown like the others, and does not change the exit code: how fast something runs
    depends on who else uses the machine. `tests` says that it runs tests and nothing else.
    """

    group: str
    text: str
    measure: Callable[[], Measured]
    binding: bool = True
    tests: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line after it was measured; `seconds` is what measuring took."""

    group: str
    text: str
    measured: str
    met: bool
    seconds: float
    binding: bool = True


_LINES: list[Line] = []


def shows(
    *, group: str, text: str, binding: bool = True, tests: bool = False
) -> Callable[[Callable[[], Measured]], Callable[[], Measured]]:
    """Registers the function below it as the line `text` of the table, under the title `group`."""

    def register(measure: Callable[[], Measured]) -> Callable[[], Measured]:
        _LINES.append(Line(group=group, text=text, measure=measure, binding=binding, tests=tests))
        return measure

    return register


def all_lines() -> tuple[Line, ...]:
    """Every line of every module, in the order in which they are written."""
    for module in MODULES:
        importlib.import_module(f"tests.prove.{module}")
    return tuple(_LINES)


def chosen(
    lines: Iterable[Line], only: str | None, without: Iterable[str] = (), *, tests: bool = True
) -> tuple[Line, ...]:
    """The lines whose group and text hold `only` and nothing of `without`, capitals or not; `None` chooses all.

    Without `tests` those are left out that run tests only.
    """
    return tuple(
        line
        for line in lines
        if (tests or not line.tests)
        and (only is None or _holds(line, only))
        and not any(_holds(line, text) for text in without)
    )


def _holds(line: Line, text: str) -> bool:
    return text.casefold() in f"{line.group}: {line.text}".casefold()


def measure_all(lines: Iterable[Line]) -> Iterator[Row]:
    """Measures the lines one by one."""
    for line in lines:
        begun = time.perf_counter()
        measured = _measure(line)
        seconds = round(time.perf_counter() - begun, 1)
        yield Row(line.group, line.text, measured.text, measured.met, seconds, line.binding)


def _measure(line: Line) -> Measured:
    try:
        return line.measure()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # whatever a line raises, a skip or an exit too, says "not met"
        first = next((text for text in str(error).splitlines() if text.strip()), "").strip()
        return Measured(f"{type(error).__name__}: {first}" if first else type(error).__name__, met=False)
