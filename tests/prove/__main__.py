"""`python -m tests.prove [--only TEXT] [--without TEXT] [--without-tests] [--json]`

The exit code is 0 if all binding lines are met, else 1.
"""

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from typing import TextIO

from tests.prove import Line, all_lines, chosen, measure_all
from tests.prove.table import PlainTable, show_on_terminal, summary


def main(
    arguments: Sequence[str] | None = None, *, lines: Sequence[Line] | None = None, out: TextIO = sys.stdout
) -> int:
    """Measures, prints, and returns the exit code; 2 when `--only` chooses nothing. `lines`: all that are written."""
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description="What was to show, measured.")
    parser.add_argument("--only", metavar="TEXT", help="only the lines whose text or group title holds TEXT")
    parser.add_argument(
        "--without", metavar="TEXT", action="append", default=[], help="leave out such lines (repeatable)"
    )
    parser.add_argument("--without-tests", action="store_true", help="leave out the lines that run tests only")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)

    wanted = chosen(
        all_lines() if lines is None else lines, options.only, options.without, tests=not options.without_tests
    )
    if not wanted:
        print(f"No line holds {options.only!r}." if options.only else "There is no line to measure.", file=sys.stderr)
        return 2
    if options.json:
        rows = list(measure_all(wanted))
        table = [dataclasses.asdict(row) for row in rows]
        met = all(row.met for row in rows if row.binding)
        print(json.dumps({"version": 1, "met": met, "lines": table}, ensure_ascii=False, indent=2), file=out)
    elif out.isatty():
        rows = show_on_terminal(wanted, out)
    else:
        plain, rows = PlainTable(out), []
        for row in measure_all(wanted):
            rows.append(row)
            plain.add(row)
    if not options.json:
        print(summary(rows), file=out)
    return 0 if all(row.met for row in rows if row.binding) else 1


if __name__ == "__main__":
    sys.exit(main())
