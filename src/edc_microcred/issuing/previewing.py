"""What can be seen and checked of a course before its first credential is issued."""

from datetime import UTC, datetime
from typing import Final

from edc_microcred.findings import Finding
from edc_microcred.issuing.keys import SignerReference
from edc_microcred.issuing.pictures import check_pictures
from edc_microcred.issuing.preparing import Preparation, specimen_learner
from edc_microcred.issuing.writing import checked
from edc_microcred.microcredential import Course, Learner
from edc_microcred.seals import Signer

_PREVIEW_ID: Final = "urn:credential:00000000-0000-0000-0000-000000000000"


def preview(
    course: Course,
    learner: Learner,
    *,
    language: str | None = None,
    signer: Signer | SignerReference | None = None,
    at: datetime | None = None,
) -> bytes:
    """The page of one learner's credential as a self-contained HTML file, marked as a preview; nothing is sealed.

    `language` is a BCP 47 tag (the course's main language when None). Without a `signer` the first awarding body stands
    in for the sealing organisation. Raises `IssuingError` as `issue` does.
    """
    from edc_microcred.rendering import SealStatement, read_page
    from edc_microcred.rendering.html import to_html

    preparation = Preparation(course, signer)
    credential = preparation.credential(learner, _PREVIEW_ID, at or datetime.now(UTC))
    page = read_page(credential, language or course.languages[0], seal=SealStatement("preview"))
    return to_html(page, preparation.design)


def check_course(course: Course) -> list[Finding]:
    """What would be wrong with every credential of a course, shown by one for an invented learner.

    What is wrong with the course file itself, `read_course` tells.
    """
    credential = Preparation(course, None).credential(specimen_learner(course), _PREVIEW_ID, datetime.now(UTC))
    return [*check_pictures(credential.display_parameter), *checked(credential)[1]]
