"""The main job: a course and its learners become sealed micro-credentials."""

import csv
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from tests.conftest import ROOT
from tests.prove import Measured, shows
from tests.prove.foundations import fresh_clone, make, published
from tests.prove.pytest_runs import pytest_line

GROUP = "The main job"
COURSES = ("data-ml", "edna", "gis")
ZOO = ("spreadsheet_zoo", "same_credentials", "learner_sources", "recipient_sheets", "xls_reading")
HOSTILE = (
    "tests/unit/microcredential/test_hostile_lists.py",
    *(
        f"tests/unit/microcredential/test_course_file.py::test_{name}"
        for name in (
            "a_course_file_of_100_megabytes_is_refused_before_it_is_read",
            "a_bomb_of_aliases_is_refused_and_costs_nothing",
            "a_tag_is_refused_and_nothing_is_run",
            "text_that_is_no_course_gives_findings_with_places",
            "files_are_taken_from_beside_the_course_only",
            "any_text_gives_a_course_or_findings_with_places",
        )
    ),
    "tests/unit/microcredential/test_built_credentials.py::test_a_name_that_got_past_the_list_is_text_and_nothing_else",
    "tests/e2e/test_hostile_names.py",
)


@cache
def _issued() -> Path:
    """The demonstration's folder, made once for all lines; it is left in the system's folder for such things."""
    folder = Path(tempfile.mkdtemp(prefix="edc-microcred-prove-")) / "demo"
    subprocess.run([sys.executable, str(ROOT / "examples" / "demo.py"), str(folder)], check=True, capture_output=True)
    return folder


def issued_credentials() -> list[Path]:
    """The sealed credentials of the demonstration, course by course."""
    return [path for course in COURSES for path in sorted((_issued() / course / "credentials").glob("*.jsonld"))]


@shows(group=GROUP, text="Fresh clone: `make demo` issues the three courses, the wrong rows refused by their rules")
def demo_issues_three_courses() -> Measured:
    begun, since = time.perf_counter(), time.time()
    with fresh_clone() as clone:
        done = make("demo", clone, str(published() / "reference"))
        seconds = time.perf_counter() - begun
        right = [_as_expected(clone / "demo" / course, clone / "examples" / course) for course in COURSES]
        files = sum(len(list((clone / "demo" / course / "credentials").iterdir())) for course in COURSES)
        first = min(path.stat().st_mtime for path in (clone / "demo").glob("*-sealed.jsonld")) - since
    return Measured(
        f"exit code {done.returncode}, {files} credentials, rows and rules refused right for {sum(right)} of 3; from"
        f" `git clone` {first:.0f} s to the first sealed credential, {seconds:.0f} s in all, installation included",
        met=done.returncode == 0 and all(right) and seconds < 60,
    )


def _as_expected(out: Path, example: Path) -> bool:
    """Whether a course's folder holds what its example says: the credentials, the lists, and exactly these refusals."""
    expected = json.loads((example / "expected-refusals.json").read_text("utf-8"))
    with (out / "refused.csv").open(encoding="utf-8-sig", newline="") as stream:
        dialect = csv.Sniffer().sniff(stream.readline(), delimiters=";,")
        stream.seek(0)
        refused = {
            row["refused: row"]: row["refused: rule"].split(" | ") for row in csv.DictReader(stream, dialect=dialect)
        }
    there = all((out / name).is_file() for name in ("manifest.csv", "journal.jsonl", "page.png"))
    issued = len(list((out / "credentials").glob("*.jsonld")))
    return there and issued == expected["issued"] and refused == expected["refused"]


@shows(group=GROUP, text="The first sealed credential is there in under 10 s without installation")
def first_credential_is_quick() -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-u", str(ROOT / "examples" / "demo.py"), str(Path(folder) / "demo")]
        begun = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
            assert demo.stdout is not None
            said = next((line.strip() for line in demo.stdout if "the first one is there" in line.casefold()), "")
            seconds = time.perf_counter() - begun
            demo.communicate()
            whole = time.perf_counter() - begun
    return Measured(
        f"{seconds:.1f} s from the start of the program, all three courses in {whole:.1f} s",
        met=demo.returncode == 0 and bool(said) and seconds < 10,
    )


