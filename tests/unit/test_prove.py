import dataclasses
import io
import json
from pathlib import Path

import pytest

from tests.prove import Line, Measured
from tests.prove.__main__ import main
from tests.prove.pytest_runs import pytest_line


def line(text: str, measured: Measured | BaseException, group: str = "Foundations") -> Line:
    def measure() -> Measured:
        if isinstance(measured, BaseException):
            raise measured
        return measured

    return Line(group=group, text=text, measure=measure)


MET = line("Seals are intact", Measured("13 of 13", met=True))
NOT_MET = line("It is fast", Measured("12 times", met=False), group="The main job")


def run(*arguments: str, lines: list[Line]) -> tuple[int, str]:
    out = io.StringIO()
    return main(arguments, lines=lines, out=out), out.getvalue()


def test_the_table_shows_what_was_to_show_what_was_measured_and_that_it_is_met() -> None:
    code, table = run(lines=[MET])
    assert code == 0
    assert [cell.strip() for cell in table.splitlines()[0].split("|")] == ["what was to show", "measured", "met"]
    assert any(
        [c.strip() for c in row.split("|")] == ["Seals are intact", "13 of 13", "yes"] for row in table.splitlines()
    )
    assert table.splitlines()[-1].startswith("1 of 1 met")


def test_one_line_that_is_not_met_makes_the_exit_code_one() -> None:
    code, table = run(lines=[MET, NOT_MET])
    assert code == 1
    assert any([c.strip() for c in row.split("|")] == ["It is fast", "12 times", "NO"] for row in table.splitlines())
    assert "1 of 2 met" in table


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("\nfirst line\nsecond line"), "ValueError: first line"),
        (KeyError(), "KeyError"),
        (SystemExit(0), "SystemExit: 0"),
        (pytest.skip.Exception("nothing at hand"), "Skipped: nothing at hand"),
    ],
    ids=["two lines", "no text", "exit", "skip"],
)
def test_a_line_that_raises_is_not_met_and_the_others_are_still_measured(error: BaseException, said: str) -> None:
    code, table = run(lines=[line("It works", error), MET])
    assert code == 1
    assert said in table
    assert "second line" not in table
    assert "13 of 13" in table


def test_an_interruption_from_the_keyboard_stops_the_run() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(lines=[line("It works", KeyboardInterrupt()), MET])


def test_a_long_text_is_wrapped_and_whole() -> None:
    words = [f"word{n}" for n in range(60)]
    _, table = run(lines=[line(" ".join(words), Measured("yes " * 40, met=True))])
    assert all(len(row) <= 120 for row in table.splitlines())
    assert [w for w in table.split() if w.startswith("word")] == words


@pytest.mark.parametrize("only", ["SEALS ARE", "foundations"], ids=["text", "group"])
def test_only_measures_the_lines_that_hold_the_text(only: str) -> None:
    code, table = run("--only", only, lines=[MET, NOT_MET])
    assert code == 0
    assert "It is fast" not in table


def test_lines_that_run_tests_only_can_be_left_out() -> None:
    code, table = run("--without-tests", lines=[MET, dataclasses.replace(NOT_MET, tests=True)])
    assert code == 0
    assert "It is fast" not in table


def test_only_that_chooses_nothing_is_a_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, table = run("--only", "no such thing", lines=[MET])
    assert (code, table) == (2, "")
    assert "no such thing" in capsys.readouterr().err


def test_no_line_at_all_is_not_a_success() -> None:
    assert run(lines=[])[0] == 2


def test_json_holds_the_same_rows() -> None:
    code, text = run("--json", lines=[MET, NOT_MET])
    table = json.loads(text)
    assert code == 1
    assert (table["version"], table["met"]) == (1, False)
    assert [(r["group"], r["text"], r["measured"], r["met"]) for r in table["lines"]] == [
        ("Foundations", "Seals are intact", "13 of 13", True),
        ("The main job", "It is fast", "12 times", False),
    ]


def test_a_terminal_gets_the_same_table() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    assert main([], lines=[MET, line("Markup stays text", Measured("[/] of 3", met=True))], out=out) == 0
    assert "13 of 13" in out.getvalue()
    assert "[/] of 3" in out.getvalue()
    assert "2 of 2 met" in out.getvalue()


def test_every_written_line_says_what_is_to_show_and_says_it_once() -> None:
    from tests.prove import all_lines

    texts = [line.text for line in all_lines()]
    assert texts
    assert all(texts)
    assert len(set(texts)) == len(texts)


PASSES = "def test_that_passes(): print('3 of 3')\n"
NEEDS_A_PROGRAM = "from tests.conftest import cannot_run\ndef test_beside_another(): cannot_run('npm is missing')\n"
NEEDS_A_FILE = "import pytest\ndef test_a_file(): pytest.skip('the published shapes are not at hand')\n"
FAILS = "def test_that_fails(): assert 1 == 2\n"


@pytest.mark.parametrize(
    ("tests", "more", "said"),
    [
        (PASSES, {}, Measured("1 passed", met=True)),
        (PASSES, {"printed": "of 3"}, Measured("3 of 3; 1 passed", met=True)),
        (PASSES, {"printed": "of 4"}, Measured("1 passed", met=False)),
        (PASSES, {"statistics": True}, Measured("0 inputs; 1 passed", met=False)),
        (NEEDS_A_FILE, {}, Measured("1 skipped: the published shapes are not at hand", met=False)),
        (PASSES + NEEDS_A_FILE, {}, Measured("1 passed, 1 skipped: the published shapes are not at hand", met=False)),
        (PASSES + NEEDS_A_PROGRAM, {}, Measured("1 failed, 1 passed: npm is missing", met=False)),
        (PASSES + FAILS, {}, Measured("1 failed, 1 passed: assert 1 == 2", met=False)),
        ("", {}, Measured("no test ran", met=False)),
    ],
    ids=[
        "passed", "printed", "not printed", "no inputs", "all skipped", "one skipped", "a program wanting", "failed",
        "nothing",
    ],
)  # fmt: skip
def test_a_line_of_tests_is_met_only_if_one_passed_none_failed_and_none_was_skipped(
    tests: str, more: dict, said: Measured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1" if not more.get("statistics") else "")
    path = tmp_path / "test_sample.py"
    path.write_text(tests)
    assert pytest_line(str(path), **more) == said
