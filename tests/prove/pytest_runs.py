"""Lines that run tests: met if at least one passed, none failed and none was skipped.

A test that is skipped showed nothing, whatever it wants for (another program, the published material): its reason is
then what the line says.
"""

import os
import re
import subprocess
import sys

from tests.conftest import ROOT
from tests.prove import Measured

ALSO_SAID = "-rfEs"
"""pytest's option that names the reason of each test that failed or was skipped."""

_CLOSING = re.compile(r"=* ?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s.*")
_REASON = re.compile(r"(?:SKIPPED \[\d+\] \S+:|(?:FAILED|ERROR) .+? - (?:Failed: )?)(?P<why>.+)")


def pytest_line(*arguments: str, statistics: bool = False, printed: str = "") -> Measured:
    """The closing line of a pytest run; with `printed` the line that holds it, with `statistics` the inputs tried.

    Both must be there then, or the line is not met.
    """
    more = ["--hypothesis-show-statistics"] if statistics else ["-s"] if printed else []
    wide = {"COLUMNS": "1000"}  # pytest cuts a reason off at the edge of the terminal
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", ALSO_SAID, *arguments, *more], cwd=ROOT, capture_output=True, text=True,
        check=False, env={**os.environ, **wide, "EDC_MICROCRED_REQUIRE_INTEROP": "1"},
    )  # fmt: skip
    said, met = what_ran(done)
    if statistics:
        inputs = sum(map(int, re.findall(r"(\d+) passing, \d+ failing", done.stdout)))
        said, met = f"{inputs:,} inputs; {said}", met and inputs > 0
    if printed:
        lines = [line.strip().lstrip(".") for line in done.stdout.splitlines() if printed in line]
        said, met = "; ".join([*lines, said]), met and bool(lines)
    return Measured(said, met=met)


def what_ran(done: subprocess.CompletedProcess[str]) -> tuple[str, bool]:
    """What a run of pytest says at its end, and whether all that it was to run passed."""
    lines = [line.strip() for line in done.stdout.splitlines()]
    closing = next((found[1] for line in reversed(lines) if (found := _CLOSING.fullmatch(line))), "no test ran")
    counts = {what: int(number) for number, what in re.findall(r"(\d+) ([a-z]+)", closing)}
    met = done.returncode == 0 and counts.get("passed", 0) > 0 and not counts.keys() & {"skipped", "xfailed"}
    reasons = dict.fromkeys(found["why"].strip() for line in lines if (found := _REASON.match(line)))
    return ": ".join([closing, *list(reasons)[:1]]) if not met else closing, met
