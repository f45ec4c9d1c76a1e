"""The whole way in one run: make a test seal, seal credentials, verify them, and see a forgery refused.

    python examples/demo.py [FOLDER]

The Commission's official unsigned samples are sealed where they are at hand (EDC_MICROCRED_REFERENCE, or
`../shared/reference` beside the checkout); otherwise the credential of our own in this folder. What is made stays in
FOLDER (`demo`) to look at.
"""

import os
import shutil
import sys
import time
from pathlib import Path

from edc_microcred import Document, FileSigner, Outcome, TrustPolicy, VerificationReport, load, seal, verify
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


def main() -> int:
    """Runs the demonstration; 0 when every verdict was as it must be."""
    started = time.perf_counter()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("demo")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pki = write_demo_pki(folder / "pki")
    signer = FileSigner.from_pkcs12(pki.key, pki.password_file.read_text().strip())
    policy = TrustPolicy.from_folder(pki.trust)

    paths, whose = unsealed_credentials()
    print(f"Sealing {len(paths)} {whose} with a fresh test seal:")
    good = True
    sealed_paths = []
    for path in paths:
        document = seal(load(path), signer)
        target = folder / f"{path.parent.name}-{path.stem}-sealed.jsonld"
        target.write_bytes(document.raw)
        sealed_paths.append(target)
        report = verify(document, policy)
        print(f"  {target.name} ({len(document.raw):,} bytes): {report.outcome.value}")
        good = good and report.outcome is Outcome.VALID
    print(f"First sealed credential after {time.perf_counter() - started:.1f} s at most.\n")

    sealed = load(sealed_paths[0])
    print(f"One of them, {sealed_paths[0].name}, in three ways:")
    good = show("with the anchors and CRLs of the test seal", verify(sealed, policy), Outcome.VALID) and good
    good = show("without knowing whom to trust", verify(sealed, TrustPolicy()), Outcome.INDETERMINATE) and good
    forged = with_another_letter(sealed)
    (folder / "forged.jsonld").write_bytes(forged)
    good = show("with one letter of the learner's name changed", verify(forged, policy), Outcome.INVALID) and good
    print(
        f"\nTry it yourself:\n  .venv/bin/edc-microcred verify {sealed_paths[0]} --trust {pki.trust}\n"
        f"  .venv/bin/edc-microcred show {sealed_paths[0]}"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
