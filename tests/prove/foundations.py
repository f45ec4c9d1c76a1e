"""Foundations: the model, the context, seals, verdicts, speed, and bad input."""

import json
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import ROOT, reference_folder
from tests.prove import Measured, shows
from tests.prove.pytest_runs import ALSO_SAID, pytest_line, what_ran
from tests.samples import collapsed, credential_texts

GROUP = "Foundations"
NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


def published() -> Path:
    """The folder that holds the published `reference/` and the tables of `data/` made from it."""
    reference = reference_folder()
    if reference is None:
        raise FileNotFoundError("the published material is not at hand (set EDC_MICROCRED_REFERENCE)")
    return reference.parent


@contextmanager
def fresh_clone() -> Iterator[Path]:
    """A clone of what is committed, in an empty folder, with the published material where this checkout has it."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "edc-microcred"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        yield clone


def make(target: str, clone: Path, reference: str) -> subprocess.CompletedProcess[str]:
    """Runs a make target in a clone, with an environment of its own."""
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(clone.parent), "LANG": "C.UTF-8"}
    python = shutil.which("python3.11") or shutil.which("python3") or "python3"
    return subprocess.run(
        ["make", target, f"PYTHON={python}"], cwd=clone, capture_output=True, text=True, check=False,
        env={**environment, "EDC_MICROCRED_REFERENCE": reference, "PYTEST_ADDOPTS": ALSO_SAID},
    )  # fmt: skip


@shows(
    group=GROUP, text="Fresh clone, empty folder: `make demo` seals the official samples and gives the three verdicts"
)
def demo_with_official_samples() -> Measured:
    with fresh_clone() as clone:
        done = make("demo", clone, str(published() / "reference"))
    return _demo(done, 5, "official samples of the European Commission")


@shows(group=GROUP, text="The same without the published material, on a credential of our own")
def demo_alone() -> Measured:
    with fresh_clone() as clone:
        done = make("demo", clone, str(clone / "nothing"))
    return _demo(done, 1, "credential of our own")


def _demo(done: subprocess.CompletedProcess[str], number: int, whose: str) -> Measured:
    """What the demonstration printed: met if it took exactly these samples, and every verdict is as it must be."""
    lines = [line.strip() for line in done.stdout.splitlines()]
    taken = next((line for line in lines if line.startswith("Sealing ")), "nothing sealed").removeprefix("Sealing ")
    sealed = sum(line.endswith("bytes): valid") for line in lines)
    verdicts = [line.partition(":")[0] for line in lines if line.startswith(("VALID:", "INDETERMINATE:", "INVALID:"))]
    as_wanted = taken.startswith(f"{number} {whose} ") and sealed == number
    return Measured(
        f"exit code {done.returncode}, {taken.rstrip(':')}: {sealed} valid, verdicts {', '.join(verdicts)}",
        met=done.returncode == 0
        and as_wanted
        and verdicts == ["VALID", "INDETERMINATE", "INVALID", "VALID", "INVALID"],
    )


@shows(group=GROUP, tests=True, text="`make test` passes in the fresh clone")
def tests_pass_in_a_fresh_clone() -> Measured:
    with fresh_clone() as clone:
        done = make("test", clone, str(published() / "reference"))
    return Measured(*what_ran(done))


@shows(group=GROUP, text="All 13 sealed files are read and their seal verifies as intact")
def seals_are_intact() -> Measured:
    from edc_microcred import load
    from edc_microcred.seals import check_seals

    documents = [load(path) for path in _sealed_files()]
    intact = sum(all(r.intact for r in check_seals(d.envelope)) for d in documents if d.envelope is not None)
    return Measured(f"{intact} of {len(documents)} intact", met=intact == len(documents) == 13)


@shows(group=GROUP, text="The ten sealed files that hold a credential load")
def sealed_credentials_load() -> Measured:
    from edc_microcred import load

    documents = [load(path) for path in _sealed_files()]
    loaded = [d for d in documents if "credentialSubject" in d.text and d.credential.id]
    return Measured(f"{len(loaded)} load with an id", met=len(loaded) == 10)


def _sealed_files() -> list[Path]:
    from edc_microcred.seals import is_sealed

    paths = sorted((published() / "reference" / "credentials").rglob("*.json*"))
    return [path for path in paths if is_sealed(path.read_bytes())]


@shows(
    group=GROUP, text="load -> write equals every readable credential as data, and expands to the same quads with pyld"
)
def samples_are_written_back() -> Measured:
    from edc_microcred import load
    from edc_microcred.elm import write_credential
    from edc_microcred.errors import UnreadableError
    from edc_microcred.jsonld import to_quads

    equal = same_quads = to_letter = total = expandable = 0
    for _, text in credential_texts(published() / "reference"):
        document = load(text.encode())
        members = json.loads(text)
        if document.members is not document.value and "@graph" in members:
            continue
        from edc_microcred.elm import read_credential

        written = write_credential(read_credential(members)[0])
        total += 1
        equal += collapsed(json.loads(written)) == collapsed(members)
        to_letter += written == text
        try:
            expected = set(to_quads(members))
        except UnreadableError:  # a context that nobody has
            continue
        expandable += 1
        same_quads += set(to_quads(json.loads(written))) == expected
    return Measured(
        f"{equal} of {total} equal ({to_letter} to the letter), quads the same for {same_quads} of {expandable}",
        met=equal == total and same_quads == expandable and total >= 38,
    )


@shows(group=GROUP, text="The six EBSI and two DC4EU files load as far as they are ELM, with what is not as findings")
def foreign_files_load() -> Measured:
    from edc_microcred import load

    folder = published() / "reference" / "credentials"
    paths = [
        *sorted((folder / "ebsi-elm-3.2" / "examples").glob("*.json")),
        *sorted((folder / "dc4eu").glob("euhe*.json")),
    ]
    documents = [load(path) for path in paths]
    good = [d for d in documents if d.credential.credential_subject is not None and d.findings]
    findings = sum(len(d.findings) for d in documents)
    return Measured(f"{len(good)} of {len(paths)} load, {findings} findings", met=len(good) == len(paths) == 8)


@shows(group=GROUP, tests=True, text="The context written from the models gives the same quads as the published one")
def context_is_the_published_one() -> Measured:
    return pytest_line("tests/conformance/test_jsonld.py", printed="the same with both contexts")


@shows(group=GROUP, text="The models have every class and every property slot of the published ELM 3.2 shapes")
def every_class_and_slot_is_modelled() -> Measured:
    from edc_microcred.elm import CLASSES

    meta = json.loads((published() / "data" / "elm" / "classes-3.2.json").read_text("utf-8"))["meta"]
    classes = [cls for cls in CLASSES.values() if cls.SINCE == "3.1" and cls.TYPE != "VerifiableCredential"]
    slots = sum(
        term.since == "3.1" and name not in cls.NOT_IN_SHAPE for cls in classes for name, term in cls.terms().items()
    )
    wanted = (meta["nodeShapes_active_with_target"], meta["propertySlots_active_target_classes"])
    return Measured(
        f"{len(classes)} of {wanted[0]} classes, {slots} of {wanted[1]} slots", met=(len(classes), slots) == wanted
    )


def _forgery_line(name: str, rule: str) -> None:
    @shows(group=GROUP, text=f"Forgery: {name}")
    def measure() -> Measured:
        from edc_microcred import Outcome, load, seal, verify
        from edc_microcred.testing import TestAuthority
        from tests.unit.verification.test_verify import FORGERIES

        authority = TestAuthority(now=NOW, key_type="p-256")
        sample = published() / "reference" / "credentials" / "eu-2023" / "Sample-MC-Annex1-unsigned.jsonld"
        unsealed = load(sample)
        sealed = seal(unsealed, authority.signer(), at=NOW).raw
        make, _ = FORGERIES[name]
        report = verify(make(authority, sealed), authority.policy(), at=NOW)
        met = report.outcome is not Outcome.VALID and report.rules == {rule}
        return Measured(f"{report.outcome.value}: {', '.join(sorted(report.rules))}", met=met)


for _name, _rule in {
    "self-signed with a changed name": "trust/self-signed-not-trusted",
    "expired": "trust/certificate-expired-now",
    "unknown crit": "seal/crit-unknown",
    "wrong x5t#S256": "seal/certificate-reference-wrong",
    "b64 not in crit": "seal/b64-not-critical",
    "foreign time-stamp": "seal/timestamp-not-evaluated",
}.items():
    _forgery_line(_name, _rule)


@shows(group=GROUP, text="A correct PS256 seal is valid")
def ps256_is_valid() -> Measured:
    from edc_microcred import Outcome, load, seal, verify
    from edc_microcred.testing import TestAuthority

    authority = TestAuthority(now=NOW, key_type="p-256", seal_key_type="rsa-3072")
    sample = published() / "reference" / "credentials" / "eu-2023" / "Sample-MC-Annex1-unsigned.jsonld"
    report = verify(seal(load(sample), authority.signer("PS256"), at=NOW), authority.policy(), at=NOW)
    return Measured(report.outcome.value, met=report.outcome is Outcome.VALID)


@shows(
    group=GROUP,
    tests=True,
    text="DSS 6.4 and 5.11.1 judge our seals in every form as expected, and DSS's own are valid here",
)
def dss_agrees() -> Measured:
    from tests.interop.dss_judge import DssJudge, missing
    from tests.interop.dss_matrix import run

    if (reason := missing()) is not None:
        return Measured(reason, met=False)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        judges = {version: stack.enter_context(DssJudge(version)) for version in ("6.4", "5.11.1")}
        rows = run(judges, Path(folder))
    differing = [str(row.cell) for row in rows if not row.as_expected]
    found = Counter(what for row in rows for what in row.found.values())
    most = "; ".join(f"{count} x {what}" for what, count in found.most_common(5))
    return Measured(f"{len(rows)} cells, {len(differing)} differ ({most})", met=bool(rows) and not differing)


@shows(group=GROUP, tests=True, text="Bad input: a message that says what to do, nothing half-written, no traceback")
def bad_input_is_refused() -> Measured:
    return pytest_line("tests/e2e/test_command_line.py")


@shows(
    group=GROUP,
    tests=True,
    text="Hypothesis over arbitrary JSON and bytes: findings or a clear error, never anything else",
)
def hypothesis_finds_nothing() -> Measured:
    return pytest_line(
        "tests/unit/elm/test_reading.py", "tests/unit/seals/test_seal_hostile.py",
        "tests/unit/verification/test_verify.py", "tests/unit/jsonld", statistics=True,
    )  # fmt: skip
