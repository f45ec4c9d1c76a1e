"""Micro-credentials: the course before anybody is taught, its learners, and the credential that is built of both.

A registrar describes the course once (`Course`), points at a spreadsheet (`read_learners`), and every good row becomes
a credential of the European Learning Model (`build`). What is wrong is a finding: of the course with line and column,
of a learner with row, column and value; one bad row never stops the others.

    course = Course.load("course.yaml")
    for learner in read_learners(Path("learners.csv"), course):
        if isinstance(learner, Learner):
            credential = build(course, learner, credential_id=..., at=...)
"""

from edc_microcred.microcredential.building import build
from edc_microcred.microcredential.course import Course, CourseError, read_course
from edc_microcred.microcredential.learner import Learner, RowError

__all__ = ["Course", "CourseError", "Learner", "RowError", "build", "read_course"]
