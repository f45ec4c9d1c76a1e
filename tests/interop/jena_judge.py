"""Asks Apache Jena, which the Commission's software validates content with, for its verdict and how fast it gives it.

`verdicts` and `measure` build the Java program in `jena/` when it is not built yet (Maven fetches Jena then, and only
then), and run it once.
"""

import base64
import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.interop.dss_judge import JudgeError, missing

__all__ = ["JenaFigures", "measure", "missing", "verdicts"]

PROJECT: Final = Path(__file__).resolve().parent / "jena"
DEADLINE: Final = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class JenaFigures:
    """What Jena said, and how fast: warm, one thread, from JSON text to verdict, timed inside its process.

    `rows` are the results by focus node, path, constraint and value; what two shapes find alike is one of them.
    """

    conforms: bool
    results: int
    rows: tuple[str, ...]
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
    return _answers([_request(content, shapes, contexts, warmup=warmup, count=count) for content in contents])


def verdicts(asked: Iterable[tuple[bytes, Sequence[Path]]], *, contexts: Mapping[str, Path]) -> list[JenaFigures]:
    """What Jena says of each content, held to the files of shapes given with it; the times say nothing here."""
    requests = [_request(content, shapes, contexts, warmup=0, count=1) for content, shapes in asked]
    return _answers(requests, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # short runs do not earn more


def _request(
    content: bytes, shapes: Sequence[Path], contexts: Mapping[str, Path], *, warmup: int, count: int
) -> dict[str, Any]:
    return {
        "shapes": [str(path) for path in shapes],
        "contexts": {address: str(path) for address, path in contexts.items()},
        "content": base64.b64encode(content).decode(),
        "warmup": warmup,
        "count": count,
    }


def _answers(requests: Sequence[dict[str, Any]], *options: str) -> list[JenaFigures]:
    """What one run of the program answers to the requests, in their order."""
    folder = build()
    done = subprocess.run(
        ["java", *options, "-cp", f"{folder / 'jena-judge.jar'}:{folder / 'lib'}/*", "judge.Main"],
        input="".join(json.dumps(request) + "\n" for request in requests), capture_output=True, text=True, check=False,
        timeout=DEADLINE,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    faults = [answer["error"] for answer in answers if "error" in answer]
    if faults or len(answers) != len(requests):
        raise JudgeError(f"Jena: {faults[0] if faults else done.stderr[-4000:]}")
    return [JenaFigures(**{**answer, "rows": tuple(answer["rows"])}) for answer in answers]
