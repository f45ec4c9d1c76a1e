"""The command line, cold: a whole process from start to end."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.lines import Line, under
from benchmarks.material import Material
from benchmarks.timing import Effort, Times

TITLE = "Starting the command line"
PROGRAM = Path(sys.executable).with_name("edc-microcred")


def measure(material: Material, effort: Effort) -> Iterator[Line]:
    commands: dict[str, Sequence[str]] = {
        "--help": (str(PROGRAM), "--help"),
        "verify": (str(PROGRAM), "verify", str(material.sealed_file), "--trust", str(material.trust_folder)),
        "validate": (str(PROGRAM), "validate", str(material.sealed_file)),
        "python": (sys.executable, "-c", "pass"),
    }
    for command in commands.values():  # compiles and fetches from the disk
        _run(command)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(effort.starts):
        for name, command in commands.items():
            taken[name].append(_run(command))
    times = {name: Times(tuple(sorted(seconds))) for name, seconds in taken.items()}
    yield under("edc-microcred --help", times["--help"], 0.35, "under 0.35 s")
    yield under("edc-microcred verify FILE --trust DIR", times["verify"], 0.6, "under 0.6 s")
    yield Line(what="edc-microcred validate FILE", ours=str(times["validate"]))
    yield Line(what="python -c pass, for comparison", ours="", peer=str(times["python"]))


def _run(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - begun
    assert done.returncode in (0, 1, 3) and b"Traceback" not in done.stderr, done.stderr.decode()
    return seconds
