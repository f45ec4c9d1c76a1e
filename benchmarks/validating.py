"""Validating content, from bytes to findings, with every check that we have.

Beside it: the published shapes run by pyld and pySHACL, by Apache Jena as the Commission's software runs it, and by
pyoxigraph and rudof.
"""

import json
import logging
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks import rudof
from benchmarks.lines import Line, Skipped, beside
from benchmarks.material import EXAMPLE, Material
from benchmarks.timing import Effort, duration, in_turns
from edc_microcred import validate
from edc_microcred.shapes import conforms
from tests.conftest import reference_folder
from tests.interop import dss_judge, jena_judge

TITLE: Final = "Validating content"
PROFILE: Final = "generic-full"
FILES: Final = 1000
LARGE: Final = 1_200_000
"""Characters: the size of a transcript of records with many courses."""

_PEAK: Final = """
import re, sys
from pathlib import Path
from edc_microcred import validate
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
validate(Path(sys.argv[3]).read_bytes(), profile=sys.argv[2])
before = peak()
validate(Path(sys.argv[1]).read_bytes(), profile=sys.argv[2])
print(before, peak())
"""
"""Not by getrusage: its peak is at least that of the program that started this one, as large as that had become."""


def measure(material: Material, effort: Effort) -> Iterator[Line | Skipped]:
    yield from _beside_pyshacl(material, effort)
    yield from _beside_jena(material, effort)
    yield from _beside_rudof(material, effort)
    yield from _growth(material, effort)
    yield from _command_line(material, effort)


def _beside_pyshacl(material: Material, effort: Effort) -> Iterator[Line | Skipped]:
    reference = reference_folder()
    if reference is None:
        yield Skipped(f"{TITLE} beside pyld + pySHACL", "the published shapes are not at hand")
        return
    from tests.conformance.published_shapes import Published

    published = Published(reference)
    text = material.text

    def official() -> Any:
        graph = published.graph(published.expanded(json.loads(text)))
        return published.verdict(graph, PROFILE)

    logging.getLogger("rdflib").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        times = in_turns({"ours": lambda: validate(text, profile=PROFILE), "official": official}, effort)
    ours, theirs = times["ours"], times["official"]
    yield beside("content, bytes to findings", ours, "pyld + pySHACL", theirs, at_least=100)
    yield _beside("content, bytes to findings, p99", ours.p99, "pyld + pySHACL", theirs.p99, 100)


def _beside_jena(material: Material, effort: Effort) -> Iterator[Line | Skipped]:
    reference = reference_folder()
    missing = dss_judge.missing() or (None if reference else "the published shapes are not at hand")
    if missing is not None or reference is None:
        yield Skipped(f"{TITLE} beside Jena", missing or "")
        return
    shapes, contexts = _published(reference)
    ours = in_turns({"ours": lambda: validate(material.text, profile=PROFILE)}, effort)["ours"]
    # The first half of its work is more warm-up.
    _, jena = jena_judge.measure([material.text] * 2, shapes=shapes, contexts=contexts, warmup=1500, count=300)
    verdict = "conforms" if jena.conforms else f"{jena.results} results"
    yield _beside("content beside Jena", ours.median, f"Jena ({verdict})", jena.p50_ms / 1000, 5)
    yield _beside("content beside Jena, p99", ours.p99, f"Jena ({verdict})", jena.p99_ms / 1000, 5)


def _published(reference: Path) -> tuple[list[Path], dict[str, Path]]:
    """The files of the profile's shapes, and those of the contexts by their addresses."""
    from tests.conformance.published_shapes import CREDENTIALS_V1, EDC_AP
    from tests.conformance.published_shapes import FILES as SHAPES

    return [reference / "elm-3.2" / f"EDC-{name}.ttl" for name in SHAPES[PROFILE]], {
        CREDENTIALS_V1: reference / "w3c" / "credentials-v1.jsonld",
        EDC_AP: reference / "elm-3.2" / "edc-ap-context.jsonld",
    }


