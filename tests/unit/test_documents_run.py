"""Every code block is run that a document of the project shows: README.md, CONTRIBUTING.md, docs/*.md, examples/ and
whatever lies beside a program that others run.

The blocks of one document share a scratch folder, which has the project's `examples/` in it, and a Python namespace.
- `python`: executed; with `>>>` in it, as a doctest.
- `console`: each line that starts with `$ ` is a command and must exit with 0 (one that is meant not to is followed by
  `; echo $?`, so that the reader sees it too). The lines below it must appear in its output, in their order; `…`
  stands for anything, spaces count once.
- `sh`: each line is a command (a `\\` at its end goes on below).
A block below `<!-- not run: reason -->` is left out, and the name of the test says how many were.
"""

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

FENCE = re.compile(r"(?P<indent> *)(?P<ticks>`{3,})(?P<language>\w*)")
NOT_RUN = re.compile(r"<!-- not run: (?P<reason>.+?) -->")
RUNNABLE = ("python", "console", "sh")
SECONDS = 60


@dataclass(frozen=True)
class Block:
    """One fenced block: `line` is where its text begins."""

    language: str
    text: str
    line: int
    not_run: str | None


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks that can be run, in order."""
    lines = markdown.splitlines()
    number, reason = 0, None
    while number < len(lines):
        opening = FENCE.fullmatch(lines[number].rstrip())
        if opening is None:
            if lines[number].strip():
                comment = NOT_RUN.fullmatch(lines[number].strip())
                reason = comment["reason"] if comment else None
            number += 1
            continue
        begin = number = number + 1
        closing = opening["indent"] + opening["ticks"]
        while lines[number].rstrip() != closing:
            number += 1
        if opening["language"] in RUNNABLE:
            text = "\n".join(line.removeprefix(opening["indent"]) for line in lines[begin:number])
            yield Block(opening["language"], text, begin + 1, reason)
        number, reason = number + 1, None


class Runner:
    """Runs the blocks of one document in `folder`."""

    def __init__(self, document: Path, folder: Path) -> None:
        self._document = document
        self._folder = folder
        self._namespace: dict[str, Any] = {"__name__": "__main__"}
        programs = Path(sys.executable).parent
        self._environment = os.environ | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "200",
            "NO_COLOR": "1",
            "TERM": "dumb",
        }

    def run(self, block: Block) -> None:
        if block.language == "python":
            self._python(block)
        else:
            for command, expected, line in commands(block):
                self._command(command, expected, line)

    def _python(self, block: Block) -> None:
        with contextlib.chdir(self._folder):
            if ">>>" not in block.text:
                # Empty lines in front give a traceback the line numbers of the document.
                source = "\n" * (block.line - 1) + block.text
                exec(compile(source, str(self._document), "exec"), self._namespace)  # noqa: S102  # our own documents
                return
            parsed = doctest.DocTestParser().get_doctest(
                block.text, self._namespace, self._document.name, str(self._document), block.line - 1
            )
            said = io.StringIO()
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            outcome = runner.run(parsed, out=said.write, clear_globs=False)
            self._namespace.update(parsed.globs)
            assert outcome.failed == 0, said.getvalue()

    def _command(self, command: str, expected: list[str], line: int) -> None:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
        )
        where = f"{self._document.name}:{line}: $ {command}"
        if done.returncode != 0:
            raise AssertionError(f"{where}\nexit code {done.returncode}\n{done.stdout}")
        if (missing := first_missing(expected, done.stdout)) is not None:
            raise AssertionError(f"{where}\nnot in the output: {missing}\n{done.stdout}")


def commands(block: Block) -> Iterator[tuple[str, list[str], int]]:
    """Each command of a `console` or `sh` block with the output lines that are shown below it."""
    prompt = "$ " if block.language == "console" else ""
    lines = block.text.splitlines()
    number = 0
    while number < len(lines):
        begin = number
        if not lines[number].strip() or (not prompt and lines[number].startswith("#")):
            number += 1
            continue
        assert lines[number].startswith(prompt), f"line {block.line + number} is output before any command"
        command = lines[number].removeprefix(prompt)
        while command.endswith("\\"):
            number += 1
            command = f"{command}\n{lines[number]}"
        number += 1
        expected: list[str] = []
        while prompt and number < len(lines) and not lines[number].startswith(prompt):
            expected.append(lines[number])
            number += 1
        yield command, expected, block.line + begin


def first_missing(expected: list[str], output: str) -> str | None:
    """The first expected line that the output does not have after those before it; None if it has them all."""
    rest = iter(output.splitlines())
    for line in expected:
        wanted = " ".join(line.split())
        if not wanted:
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in wanted.split("…")))
        if not any(pattern.fullmatch(" ".join(seen.split())) for seen in rest):
            return line
    return None


def scratch_folder(folder: Path) -> Path:
    (folder / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    return folder


DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "examples/**/*.md", "benchmarks/**/*.md", "tests/**/*.md")
    for path in ROOT.glob(pattern)
)
"""Not `docs/reference/`, which is written from docstrings."""


def documents() -> Iterator[Any]:
    for path in DOCUMENTS:
        found = list(blocks(path.read_text("utf-8")))
        left_out = sum(block.not_run is not None for block in found)
        if found:
            name = path.relative_to(ROOT).as_posix()
            yield pytest.param(path, id=f"{name}, {len(found) - left_out} blocks run, {left_out} not")


@pytest.mark.parametrize("document", list(documents()))
def test_every_block_of_the_document_runs_and_prints_what_it_shows(document: Path, tmp_path: Path) -> None:
    runner = Runner(document, scratch_folder(tmp_path))
    for block in blocks(document.read_text("utf-8")):
        if block.not_run is None:
            runner.run(block)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_block_says_what_language_it_is_in(document: Path) -> None:
    opened, nameless = False, []
    for number, line in enumerate(document.read_text("utf-8").splitlines(), start=1):
        if (fence := FENCE.fullmatch(line.rstrip())) is not None:
            opened = not opened
            if opened and not fence["language"]:
                nameless.append(number)
    assert nameless == []  # such a block would be taken for text, and not be run


def test_the_readme_shows_the_command_line_and_the_library() -> None:
    shown = {block.language for block in blocks((ROOT / "README.md").read_text("utf-8")) if block.not_run is None}
    assert {"console", "python"} <= shown


def run_document(text: str, folder: Path) -> None:
    runner = Runner(Path("sample.md"), folder)
    for block in blocks(text):
        if block.not_run is None:
            runner.run(block)


@pytest.mark.parametrize(
    "text",
    [
        "```console\n$ echo one two\none two\n$ echo three\nth…\n```",
        "```console\n$ printf 'a\\n\\n  b   c\\nd\\n'\na\nb c\n```",
        "```console\n$ false; echo $?\n1\n```",
        "```sh\n# a remark\necho a > x\ntest -s \\\n  x\n```",
        "```python\nvalue = 3\n```\n\n```python\n>>> value\n3\n>>> other = 4\n```\n```python\nassert other == 4\n```",
        "```console\n$ echo hello > x\n```\n```python\nimport pathlib\nassert pathlib.Path('x').exists()\n```",
        "<!-- not run: needs a key -->\n\n```console\n$ false\n```",
        "```text\nnot code\n```",
        "1. a list\n   ```sh\n   true\n   ```",
    ],
    ids=[
        "output", "spaces", "exit code shown", "sh", "one namespace", "one folder", "not run", "no code", "list",
    ],
)  # fmt: skip
def test_a_document_that_is_right_passes(text: str, tmp_path: Path) -> None:
    run_document(text, tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```console\n$ echo one\ntwo\n```", "sample.md:2: [$] echo one\nnot in the output: two"),
        ("```console\n$ printf 'a\\nb\\n'\nb\na\n```", "not in the output: a"),
        ("```console\n$ echo one two\none\n```", "not in the output: one"),
        ("```console\n$ true\n$ false\n```", "sample.md:3: [$] false\nexit code 1"),
        ("```console\nsaid by nobody\n```", "line 2 is output before any command"),
        ("```sh\nfalse\n```", "exit code 1"),
        ("```python\n>>> 1 + 1\n3\n```", "Expected"),
        ("<!-- not run: needs a key -->\n```sh\nfalse\n```\n```sh\nfalse\n```", "sample.md:6"),
        ("<!-- not run: needs a key -->\nSome text.\n```sh\nfalse\n```", "sample.md:4"),
    ],
    ids=[
        "output",
        "order",
        "part of a line",
        "command",
        "no command",
        "sh",
        "doctest",
        "one block only",
        "text between",
    ],
)
def test_a_document_that_is_wrong_fails_and_says_where(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=said):
        run_document(text, tmp_path)


def test_an_error_in_a_python_block_has_the_line_of_the_document(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        run_document("Text.\n\n```python\na = 1\na / 0\n```", tmp_path)
    assert raised.traceback[-1].lineno + 1 == 5