@shows(group=GROUP, text="Every credential passes the published generic-full shapes with no dropped term")
def credentials_pass_the_published_shapes() -> Measured:
    tool = published() / "tools" / "official_shacl.py"
    paths = [str(path) for path in issued_credentials()]
    done = subprocess.run(
        [sys.executable, str(tool), "--profile", "generic-full", *paths], capture_output=True, text=True, check=False
    )
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    good = [r for r in reports if r.get("conforms", {}).get("generic-full") and not r["dropped_terms"]]
    return Measured(
        f"exit code {done.returncode}, {len(good)} of {len(paths)} conform, none drops a term",
        met=done.returncode == 0 and len(good) == len(paths) > 0,
    )


@shows(
    group=GROUP,
    text="`verify` with the demo's trust folder says valid of every credential, and its altered copy is not",
)
def credentials_verify() -> Measured:
    from edc_microcred import Outcome, TrustPolicy, load, verify

    policy = TrustPolicy.from_folder(_issued() / "pki" / "trust")
    paths = issued_credentials()
    valid = sum(verify(path, policy).outcome is Outcome.VALID for path in paths)
    text = paths[0].read_bytes()
    subject = load(paths[0]).credential.credential_subject
    name = (getattr(subject, "given_name", None) or getattr(subject, "full_name", None)).best().encode()
    altered = verify(text.replace(name, name[:-1] + b"x"), policy).outcome
    return Measured(
        f"{valid} of {len(paths)} valid, altered copy {altered.value}",
        met=valid == len(paths) and altered is Outcome.INVALID,
    )


@shows(group=GROUP, text="DSS agrees on the seal of every credential, in both versions")
def dss_agrees_on_the_seals() -> Measured:
    from tests.interop.dss_judge import DssJudge, missing

    if (reason := missing()) is not None:
        return Measured(reason, met=False)
    trust = _issued() / "pki" / "trust"
    passed = judged = 0
    with ExitStack() as stack:
        for version in ("6.4", "5.11.1"):
            judge = stack.enter_context(DssJudge(version))
            for path in issued_credentials():
                verdicts = judge.validate(
                    path, anchors=sorted(trust.glob("*.pem")), certificates=sorted((trust / "intermediates").glob("*")),
                    crls=sorted(trust.glob("*.crl")),
                )  # fmt: skip
                judged += 1
                passed += all(verdict.passed for verdict in verdicts) and bool(verdicts)
    return Measured(f"{passed} of {judged} TOTAL-PASSED", met=passed == judged > 0)


@shows(
    group=GROUP,
    tests=True,
    text="What Europass needs of a file (as far as it can be checked without its servers), a test each",
)
def europass_items() -> Measured:
    return pytest_line("tests/e2e/test_what_europass_needs.py")


@shows(
    group=GROUP,
    tests=True,
    text="`issue` of 2,000 learners killed with SIGKILL at 20 random moments and resumed: every credential once, with"
    " an id of its own, none half-written, one journal line each; a smaller one with `--processes`",
)
def killed_and_resumed() -> Measured:
    return pytest_line("tests/e2e/test_interrupted.py", "-m", "slow", "-k", "killed", printed=" ids, ")


@shows(
    group=GROUP,
    tests=True,
    text="`issue` on a full disk, or where it may not write: refused with a remedy, then resumed",
)
def disk_full_or_not_writable() -> Measured:
    return pytest_line("tests/e2e/test_interrupted.py", "-k", "disk or folder")


@shows(
    group=GROUP,
    tests=True,
    text="Spreadsheet zoo: each lie gives its finding; the same credentials from every kind of file",
)
def spreadsheet_zoo() -> Measured:
    return pytest_line(*(f"tests/unit/microcredential/test_{name}.py" for name in ZOO), printed="the zoo: ")


@shows(
    group=GROUP,
    tests=True,
    text="Pages in five languages: no overflow, axe-core and veraPDF without complaint, hostile names harmless",
)
def pages() -> Measured:
    return pytest_line("tests/unit/rendering", "tests/e2e/test_pages.py", "tests/interop/test_pdf_pages.py")


@shows(
    group=GROUP,
    tests=True,
    text="`new` (asked on a terminal, and with options), `check`, `issue`, `verify` for a course in Graz and one in"
    " Lleida, without editing the file",
)
def new_courses() -> Measured:
    return pytest_line("tests/e2e/test_new_courses.py")


@shows(
    group=GROUP,
    tests=True,
    text="Hostile course files, spreadsheets and names: a clear message or a harmless credential",
)
def hostile_input() -> Measured:
    return pytest_line(*HOSTILE)
