"""Issuing end to end: from a row to a sealed file on disk, with the image inside it, beside the bare RSA rate.

Each size is a program of its own, so that the peak of memory is that of the run alone.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.lines import Line, Skipped
from benchmarks.material import Material
from benchmarks.timing import Effort

TITLE = "Issuing a course, RSA-2048, with image"
ROOT = Path(__file__).resolve().parent.parent
COURSE = ROOT / "examples" / "edna" / "course.yaml"

ONE_RUN = """
import json, resource, sys, tempfile, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from edc_microcred.issuing import issue
from edc_microcred.microcredential import Course, read_learners
from edc_microcred.testing import TestAuthority

count, workers, course = int(sys.argv[1]), int(sys.argv[2]), Course.load(Path(sys.argv[3]))
authority = TestAuthority(key_type="p-256", seal_key_type="rsa-2048")
signer = authority.seal_certificate(organisation_identifier="VATRS-000000000").signer()

def rows():
    for number in range(count):
        yield {"Broj indeksa": f"2026/{number:06}", "Ime": "Ana", "Prezime": "Primer", "Datum rođenja": "2.10.1999.",
               "E-pošta": "ana@example.org", "Dnevnik": "9", "Pismeni ispit": "8", "Odbrana": "10", "Ocena": "9"}

with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
    begun = time.perf_counter()
    states = {}
    for result in issue(course, read_learners(rows(), course), signer=signer, out=Path(folder) / "out", executor=pool):
        states[result.state] = states.get(result.state, 0) + 1
    seconds = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "states": states, "peak": peak}))
"""


def measure(material: Material, effort: Effort) -> Iterator[Line | Skipped]:  # noqa: ARG001  # it makes its own rows
    few, many = (100, 1_000) if effort.rounds < 10 else (1_000, 5_000)
    raw = _raw_rate()
    one = _run(few, 1)
    two = _run(few, os.cpu_count() or 1)
    large = _run(many, os.cpu_count() or 1)
    rate = few / one["seconds"]
    yield Line(
        what="issuing, one worker", ours=f"{rate:,.0f}/s", peer=f"bare RSA-2048 {raw:,.0f}/s", ratio=rate / raw,
        goal="at least half", met=rate >= raw / 2,
    )  # fmt: skip
    yield Line(what="issuing, a worker a core", ours=f"{few / two['seconds']:,.0f}/s", peer=f"one {rate:,.0f}/s",
               ratio=one["seconds"] / two["seconds"])  # fmt: skip
    growth = large["peak"] / two["peak"]
    yield Line(
        what=f"issuing, peak memory at {few:,} and {many:,} learners",
        ours=f"{large['peak'] / 1024:,.0f} MB", peer=f"{two['peak'] / 1024:,.0f} MB", ratio=growth,
        goal="flat (under 1.2)", met=growth < 1.2,
    )  # fmt: skip


def _run(count: int, workers: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", ONE_RUN, str(count), str(workers), str(COURSE)],
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    if result["states"] != {"issued": count}:
        raise RuntimeError(f"not all were issued: {result['states']}")
    return result


def _raw_rate() -> float:
    """Bare signatures a second with RSA-2048 over as many bytes as a credential has."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = os.urandom(150_000)
    begun = time.perf_counter()
    for _ in range(300):
        key.sign(text, padding.PKCS1v15(), hashes.SHA256())
    return 300 / (time.perf_counter() - begun)
