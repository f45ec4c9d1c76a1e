"""Issuing end to end: from a row to a sealed file on disk, with the image inside it, beside the bare RSA rate.

Each figure comes from programs of their own (`issuing_run.py`). On a machine that others use, too, the best run counts,
both of ours and of what is beside it.
"""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.engines import ENGINES
from benchmarks.issuing_by_hand import by_hand
from benchmarks.issuing_run import COURSE, Figures, Request, rows
from benchmarks.lines import Line, Skipped
from benchmarks.material import PASSWORD, Material
from benchmarks.timing import Effort
from edc_microcred.document import load
from edc_microcred.issuing import issue
from edc_microcred.microcredential import Course, read_learners
from edc_microcred.testing import TestAuthority
from tests.interop import dss_judge
from tests.interop.dss_judge import DssJudge

TITLE = "Issuing a course, RSA-2048, with image"
ROOT: Final = Path(__file__).resolve().parent.parent
_OTHERS: Final = {
    "digitalcredentials (npm)": "it signs Data Integrity proofs with Ed25519 or ECDSA, no JAdES and no RSA",
    "the Commission's issuer": "three Tomcat applications, an Oracle or MySQL database and Keycloak; in no registry",
    "conform-ed": "it verifies only, and is in no registry",
}


def measure(material: Material, effort: Effort) -> Iterator[Line | Skipped]:  # noqa: ARG001  # it makes its own rows
    quick = effort.rounds < 10
    count, runs, (few, many) = (1_000, 2, (1_000, 5_000)) if quick else (3_000, 4, (1_000, 50_000))
    one = _run(Request(count=count, runs=runs))
    rate, bare = max(one.rates), max(one.bare)
    yield Line(
        what="issuing, one core, one worker", ours=f"{rate:,.0f}/s", peer=f"bare RSA-2048 {bare:,.0f}/s",
        ratio=rate / bare, goal="at least half", met=rate >= bare / 2,
    )  # fmt: skip
    rate_used, bare_used = max(one.processor), max(one.bare_processor)
    yield Line(
        what="  by a second of processor time, waiting for the disk and for others not counted",
        ours=f"{rate_used:,.0f}/s",
        peer=f"bare RSA-2048 {bare_used:,.0f}/s", ratio=rate_used / bare_used,
    )  # fmt: skip
    yield from _steps(count, runs)
    yield Line(what="issuing, from the call to the first credential, page drawn", ours=f"{one.first:.2f} s")
    two = _run(Request(count=count, runs=runs, workers=2, cores=2))
    best = max(two.rates)
    yield Line(
        what="issuing, two cores, threads", ours=f"{best:,.0f}/s", peer=f"one core {rate:,.0f}/s", ratio=best / rate
    )
    for engine in ENGINES.values():
        if not engine.elsewhere:
            continue
        if (missing := engine.missing()) is not None:
            yield Skipped(f"issuing, two cores, workers of {engine.name}", missing)
            continue
        request = Request(count=count // engine.times_fewer, runs=runs, engine=engine.name, workers=2, cores=2)
        other = max(_run(request).rates)
        if engine.package is None:
            best = max(best, other)
            yield Line(what=f"issuing, two cores, {engine.name}", ours=f"{other:,.0f}/s",
                       peer=f"one core {rate:,.0f}/s", ratio=other / rate,
                       goal="at least 1.5 times", met=other >= 1.5 * rate)  # fmt: skip
        else:
            yield Line(what=f"issuing, two cores, beside workers of {engine.name}", ours=f"{best:,.0f}/s",
                       peer=f"{engine.name} {other:,.0f}/s", ratio=best / other,
                       goal="at least 1", met=best >= other)  # fmt: skip
    yield from _memory(few, many)
    yield from _beside(rate, quick)


def _steps(count: int, runs: int) -> Iterator[Line]:
    """The share of each step where one thread does all of it, which adds up to the whole."""
    alone = _run(Request(count=count, runs=runs, engine="none", timed_steps=True))
    whole = sum(alone.steps.values())
    rate = count / whole
    yield Line(what="issuing, one core, all in one thread, each step timed", ours=f"{rate:,.0f}/s",
               peer=f"bare RSA-2048 {max(alone.bare):,.0f}/s", ratio=rate / max(alone.bare))  # fmt: skip
    for step, seconds in sorted(alone.steps.items(), key=lambda item: -item[1]):
        yield Line(what=f"  of it: {step}", ours=f"{seconds / whole:.1%}", peer=f"{seconds / count * 1e6:,.0f} µs each")


def _memory(few: int, many: int) -> Iterator[Line]:
    small = _run(Request(count=few, workers=2, cores=2, emptied=True))
    large = _run(Request(count=many, workers=2, cores=2, emptied=True))
    growth = large.peak / small.peak
    yield Line(
        what=f"issuing, peak memory at {few:,} and {many:,} learners (files emptied as they come)",
        ours=f"{large.peak / 1024:,.0f} MB", peer=f"{small.peak / 1024:,.0f} MB", ratio=growth,
        goal="flat (under 1.2)", met=growth < 1.2,
    )  # fmt: skip


def _beside(rate: float, quick: bool) -> Iterator[Line | Skipped]:
    """Other programs, which do a part of it: ours is all of it, on one core."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = Course.load(COURSE)
        issued = TestAuthority(key_type="p-256", seal_key_type="rsa-2048").seal_certificate(
            organisation_identifier="VATRS-000000000"
        )
        [result] = issue(course, read_learners(rows(1), course), signer=issued.signer(), out=folder / "out")
        assert result.path is not None
        text = load(result.path.read_bytes()).text.encode("utf-8")
        theirs = by_hand(text, issued, folder, 100 if quick else 400)
        yield Line(what="issuing, beside pyld + jwcrypto by hand (terms expanded, signed, written; nothing checked)",
                   ours=f"{rate:,.0f}/s", peer=f"by hand {theirs:,.0f}/s", ratio=rate / theirs,
                   goal="at least 1", met=rate >= theirs)  # fmt: skip
        if (missing := dss_judge.missing()) is not None:
            yield Skipped("issuing, beside DSS 6.4 (seals only)", missing)
        else:
            (folder / "seal.p12").write_bytes(issued.pkcs12(PASSWORD))
            with DssJudge("6.4") as judge:
                warm, times = (100, 100) if quick else (200, 300)
                theirs = judge.bench_seal(text, folder / "seal.p12", PASSWORD, warmup=warm, count=times).per_second
            yield Line(what="issuing, beside DSS 6.4 (seals a text of that length, no more)", ours=f"{rate:,.0f}/s",
                       peer=f"DSS {theirs:,.0f}/s", ratio=rate / theirs,
                   goal="at least 1", met=rate >= theirs)  # fmt: skip
    for other, why in _OTHERS.items():
        yield Skipped(f"issuing, beside {other}", why)


def _run(request: Request) -> Figures:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.issuing_run", json.dumps(dataclasses.asdict(request))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    if done.returncode != 0:
        raise RuntimeError(f"{request}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Figures(**found)
