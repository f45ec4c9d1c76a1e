"""The whole way in one run: a test seal, sealed samples and courses, verdicts, and a forgery that is refused.

    python examples/demo.py [FOLDER]

The Commission's official unsigned samples are sealed where they are at hand (EDC_MICROCRED_REFERENCE, or
`../shared/reference` beside the checkout); otherwise the credential of our own in this folder. Then the three courses
of this folder are issued to their learners. What is made stays in FOLDER (`demo`) to look at.
"""

import os
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

from edc_microcred import Document, FileSigner, Outcome, TrustPolicy, VerificationReport, load, seal, verify
from edc_microcred.issuing import issue
from edc_microcred.microcredential import Course, read_learners
from edc_microcred.rendering import render
from edc_microcred.testing import write_demo_pki

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OFFICIAL = ("eu-2023/*-unsigned.jsonld", "eu-2024/*-unsigned.json")


def unsealed_credentials() -> tuple[list[Path], str]:
    """The credentials to seal, and whose they are."""
    reference = Path(os.environ.get("EDC_MICROCRED_REFERENCE", ROOT.parent / "shared" / "reference"))
    found = [path for pattern in OFFICIAL for path in sorted((reference / "credentials").glob(pattern))]
    if found:
        return found, "official samples of the European Commission"
    return [HERE / "credential.jsonld"], "credential of our own (the official samples are not at hand)"


def with_another_letter(sealed: Document) -> bytes:
    """The same file with one letter of the learner's name changed, as a forger would do it."""
    subject = sealed.credential.credential_subject
    name = getattr(subject, "given_name", None) or getattr(subject, "full_name", None)
    text = name.best().encode()
    forged = text[:-1] + (b"a" if text[-1:] != b"a" else b"e")
    assert sealed.raw.count(text) >= 1
    return sealed.raw.replace(text, forged)


def show(what: str, report: VerificationReport, wanted: Outcome) -> bool:
    """Prints one verdict and tells whether it is the one that it must be."""
    as_it_must = report.outcome is wanted
    print(f"{what}:\n  {report.outcome.value.upper()}: {report.sentence}{'' if as_it_must else '   <-- WRONG'}")
    return as_it_must


def show_forged(sealed: Document, target: Path, policy: TrustPolicy) -> bool:
    """Writes an altered copy to `target` and shows its verdict; whether that is *invalid*."""
    target.write_bytes(with_another_letter(sealed))
    return show("with one letter of the learner's name changed", verify(target, policy), Outcome.INVALID)


def seal_samples(folder: Path, signer: FileSigner, policy: TrustPolicy, started: float) -> tuple[list[Path], bool]:
    """Seals the samples; their files, and whether every one is valid. Tells how long the first one took."""
    paths, whose = unsealed_credentials()
    print(f"Sealing {len(paths)} {whose} with a fresh test seal:")
    sealed_paths, good = [], True
    for path in paths:
        document = seal(load(path), signer)
        target = folder / f"{path.parent.name}-{path.stem}-sealed.jsonld"
        target.write_bytes(document.raw)
        if not sealed_paths:
            print(f"  The first one is there after {time.perf_counter() - started:.1f} s, without installation.")
        sealed_paths.append(target)
        report = verify(document, policy)
        print(f"  {target.name} ({len(document.raw):,} bytes): {report.outcome.value}")
        good = good and report.outcome is Outcome.VALID
    return sealed_paths, good


def issue_course(course_file: Path, folder: Path, signer: FileSigner) -> list[Path]:
    """Issues one course to the learners beside its file; the sealed files."""
    course = Course.load(course_file)
    [table] = course_file.parent.glob("learners.*")
    out = folder / course.slug
    results = list(issue(course, read_learners(table, course), signer=signer, out=out))
    counts = Counter(result.state for result in results)
    print(f"  {course.slug}: {', '.join(f'{count} {state}' for state, count in counts.items())} -> {out}")
    issued = [result.path for result in results if result.path]
    (out / "page.png").write_bytes(render(load(issued[0]), "png", course.languages[0]))
    return issued


def main() -> int:
    """Runs the demonstration; 0 when every verdict was as it must be."""
    started = time.perf_counter() - time.process_time()  # loading the library counts too
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("demo")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pki = write_demo_pki(folder / "pki", organisation="University of Belgrade (example)")
    signer = FileSigner.from_pkcs12(pki.key, pki.password_file.read_text().strip())
    policy = TrustPolicy.from_folder(pki.trust)

    sealed_paths, good = seal_samples(folder, signer, policy, started)

    sealed = load(sealed_paths[0])
    print(f"\nOne of them, {sealed_paths[0].name}, in three ways:")
    good = show("with the anchors and CRLs of the test seal", verify(sealed, policy), Outcome.VALID) and good
    good = show("without knowing whom to trust", verify(sealed, TrustPolicy()), Outcome.INDETERMINATE) and good
    good = show_forged(sealed, folder / "forged.jsonld", policy) and good

    print("\nIssuing three courses to their learners (some rows are wrong on purpose):")
    issued = [issue_course(path, folder, signer) for path in sorted(HERE.glob("*/course.yaml"))]
    for paths in issued:
        good = all(verify(path, policy).outcome is Outcome.VALID for path in paths) and bool(paths) and good
    print(f"All {sum(map(len, issued))} credentials verify as valid: {good}.")
    print(f"\nOne of them, {issued[0][0]}, and its altered copy:")
    good = show("as it was issued", verify(issued[0][0], policy), Outcome.VALID) and good
    good = show_forged(load(issued[0][0]), issued[0][0].parents[1] / "forged.jsonld", policy) and good
    print(
        f"\nLook at {folder}/*/page.png, {folder}/*/refused.csv and {folder}/*/manifest.csv, and try it yourself:\n"
        f"  .venv/bin/edc-microcred verify {issued[0][0]} --trust {pki.trust}\n"
        f"  .venv/bin/edc-microcred show {issued[0][0]}"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
