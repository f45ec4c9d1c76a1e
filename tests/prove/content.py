"""Content validation: the published profiles' verdict, faster, with nothing slipping through, ready for CI."""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.conftest import ROOT
from tests.prove import Measured, shows
from tests.prove.foundations import published
from tests.prove.main_job import issued_credentials
from tests.prove.pytest_runs import pytest_line

GROUP = "Content validation"


@shows(
    group=GROUP,
    tests=True,
    text="Verdict and (focus, path, constraint) equal the record for every readable sample, six profiles",
)
def samples_on_record() -> Measured:
    return pytest_line("tests/conformance/test_shapes.py", "-k", "on_record", printed="verdicts of")


def _differential(count: int, seeds: tuple[int, ...], *more: str) -> Measured:
    """Mutants of several seeds at a time, a process each."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.conformance.differential", "--count", str(count), "--seed", str(seed), *more],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for seed in seeds
    ]  # fmt: skip
    said = [process.communicate()[0].strip().splitlines()[-1] for process in running]
    return Measured("; ".join(said), met=all(process.returncode == 0 for process in running))


@shows(
    group=GROUP,
    text="2,000 mutants judged as by the published shapes with pySHACL, and by the SHACL files that we write",
)
def mutants_agree() -> Measured:
    return _differential(1_000, (5, 7), "--generated")


@shows(group=GROUP, text="Mutants of ELM 3.1 judged as by its published shapes")
def mutants_agree_for_3_1() -> Measured:
    return _differential(150, (6, 8), "--elm", "3.1")


@shows(
    group=GROUP, tests=True, text="The traps: what official tooling says beside what we say, and ours names the cause"
)
def traps() -> Measured:
    return pytest_line("tests/conformance/test_traps.py")


@shows(group=GROUP, tests=True, text="Hypothesis: any JSON document gives findings or a clear error, within limits")
def any_document() -> Measured:
    return pytest_line("tests/unit/shapes", "tests/unit/jsonld/test_hostile_documents.py", statistics=True)


@shows(group=GROUP, text="`validate` on what the three example courses give: no error, no warning")
def example_courses_are_clean() -> Measured:
    program = str(Path(sys.executable).with_name("edc-microcred"))
    paths = [str(path) for path in issued_credentials()]
    command = [program, "validate", *paths, "--profile", "generic-full", "--json", "--fail-on", "warning"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = Counter(
        (one["severity"], one["rule"]) for file in json.loads(done.stdout)["files"] for one in file["findings"]
    )
    said = ", ".join(f"{count} {severity} {rule}" for (severity, rule), count in found.items())
    return Measured(f"{len(paths)} files, exit code {done.returncode}; {said or 'nothing'}", met=done.returncode == 0)


@shows(
    group=GROUP, text="`validate` on the published credentials: rules and counts (`edc-microcred validate` lists all)"
)
def published_credentials() -> Measured:
    from edc_microcred.reports import Settings, validate_files

    paths = sorted(str(p) for p in (published() / "reference" / "credentials").rglob("*.json*"))
    results = list(validate_files(paths, Settings()))
    counts = Counter(f.rule for result in results for f in result.findings)
    most = ", ".join(f"{count} {rule}" for rule, count in counts.most_common(6))
    conforming = sum(result.conforms is True for result in results)
    return Measured(f"{len(results)} files, {conforming} conform; {most}", met=len(results) >= 60 and conforming >= 10)


@shows(group=GROUP, tests=True, text="SARIF keeps the OASIS schema, junitparser reads JUnit, the action's steps run")
def formats() -> Measured:
    return pytest_line("tests/unit/reports", "tests/interop/test_sarif.py", "tests/unit/test_action.py")


@shows(group=GROUP, text="What is written from the code is current")
def generated_files_are_current() -> Measured:
    done = subprocess.run(
        [sys.executable, "-m", "tools.generate", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return Measured(done.stdout.strip().splitlines()[-1] if done.returncode else "all", met=done.returncode == 0)


@shows(group=GROUP, text="The generated JSON Schemas accept our reports")
def reports_keep_their_schemas() -> Measured:
    import jsonschema

    with tempfile.TemporaryDirectory() as folder:
        bad = Path(folder) / "bad.json"
        value = json.loads((ROOT / "examples" / "credential.jsonld").read_text("utf-8"))
        bad.write_text(json.dumps({**value, "expirationDate": "soon"}), "utf-8")
        program = str(Path(sys.executable).with_name("edc-microcred"))
        checked = []
        for verb, schema in (("validate", "validation-report"), ("verify", "verification-report")):
            done = subprocess.run([program, verb, str(bad), "--json"], capture_output=True, text=True, check=False)
            jsonschema.validate(
                json.loads(done.stdout), json.loads((ROOT / "schemas" / f"{schema}.schema.json").read_text("utf-8"))
            )
            checked.append(re.sub("-report", "", schema))
    return Measured(", ".join(checked), met=len(checked) == 2)
