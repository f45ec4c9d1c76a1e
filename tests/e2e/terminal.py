"""The installed program on a terminal of its own, where it asks and is answered as by a person."""

import os
import pty
from collections.abc import Sequence
from pathlib import Path

from tests.e2e.command_line import PROGRAM


def answered(folder: Path, arguments: Sequence[str], answers: Sequence[str]) -> str:
    """What the program says in `folder` when each question gets the next answer; all must be asked for, and no more."""
    left = list(answers)
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execv(str(PROGRAM), [str(PROGRAM), *arguments])  # noqa: S606  # our own program
    said = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            break
        said += part
        if said.endswith(b": "):
            os.write(terminal, left.pop(0).encode() + b"\n")
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0, said.decode()
    assert left == [], said.decode()
    return said.decode()
