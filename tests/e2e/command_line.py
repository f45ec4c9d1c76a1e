"""The installed program, run in a folder: what the tests of single options share."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

PROGRAM = Path(sys.executable).with_name("edc-microcred")
KEY = ("--key", "pki/seal.p12", "--password-file", "pki/password.txt")
COURSE = """
languages: [en, sr]
title: {en: Data basics, sr: Основе података}
awarding_bodies: {name: {en: Example University (TEST), sr: Пример универзитета}, country: RS}
learning_outcomes: {en: Explain the dimensions of data quality, sr: Објасни}
workload: 3 ECTS
eqf: 6
mode: online
assessment: written examination
grading: RS
quality_assurance: {en: Internal, sr: Интерно}
awarded_on: 2026-06-30
"""
"""A short course: the learners of a list get a credential of it."""


def run(
    folder: Path, *arguments: str, code: int = 0, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The program without a terminal; fails unless it ends with `code` and without a traceback."""
    done = subprocess.run(
        [str(PROGRAM), *arguments], cwd=folder, input=stdin, capture_output=True, env=env, check=False,
        start_new_session=True,
    )  # fmt: skip
    said = f"{arguments}: {done.returncode}\n{done.stdout.decode(errors='replace')}\n{done.stderr.decode()}"
    assert done.returncode == code, said
    assert b"Traceback" not in done.stderr, said
    return done


def filled(folder: Path) -> Path:
    """The folder with a demo PKI, our example unsealed, and the same sealed."""
    (folder / "credential.jsonld").write_bytes((ROOT / "examples" / "credential.jsonld").read_bytes())
    run(folder, "demo-pki", "pki", "--key-type", "p-256")
    run(folder, "seal", "credential.jsonld", "-o", "sealed.jsonld", *KEY)
    return folder
