"""`python -m benchmarks.run [--only NAME] [--json FILE] [--quick]`: measures, and prints one table at the end.

The exit code is 0 whatever was measured: a goal missed on a busy machine is for a reader to judge.
"""

import argparse
import dataclasses
import importlib
import json
import os
import platform
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from benchmarks import rudof
from benchmarks.lines import Line, Skipped, summary, write_table
from benchmarks.material import Material
from benchmarks.timing import Effort, disturbed

SUBJECTS: Final = ("loading", "sealing", "verifying", "starting", "validating", "issuing", "beside_dss")
PACKAGES: Final = ("pydantic-core", "cryptography", "pyhanko-certvalidator", "jwcrypto", "pyld", "rdflib", "pyshacl")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures the subjects and returns the exit code; 2 when `--only` names none."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="How fast, beside others.")
    parser.add_argument("--only", metavar="NAME", help=f"only the subjects that hold NAME: {', '.join(SUBJECTS)}")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write what was measured as JSON, too")
    parser.add_argument("--quick", action="store_true", help="a fifth of the rounds, for trying things out")
    options = parser.parse_args(arguments)

    chosen = [name for name in SUBJECTS if options.only is None or options.only in name]
    if not chosen:
        parser.error(f"no subject holds {options.only!r}: {', '.join(SUBJECTS)}")
    # An installed library is compiled; from a checkout the first start of a program must be allowed to do that.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    effort = Effort(rounds=5, starts=5) if options.quick else Effort()
    material = Material.found()
    measured: list[tuple[str, list[Line | Skipped]]] = []
    for name in chosen:
        subject = importlib.import_module(f"benchmarks.{name}")
        print(f"{subject.TITLE} ...", file=sys.stderr, flush=True)
        measured.append((subject.TITLE, list(subject.measure(material, effort))))
    print(f"\n{machine()}\nCredential: {material.name}\n")
    write_table(measured, sys.stdout)
    lines = [line for _, some in measured for line in some]
    print(f"\n{summary(lines)} Medians; a ratio tells how often ours fits into the peer's time.")
    print(f"{disturbed():.0%} of the calls were interrupted by other programs and count by their processor time.")
    if options.json is not None:
        options.json.write_text(json.dumps(_as_json(material, measured), ensure_ascii=False, indent=2), "utf-8")
    return 0


def machine() -> str:
    """Cores, load, Python and the versions of what was measured, in one line."""
    load = f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"
    names = PACKAGES if rudof.missing() else (*PACKAGES, *rudof.PACKAGES)
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    return f"{os.cpu_count()} cores (load {load}), {platform.machine()}, Python {platform.python_version()}, {versions}"


def _as_json(material: Material, measured: list[tuple[str, list[Line | Skipped]]]) -> dict[str, Any]:
    return {
        "version": 1,
        "machine": machine(),
        "credential": material.name,
        "subjects": [
            {"subject": title, "lines": [dataclasses.asdict(line) for line in lines]} for title, lines in measured
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
