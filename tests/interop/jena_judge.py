"""Asks Apache Jena, which the Commission's software validates content with, for its verdict and how fast it gives it.

`measure` builds the Java program in `jena/` when it is not built yet (Maven fetches Jena then, and only then), and runs
it once.
"""

import base64
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.interop.dss_judge import JudgeError, missing

__all__ = ["JenaFigures", "measure", "missing"]

PROJECT: Final = Path(__file__).resolve().parent / "jena"
DEADLINE: Final = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class JenaFigures:
    """What Jena said, and how fast: warm, one thread, from JSON text to verdict, timed inside its process."""

    conforms: bool
    results: int
    triples: int
    p50_ms: float
    p99_ms: float
    per_second: float


def build() -> Path:
    """The folder of the program, built now if its sources are newer or it is not there."""
    folder = PROJECT / "target"
    stamp = folder / "built"
    sources = [PROJECT / "pom.xml", *(path for path in (PROJECT / "src").rglob("*") if path.is_file())]
    if not stamp.exists() or stamp.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        command = ["mvn", "-B", "-q", "-f", str(PROJECT / "pom.xml"), "clean", "package"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise JudgeError(f"Maven could not build the program on Jena:\n{done.stdout[-4000:]}{done.stderr}")
        stamp.touch()
    return folder


def measure(
    contents: Sequence[bytes], *, shapes: Sequence[Path], contexts: Mapping[str, Path], warmup: int, count: int
) -> list[JenaFigures]:
    """The figures for each of `contents`, one after the other in one process that has warmed up on all of them."""
    folder = build()
    request = {
        "shapes": [str(path) for path in shapes],
        "contexts": {address: str(path) for address, path in contexts.items()},
    }
    lines = [
        json.dumps({**request, "content": base64.b64encode(content).decode(), "warmup": warmup, "count": count})
        for content in contents
    ]
    done = subprocess.run(
        ["java", "-cp", f"{folder / 'jena-judge.jar'}:{folder / 'lib'}/*", "judge.Main"],
        input="\n".join(lines) + "\n", capture_output=True, text=True, check=False, timeout=DEADLINE,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    faults = [answer["error"] for answer in answers if "error" in answer]
    if faults or len(answers) != len(contents):
        raise JudgeError(f"Jena: {faults[0] if faults else done.stderr[-4000:]}")
    return [JenaFigures(**answer) for answer in answers]
