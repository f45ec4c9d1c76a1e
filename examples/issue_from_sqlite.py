"""Issue from a database query. The database is made here; with your own, only the query differs.

    python examples/issue_from_sqlite.py [FOLDER]

Any iterable of mappings will do for `read_learners`: rows of a query, of a web service, of a data frame
(`frame.to_dict("records")`). They are read one by one, so that a query over 100,000 rows needs no more memory.
"""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edc_microcred import FileSigner
from edc_microcred.issuing import issue
from edc_microcred.microcredential import Course, read_course, read_learners
from edc_microcred.testing import write_demo_pki

COURSE = """
languages: en
title: Data Quality for Practitioners
awarding_bodies: {name: Example University (TEST), country: RS}
learning_outcomes: Assess the quality of a data set
workload: 3 ECTS
eqf: 6
mode: online
assessment: written examination
grading: percent
quality_assurance: Internal quality assurance under part 1 of the European standards.
key_column: number
columns:
  {student_number: number, given_name: given, family_name: family, date_of_birth: born, grades: {overall: points}}
"""
ENROLLED = [
    ("2026/0001", "Ana", "Primer", "1999-10-02", 91),
    ("2026/0002", "Marko", "Uzorak", "2001-01-17", 38),  # did not pass
    ("2026/0003", "Jelena", "Primer", "2000-05-30", 77),
]


def database(path: Path) -> sqlite3.Connection:
    """A student information system as small as can be."""
    connection = sqlite3.connect(path)
    if connection.execute("select name from sqlite_master").fetchone():
        return connection
    connection.execute("create table student (number text primary key, given text, family text, born text)")
    connection.execute("create table exam (number text references student, points integer)")
    connection.executemany("insert into student values (?, ?, ?, ?)", [row[:4] for row in ENROLLED])
    connection.executemany("insert into exam values (?, ?)", [(row[0], row[4]) for row in ENROLLED])
    connection.commit()
    return connection


def passed(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Who passed, one row at a time."""
    connection.row_factory = sqlite3.Row
    for row in connection.execute("select * from student join exam using (number) where points >= 50 order by number"):
        yield dict(row)


def main() -> None:
    """Issues whoever passed."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "issued-from-sqlite")
    pki = folder / "pki"
    if not pki.exists():
        write_demo_pki(pki, organisation="Example University (TEST)")
    signer = FileSigner.from_pkcs12(pki / "seal.p12", (pki / "password.txt").read_text().strip())
    course: Course | None
    course, findings = read_course(COURSE)
    assert course is not None, findings
    connection = database(folder / "students.db")
    for result in issue(course, read_learners(passed(connection), course), signer=signer, out=folder / course.slug):
        print(f"{result.key}: {result.state} {result.path or [finding.message for finding in result.findings]}")
    connection.close()


if __name__ == "__main__":
    main()
