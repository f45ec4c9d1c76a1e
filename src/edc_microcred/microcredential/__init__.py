"""Micro-credentials: the course before anybody is taught, its learners, and the credential that is built of both.

A registrar describes the course once (`Course`), points at a spreadsheet (`read_learners`), and every good row becomes
a credential of the European Learning Model (`build`). What is wrong is a finding: of the course with line and column,
of a learner with row, column and value; one bad row never stops the others.

    course = Course.load("course.yaml")
    for learner in read_learners(Path("learners.csv"), course):
        if isinstance(learner, Learner):
            credential = build(course, learner, credential_id=..., at=...)
"""

from typing import Final

from edc_microcred.findings import Rule
from edc_microcred.microcredential import course_rules, learner_rules
from edc_microcred.microcredential.building import build
from edc_microcred.microcredential.cells import LearnersError
from edc_microcred.microcredential.course import Course, CourseError, read_course
from edc_microcred.microcredential.learner import Learner, RowError
from edc_microcred.microcredential.learners import LearnerTable, read_learners

__all__ = [
    "RULES",
    "Course",
    "CourseError",
    "Learner",
    "LearnerTable",
    "LearnersError",
    "RowError",
    "build",
    "read_course",
    "read_learners",
]

RULES: Final[tuple[Rule, ...]] = (*course_rules.RULES, *learner_rules.RULES)
"""All rules of courses and learners."""
