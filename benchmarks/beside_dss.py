"""Beside DSS 6.4, the Commission's own library: sealing and validating at level B, warm, one thread each."""

import statistics
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from benchmarks.lines import Line, Skipped
from benchmarks.material import KEY_TYPES, PASSWORD, Material, Pki
from benchmarks.timing import Effort, duration, in_turns
from edc_microcred import seals, verify
from edc_microcred.trust import PathResult, check_path
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
    times: dict[str, list[float]] = {name: [] for name in ("seal", "DSS seal", "check", "verify", "DSS validate")}
    verdict = ""
    for turn in range(TURNS):
        ours = in_turns(
            {
                "seal": lambda: seals.seal(text, pki.signer),
                "check": lambda: _checked(pki),
                "verify": lambda: verify(pki.sealed, pki.policy),
            },
            few,
        )
        warm = WARM_UP if turn == 0 else 5
        sealing = judge.bench_seal(material.text, given["p12"][0], PASSWORD, warmup=warm, count=COUNT)
        validating = judge.bench_validate(
            pki.sealed, warmup=warm, count=COUNT,
            anchors=given["anchors"], certificates=given["certificates"], crls=given["crls"],
        )  # fmt: skip
        verdict = validating.verdicts[0].indication
        times["seal"].append(ours["seal"].median)
        times["check"].append(ours["check"].median)
        times["verify"].append(ours["verify"].median)
        times["DSS seal"].append(sealing.p50_ms / 1000)
        times["DSS validate"].append(validating.p50_ms / 1000)
    medians = {name: statistics.median(values) for name, values in times.items()}
    outcome = verify(pki.sealed, pki.policy).outcome
    theirs = f"DSS ({verdict})"
    yield _line(f"beside DSS: seal, {key_type}", medians["seal"], "DSS", medians["DSS seal"], 15)
    what = f"beside DSS: seal and path checked, {key_type}"
    yield _line(what, medians["check"], theirs, medians["DSS validate"], 10)
    what = f"beside DSS: verify ({outcome}), the credential's content included, {key_type}"
    yield _line(what, medians["verify"], theirs, medians["DSS validate"], None)


def _checked(pki: Pki) -> PathResult:
    """What DSS validates: the seal, and its certificate's path with revocation. It does not look at the content."""
    envelope = seals.Envelope.read(pki.sealed)
    now = datetime.now(UTC)
    result = seals.check_seal(envelope, at=now)
    assert result.certificate is not None
    return check_path(
        result.certificate, others=result.chain, policy=pki.policy, at=result.claimed_time or now, now=now
    )


def _line(what: str, ours: float, peer: str, theirs: float, goal: float | None) -> Line:
    ratio = theirs / ours
    return Line(
        what=what, ours=duration(ours), peer=f"{peer} {duration(theirs)}", ratio=ratio,
        goal="" if goal is None else f"at least {goal:g} times", met=None if goal is None else ratio >= goal,
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
