"""Asks veraPDF whether files are PDF/A-2a and PDF/UA-1, and PDFBox what text they hold.

The Java program in `verapdf/` is built when it is not built yet (Maven fetches both then, and only then). A run costs
a second or two, so all files go through one.
"""

import base64
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parent / "verapdf"
FLAVOURS: Final = ("a-2a", "ua-1")
DEADLINE: Final = 300.0


@dataclass
class Judgement:
    """What is said of one file: the faults found for each flavour, its pages, and its text."""

    faults: dict[str, list[str]] = field(default_factory=dict)
    pages: int = 0
    text: str = ""

    @property
    def passed(self) -> bool:
        """Whether both standards were checked and kept."""
        return set(self.faults) == set(FLAVOURS) and not any(self.faults.values())


def judge(files: Iterable[Path]) -> dict[Path, Judgement]:
    """The judgements of the files. Raises `RuntimeError` with what Java or Maven said when there is none."""
    _build()
    paths = list(files)
    command = ["java", "-cp", f"{PROJECT / 'target' / 'pdf-judge.jar'}:{PROJECT / 'target' / 'lib'}/*", "judge.Pdf"]
    done = subprocess.run(
        [*command, *map(str, paths)], capture_output=True, text=True, encoding="utf-8", timeout=DEADLINE, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"The judge failed:\n{done.stderr[-4000:]}")
    judgements = {path: Judgement() for path in paths}
    for line in done.stdout.splitlines():
        name, what, *said = line.split("\t")
        judgement = judgements[Path(name)]
        if what == "pages":
            judgement.pages = int(said[0])
        elif what == "text":
            judgement.text = base64.b64decode(said[0]).decode()
        else:
            judgement.faults[what] = [] if said[0] == "passed" else said[1:] or ["no reason was given"]
    return judgements


def _build() -> None:
    jar = PROJECT / "target" / "pdf-judge.jar"
    sources = [PROJECT / "pom.xml", *(path for path in (PROJECT / "src").rglob("*") if path.is_file())]
    if jar.exists() and jar.stat().st_mtime >= max(path.stat().st_mtime for path in sources):
        return
    command = ["mvn", "-B", "-q", "-f", str(PROJECT / "pom.xml"), "clean", "package"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"Maven could not build the judge of PDF files:\n{done.stdout[-4000:]}{done.stderr}")
    jar.touch()
