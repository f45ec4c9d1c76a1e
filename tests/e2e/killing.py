"""A run that is killed again and again, and what is in the folder when it has come to its end."""

import hashlib
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from edc_microcred.document import load
from edc_microcred.issuing.journal import Entry, State, read_journal
from edc_microcred.seals import check_seals
from edc_microcred.testing import write_demo_pki
from tests.conftest import ROOT


@dataclass(frozen=True)
class Left:
    """What was found: files, those that are whole (digest as journalled, seal intact), ids, final lines, and others."""

    kills: int
    files: int
    whole: int
    ids: int
    final_lines: int
    keys: int
    unfinished: int
    in_manifest: int


def heed_interrupts() -> None:
    """For `preexec_fn`: a program started from tests in the background would else ignore Ctrl-C, as they do."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def killed_and_resumed(folder: Path, *, learners: int, kills: int, seed: int) -> Left:
    """Issues `learners`, killing the run `kills` times at moments that `seed` chooses, and lets the last one end."""
    pki, out = folder / "pki", folder / "out"
    write_demo_pki(pki, key_type="p-256")
    command = [sys.executable, "-m", "tests.e2e.issue_many", str(out), str(pki), str(learners)]
    killed = subprocess.run(
        [*command, str(kills), str(seed)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return _found(out, int(killed))


def _found(out: Path, kills: int) -> Left:
    entries = [line for line in read_journal(out / "journal.jsonl") if isinstance(line, Entry)]
    final = [entry for entry in entries if entry.state is State.ISSUED]
    digests = {entry.file: entry.sha256 for entry in final}
    names = [path.name for path in (out / "credentials").iterdir()]
    whole, ids = 0, set()
    for name in names:
        data = (out / "credentials" / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digests.get(name):
            continue
        document = load(data)
        ids.add(document.credential.id)
        assert document.envelope is not None
        whole += all(result.intact is True for result in check_seals(document.envelope))
    return Left(
        kills=kills,
        files=len(names),
        whole=whole,
        ids=len(ids),
        final_lines=len(final),
        keys=len(Counter(entry.key for entry in final)),
        unfinished=sum(path.name.endswith(".part") for path in out.rglob("*")),
        in_manifest=len((out / "manifest.csv").read_text("utf-8-sig").splitlines()) - 1,
    )
