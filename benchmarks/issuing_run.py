"""`python -m benchmarks.issuing_run JSON`: issues to invented learners in a process of its own, and prints figures.

The learners differ in name, day of birth, number and all grades, as real ones do. The files of a run are emptied, and
not removed before all is measured: some file systems make new files slowly where many were just removed. Bare
signatures are timed before and after each run, on the same core.
"""

import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from benchmarks.engines import ENGINES
from benchmarks.steps import Steps
from edc_microcred.issuing import KeyReference, issue
from edc_microcred.microcredential import Course, read_learners
from edc_microcred.testing import TestAuthority

COURSE: Final = Path(__file__).resolve().parent.parent / "examples" / "edna" / "course.yaml"
_GIVEN: Final = ("Ana", "Đorđe", "Milica", "Luka", "Željka", "Stefan", "Jovana")
_FAMILY: Final = ("Primerić", "Žićković", "Uzorak", "Ćirić-Šljivić", "Probić", "Ogledić")
_GRADES: Final = ("Dnevnik", "Pismeni ispit", "Odbrana", "Ocena")
_WARM_UP: Final = 48
_BARE: Final = 300


@dataclass(frozen=True, kw_only=True)
class Request:
    """How to issue: to so many learners, into which folder, how often, with which engine, on which number of cores.

    `timed_steps` tells the share of each step, for the engine without workers only. `emptied` empties each file as its
    result comes, where 50,000 of them would fill the disk.
    """

    count: int
    folder: str
    runs: int = 1
    engine: str = "threads"
    workers: int = 1
    cores: int = 1
    timed_steps: bool = False
    emptied: bool = False


@dataclass(slots=True)
class Figures:
    """`rates`: credentials a second in each run. `bare`: RSA-2048 signatures a second over as many bytes.

    `processor` and `bare_processor` are the same by a second of this process's processor time, with all its threads:
    what waits for the disk or for other programs is not in it. `first` is the time in seconds to the first result in a
    fresh process, `peak` the most memory in kB; `steps` are seconds by step of the best run.
    """

    rates: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    bare_processor: list[float] = field(default_factory=list)
    first: float = 0.0
    size: int = 0
    peak: int = 0
    steps: dict[str, float] = field(default_factory=dict)


def rows(count: int) -> Iterator[Mapping[str, str]]:
    for n in range(count):
        born = f"{1 + n % 28}.{1 + n // 28 % 12}.{1985 + n // 336 % 20}."
        grades = [str(6 + n // 5**place % 5) for place in range(4)]
        yield {
            "Broj indeksa": f"2026/{n:06}", "Ime": _GIVEN[n % 7], "Prezime": _FAMILY[n // 7 % 6], "Datum rođenja": born,
            "E-pošta": f"u{n}@example.org", **dict(zip(_GRADES, grades, strict=True)),
        }  # fmt: skip


def main() -> None:
    request = Request(**json.loads(sys.argv[1]))
    if hasattr(os, "sched_setaffinity"):  # the processes that are started inherit it
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: request.cores])
    folder = Path(tempfile.mkdtemp(dir=request.folder))
    print(json.dumps(_as_json(_figures(request, folder))))


def _as_json(figures: Figures) -> dict[str, Any]:
    return {name: getattr(figures, name) for name in figures.__slots__}


def _figures(request: Request, folder: Path) -> Figures:
    course = Course.load(COURSE)
    issued = TestAuthority(key_type="p-256", seal_key_type="rsa-2048").seal_certificate(
        organisation_identifier="VATRS-000000000"
    )
    (folder / "seal.p12").write_bytes(issued.pkcs12("benchmark"))
    (folder / "password").write_text("benchmark", "utf-8")
    key = issued.private_key
    assert isinstance(key, rsa.RSAPrivateKey)
    figures = Figures()
    engine = ENGINES[request.engine]
    with engine.started(request.workers) as executor:
        reference = KeyReference(folder / "seal.p12", password_file=folder / "password")
        signer = reference if engine.elsewhere else reference.open()

        def run(number: int, count: int, *, timed: bool) -> None:
            out = folder / str(number)
            steps = Steps()
            states: dict[str, int] = {}
            begun, used = time.perf_counter(), time.process_time()
            learners = read_learners(rows(count), course)
            with steps.timed() if timed and request.timed_steps else steps.off():
                for result in issue(course, learners, signer=signer, out=out, executor=executor):
                    states[result.state] = states.get(result.state, 0) + 1
                    if figures.first == 0:
                        figures.first = time.perf_counter() - begun
                    if request.emptied and result.path is not None:
                        os.truncate(result.path, 0)
            seconds, used = time.perf_counter() - begun, time.process_time() - used
            if states != {"issued": count}:
                raise RuntimeError(f"not all were issued: {states}")
            if timed:
                figures.rates.append(count / seconds)
                figures.processor.append(count / used)
                if figures.rates[-1] == max(figures.rates):
                    figures.steps = {**steps.seconds, "the rest": seconds - sum(steps.seconds.values())}
            for path in (out / "credentials").iterdir():
                figures.size = max(figures.size, path.stat().st_size)
                os.truncate(path, 0)
            os.sync()

        run(0, _WARM_UP, timed=False)
        text = os.urandom(figures.size)
        _bare(key, text, figures)
        for number in range(1, request.runs + 1):
            run(number, request.count, timed=True)
            _bare(key, text, figures)
    figures.peak = _peak()
    return figures


def _peak() -> int:
    """The most memory of this process so far, in kB; `getrusage` counts that of its parent, too."""
    status = Path("/proc/self/status")
    if status.is_file() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _bare(key: rsa.RSAPrivateKey, text: bytes, figures: Figures) -> None:
    """Times bare signatures over as many bytes as a sealed credential has."""
    begun, used = time.perf_counter(), time.process_time()
    for _ in range(_BARE):
        key.sign(text, padding.PKCS1v15(), hashes.SHA256())
    figures.bare.append(_BARE / (time.perf_counter() - begun))
    figures.bare_processor.append(_BARE / (time.process_time() - used))


if __name__ == "__main__":
    main()
