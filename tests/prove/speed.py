"""Speed: the figures of `make bench`, measured in one run beside the named peers.

A line with a goal is met where the goal is; one without is met where everything it names was measured.
"""

import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.prove import Measured, shows

GROUP = "Speed (ratios in one run; a busy machine can miss a goal)"


@cache
def _figures() -> tuple[dict[str, Any], ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.json"
        subprocess.run(
            [sys.executable, "-m", "benchmarks.run", "--json", str(path)], cwd=ROOT, capture_output=True, check=True
        )
        report = json.loads(path.read_text("utf-8"))
    return tuple(line for subject in report["subjects"] for line in subject["lines"])


def _goal(words: str, text: str) -> None:
    @shows(group=GROUP, text=text, binding=False)
    def measure() -> Measured:
        lines = [line for line in _figures() if words in line["what"] and line.get("met") is not None]
        if not lines:
            skipped = [line["why"] for line in _figures() if words in line["what"] and "why" in line]
            return Measured(skipped[0] if skipped else "not measured", met=False)
        said = "; ".join(
            f"{line['ours']}" + (f" beside {line['peer']}: {line['ratio']:.2f}" if line["ratio"] is not None else "")
            for line in lines
        )
        return Measured(said, met=all(line["met"] for line in lines))


for _words, _text in {
    "bytes to model": "Loading a 110 kB credential takes under 2 ms",
    "model to text": "Writing it takes under 1 ms",
    "seals a second, rsa-2048": "Sealing with RSA-2048 reaches 85% of the bare signing rate on the same bytes",
    "seals a second, p-256": "Sealing with P-256 reaches 50% of the bare signing rate on the same bytes",
    "edc-microcred --help": "`edc-microcred --help` starts in under 0.35 s",
    "edc-microcred verify": "`edc-microcred verify` of one file takes under 0.6 s from a cold start",
    "beside DSS: seal, rsa-2048": "Sealing with RSA-2048 is 15 times as fast as DSS 6.4",
    "beside DSS: seal, p-256": "Sealing with P-256 is 15 times as fast as DSS 6.4",
    "beside DSS: seal and path checked": "Validating at level B is 10 times as fast as DSS 6.4",
    "content, bytes to findings": "Content validation is 100 times as fast as pyld + pySHACL",
    "content beside Jena": "Content validation is 5 times as fast as Jena, warm",
    "content of a transcript": "A document of 1.2 MB takes at most 1.2 times as long per byte as half of it",
    "issuing, one core, one worker": (
        "Issuing (row to sealed file, RSA-2048, with image) reaches half the bare signing rate on one core"
    ),
    "issuing, two cores, processes": "Two cores issue 1.5 times as many as one",
    "issuing, beside": "On one core issuing outruns programs that do a part of it, on two any other engine",
    "issuing, peak memory": "Memory for issuing is the same for 1,000 learners and for 50,000",
}.items():
    _goal(_words, _text)


def _list(start: str, title: str, text: str) -> None:
    """A line that shows figures without a goal: it is met where they were measured and add up to the whole."""

    @shows(group=GROUP, text=text, binding=False)
    def measure() -> Measured:
        lines = [line for line in _figures() if line["what"].startswith(start) and "ours" in line]
        said = ", ".join(f"{line['what'].removeprefix(start)} {line['ours']}" for line in lines)
        whole = sum(float(line["ours"].rstrip("%")) for line in lines)
        return Measured(f"{title}: {said}", met=abs(whole - 100) < 1)


_list(
    "  of it: ", "one thread, one core", "The share of each step of issuing is measured, and the shares are the whole"
)


def _figures_alone(text: str, *starts: str) -> None:
    """A line that shows figures without a goal: those whose names start so. It is met where each has some."""

    @shows(group=GROUP, text=text, binding=False)
    def measure() -> Measured:
        said, met = [], True
        for start in starts:
            lines = [line for line in _figures() if line["what"].startswith(start) and line.get("met") is None]
            figures = [_figure(line) for line in lines if "ours" in line]
            skipped = [f"{line['what']}: {line['why']}" for line in lines if "why" in line]
            said += [*figures, *skipped] or [f"{start}: not measured"]
            met = met and bool(figures) and not skipped
        return Measured("; ".join(said), met=met)


def _figure(line: dict[str, Any]) -> str:
    ratio = f": {line['ratio']:.2f}" if line["ratio"] is not None else ""
    return f"{line['what']}: {line['ours']}" + (f" beside {line['peer']}" if line["peer"] else "") + ratio


for _text, _starts in {
    "Loading and writing are timed beside pyld, rdflib and json": ("bytes to model", "model to text"),
    "Sealing, and checking a seal, are timed beside jwcrypto": (
        "general, b64 false", "compact, b64 true", "envelope read, seal checked",
    ),
    "Verifying at level B is timed, with the path to the anchor known and unknown": (
        "verify, whole, path known", "verify, whole, path unknown",
    ),
    "Content validation is timed beside pyoxigraph + rudof": ("content beside rudof",),
    "Peak memory of content validation is measured, for the sample and for a document of 1.2 MB": (
        "peak memory, the sample", "peak memory, the transcript",
    ),
    "1,000 files are validated by the command line, on one core and on two": (
        "1,000 files by the command line, 1 process", "1,000 files by the command line, 2 processes",
    ),
}.items():  # fmt: skip
    _figures_alone(_text, *_starts)
