"""Beside DSS 6.4, the Commission's own library: sealing and validating at level B, warm, one thread each."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from benchmarks.lines import Line, Skipped
from benchmarks.material import KEY_TYPES, PASSWORD, Material, Pki
from benchmarks.timing import Effort, duration, in_turns
from edc_microcred import seals, verify
from tests.interop import dss_judge
from tests.interop.dss_judge import DssJudge

TITLE = "Beside DSS 6.4"
TURNS, WARM_UP, COUNT = 5, 150, 60


def measure(material: Material, effort: Effort) -> Iterator[Line | Skipped]:
    missing = dss_judge.missing()
    if missing is not None:
        yield Skipped(TITLE, missing)
        return
    with DssJudge("6.4") as judge:
        for key_type in KEY_TYPES:
            yield from _measure(material, judge, key_type, effort)


def _measure(material: Material, judge: DssJudge, key_type: str, effort: Effort) -> Iterator[Line]:
    pki = material.pki(key_type)
    given = _files(material.folder / key_type, pki)
    text = material.json_text
    few = Effort(rounds=max(1, effort.rounds // TURNS))
    times: dict[str, list[float]] = {name: [] for name in ("seal", "DSS seal", "verify", "DSS validate")}
    verdict = ""
    for turn in range(TURNS):
        ours = in_turns(
            {"seal": lambda: seals.seal(text, pki.signer), "verify": lambda: verify(pki.sealed, pki.policy)}, few
        )
        warm = WARM_UP if turn == 0 else 5
        sealing = judge.bench_seal(material.text, given["p12"][0], PASSWORD, warmup=warm, count=COUNT)
        validating = judge.bench_validate(
            pki.sealed, warmup=warm, count=COUNT,
            anchors=given["anchors"], certificates=given["certificates"], crls=given["crls"],
        )  # fmt: skip
        verdict = validating.verdicts[0].indication
        times["seal"].append(ours["seal"].median)
        times["verify"].append(ours["verify"].median)
        times["DSS seal"].append(sealing.p50_ms / 1000)
        times["DSS validate"].append(validating.p50_ms / 1000)
    medians = {name: statistics.median(values) for name, values in times.items()}
    outcome = verify(pki.sealed, pki.policy).outcome
    yield _line(f"seal, {key_type}", medians["seal"], "DSS", medians["DSS seal"], 15)
    yield _line(f"verify ({outcome}), {key_type}", medians["verify"], f"DSS ({verdict})", medians["DSS validate"], 10)


def _line(what: str, ours: float, peer: str, theirs: float, goal: float) -> Line:
    ratio = theirs / ours
    return Line(
        what=what, ours=duration(ours), peer=f"{peer} {duration(theirs)}", ratio=ratio,
        goal=f"at least {goal:g} times", met=ratio >= goal,
    )  # fmt: skip


def _files(folder: Path, pki: Pki) -> dict[str, list[Path]]:
    """Key, anchors, intermediates and CRLs as files, which is how DSS is handed them."""
    folder.mkdir()
    p12 = folder / "seal.p12"
    p12.write_bytes(pki.issued.pkcs12(PASSWORD))
    written: dict[str, list[Path]] = {"p12": [p12]}
    things: dict[str, Any] = {
        "anchors": pki.policy.anchors, "certificates": pki.policy.intermediates, "crls": pki.policy.crls,
    }  # fmt: skip
    for name, items in things.items():
        written[name] = []
        for number, item in enumerate(items):
            path = folder / f"{name}-{number}.der"
            path.write_bytes(item.public_bytes(Encoding.DER))
            written[name].append(path)
    return written