def _beside_rudof(material: Material, effort: Effort) -> Iterator[Line | Skipped]:
    reference = reference_folder()
    missing = rudof.missing() or (None if reference else "the published shapes are not at hand")
    if missing is not None or reference is None:
        yield Skipped("content beside rudof", missing or "")
        return
    judge = rudof.Rudof(*_published(reference))
    text = material.text
    violations = judge.violations(text)
    verdict = f"{len(violations)} violations" if violations else "conforms"
    agreed = "" if conforms(validate(text, profile=PROFILE)) == (not violations) else ", ours is another verdict"
    times = in_turns({"ours": lambda: validate(text, profile=PROFILE), "rudof": lambda: judge.violations(text)}, effort)
    ours, theirs, peer = times["ours"], times["rudof"], f"pyoxigraph + rudof ({verdict}{agreed})"
    yield beside("content beside rudof", ours, peer, theirs)
    yield Line(
        what="content beside rudof, p99", ours=duration(ours.p99), peer=f"{peer} {duration(theirs.p99)}",
        ratio=theirs.p99 / ours.p99,
    )  # fmt: skip


def _beside(what: str, ours: float, peer: str, theirs: float, goal: float) -> Line:
    ratio = theirs / ours
    return Line(
        what=what, ours=duration(ours), peer=f"{peer} {duration(theirs)}", ratio=ratio,
        goal=f"at least {goal:g} times", met=ratio >= goal,
    )  # fmt: skip


def _growth(material: Material, effort: Effort) -> Iterator[Line | Skipped]:
    """Documents that hold the same claim more and more often, each time with ids of its own."""
    texts = {size: _transcript(material, size) for size in (LARGE // 4, LARGE // 2, LARGE)}
    times = in_turns({str(size): _validating(text) for size, text in texts.items()}, effort)
    half, whole = (times[str(size)].median / len(texts[size]) for size in (LARGE // 2, LARGE))
    said = ", ".join(f"{len(text) / 1e6:.2f} MB {times[str(size)]}" for size, text in texts.items())
    yield Line(
        what="content of a transcript: the time grows with its size", ours=said, ratio=whole / half,
        goal="at most 1.2 times per byte", met=whole / half <= 1.2,
    )  # fmt: skip
    if not Path("/proc/self/status").exists():
        yield Skipped("peak memory", "this system does not tell the peak of one program")
        return
    for name, text in (("the sample", material.text), ("the transcript", texts[LARGE])):
        path = material.folder / "memory.jsonld"
        path.write_bytes(text)
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, str(path), PROFILE, str(EXAMPLE)], capture_output=True, text=True, check=True
        )
        before, peak = (int(kilobytes) / 1024 for kilobytes in done.stdout.split())
        yield Line(
            what=f"peak memory, {name}",
            ours=f"{peak:.0f} MB, {peak - before:.0f} more than for a small one",
        )


def _validating(text: bytes) -> Callable[[], Any]:
    return lambda: validate(text, profile=PROFILE)


def _transcript(material: Material, size: int) -> bytes:
    """The credential with its claims repeated, every id in them made anew, until it has about `size` bytes."""
    members = json.loads(material.text)
    claims = members["credentialSubject"]["hasClaim"]
    claims = claims if isinstance(claims, list) else [claims]
    one = json.dumps(claims, ensure_ascii=False)
    rest = len(material.text) - len(one.encode())
    count = max(1, (size - rest) // len(one.encode()))
    repeated: list[Any] = []
    for number in range(count):
        repeated += json.loads(one.replace('"urn:epass:', f'"urn:epass:{number}:'))
    members["credentialSubject"]["hasClaim"] = repeated
    return json.dumps(members, ensure_ascii=False).encode()


def _command_line(material: Material, effort: Effort) -> Iterator[Line]:
    """Many files by the command line, on one process and on two; the start of the program is in it."""
    folder = material.folder / "many"
    folder.mkdir()
    files = FILES if effort.rounds > 5 else FILES // 10
    members = json.loads(material.text)
    for number in range(files):
        text = json.dumps({**members, "id": f"urn:credential:{number}"}, ensure_ascii=False)
        (folder / f"{number}.jsonld").write_text(text, "utf-8")
    program = str(Path(sys.executable).with_name("edc-microcred"))
    seconds = {}
    for workers in (1, 2):
        begun = time.perf_counter()
        command = [program, "validate", str(folder), "--profile", PROFILE, "--workers", str(workers), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds[workers] = time.perf_counter() - begun
        assert len(json.loads(done.stdout)["files"]) == files, done.stderr
    for workers, taken in seconds.items():
        yield Line(
            what=f"{files:,} files by the command line, {workers} process{'es' if workers > 1 else ''}",
            ours=f"{duration(taken)}, {files / taken:,.0f} a second",
            ratio=None if workers == 1 else seconds[1] / taken,
        )
