"""`edc-microcred issue` killed again and again, and what is in the folder when it has come to its end.

The moments are spread over the whole of the job, from the start of a process (when it reads the course and draws the
pages) to its end (when it writes the lists and the archive): each run is killed at a moment that is equally likely
anywhere in its share of the time that is left, and the share of the last one is all of it. As starting takes longer
than such a share, every second one is killed in the share that begins with its first credential.
"""

import csv
import hashlib
import json
import random
import signal
import subprocess
import time
import zipfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from edc_microcred.document import load
from edc_microcred.issuing.journal import Entry, State, read_journal
from edc_microcred.seals import check_seals
from tests.e2e.command_line import COURSE, KEY, PROGRAM

ONE_IN = 50
"""One row in so many has a grade that is no pass, and is refused."""


@dataclass(frozen=True)
class Left:
    """What was found: files, those that are whole (digest as journalled, seal intact), ids, final lines, and others."""

    files: int
    whole: int
    ids: int
    final_lines: int
    keys: int
    unfinished: int
    in_manifest: int
    in_archive: int
    refused: int


@dataclass
class Job:
    """A folder with a key, a course and its learners, and the command that issues to them."""

    folder: Path
    learners: int
    options: tuple[str, ...] = ()
    kills: list[str] = field(default_factory=list)
    """When each run was killed, and how many credentials were there then."""
    while_issuing: int = 0
    """How many of them were killed after they had made a credential and before the last one was there."""

    @property
    def refused(self) -> int:
        return self.learners // ONE_IN

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def command(self) -> list[str]:
        return [str(PROGRAM), "issue", "course.yaml", "learners.csv", *KEY, "-o", "out", "--zip", *self.options]

    def prepare(self) -> None:
        """Writes the key, the course and the learners, some of whom did not pass."""
        self.folder.mkdir(parents=True, exist_ok=True)
        demo_pki = [str(PROGRAM), "demo-pki", "pki", "--key-type", "rsa-2048"]
        subprocess.run(demo_pki, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        (self.folder / "course.yaml").write_text(COURSE, encoding="utf-8")
        rows = ["Student number,Given name,Family name,Date of birth,Grade"]
        for number in range(1, self.learners + self.refused + 1):
            rows.append(f"{number:05},Ana,Primer,1999-10-02,{5 if number % (ONE_IN + 1) == 0 else 9}")
        (self.folder / "learners.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    def there(self) -> int:
        """How many credentials are there now."""
        with suppress(FileNotFoundError):
            return sum(path.suffix == ".jsonld" for path in (self.out / "credentials").iterdir())
        return 0

    def start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self.command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def run_to_its_end(self) -> None:
        """One run that nobody kills; it ends with 1, because rows were refused."""
        done = subprocess.run(self.command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == (1 if self.refused else 0), done.stderr

    def kill(self, times: int, seed: int) -> None:
        """Starts the command until it was killed so many times; looks at what lies there after each."""
        chance = random.Random(seed)  # noqa: S311  # moments of a test, no secrets
        beginning, each, closing = self._pace()
        looked_at: set[Path] = set()
        while (left := times - len(self.kills)) > 0:
            before = self.there()
            share = 2 * (each * (self.learners - before) + closing) / (left + 1)
            at_work = len(self.kills) % 2 == 1 and before < self.learners
            moment = chance.uniform(0, share if at_work else beginning + share)
            started, process = time.perf_counter(), self.start()
            while at_work and process.poll() is None and self.there() == before:
                time.sleep(0.01)
            with suppress(subprocess.TimeoutExpired):
                process.wait(moment)
            moment = time.perf_counter() - started
            process.kill()
            if process.wait() != -signal.SIGKILL:
                continue  # it had come to its end
            now = self.there()
            self.kills.append(f"{moment:.2f} s ({now})")
            self.while_issuing += before < now < self.learners
            looked_at |= self._whole(looked_at)

    def _pace(self) -> tuple[float, float, float]:
        """Seconds until the first credential, for each one after it, and from the last to the end, in a small job."""
        small = Job(self.folder / "small", 100, self.options)
        small.prepare()
        times, process = {0: time.perf_counter()}, small.start()
        while process.poll() is None:
            times.setdefault(small.there(), time.perf_counter())
            time.sleep(0.005)
        ended = time.perf_counter()
        first, last = times[min(times.keys() - {0})], times[small.learners]
        return first - times[0], (last - first) / small.learners, ended - last

    def _whole(self, looked_at: set[Path]) -> set[Path]:
        """The files that were not looked at; fails if one of them, or the archive, is half-written."""
        new = {path for path in self.out.glob("credentials/*.jsonld") if path not in looked_at}
        for path in new:
            assert set(json.loads(path.read_bytes())) == {"payload", "signatures"}
        if (archive := self.out / "credentials.zip").exists():
            assert zipfile.ZipFile(archive).testzip() is None
        return new

    def found(self) -> Left:
        """What is in the folder."""
        entries = [line for line in read_journal(self.out / "journal.jsonl") if isinstance(line, Entry)]
        final = [entry for entry in entries if entry.state is State.ISSUED]
        digests = {entry.file: entry.sha256 for entry in final}
        names = [path.name for path in (self.out / "credentials").iterdir()]
        whole, ids = 0, set()
        with zipfile.ZipFile(self.out / "credentials.zip") as archive:
            packed = {Path(name).name: archive.read(name) for name in archive.namelist() if name.endswith(".jsonld")}
        for name in names:
            data = (self.out / "credentials" / name).read_bytes()
            if hashlib.sha256(data).hexdigest() != digests.get(name):
                continue
            document = load(data)
            ids.add(json.loads(document.text)["id"])
            assert document.envelope is not None
            whole += all(result.intact is True for result in check_seals(document.envelope))
        return Left(
            files=len(names),
            whole=whole,
            ids=len(ids),
            final_lines=len(final),
            keys=len(Counter(entry.key for entry in final)),
            unfinished=sum(path.name.endswith(".part") for path in self.out.rglob("*")),
            in_manifest=_rows(self.out / "manifest.csv"),
            in_archive=sum(packed.get(name) == (self.out / "credentials" / name).read_bytes() for name in names),
            refused=_rows(self.out / "refused.csv"),
        )


def _rows(table: Path) -> int:
    with table.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for _ in csv.reader(stream)) - 1


def heed_interrupts() -> None:
    """For `preexec_fn`: a program started from tests in the background would else ignore Ctrl-C, as they do."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
