"""Issuing: from a course and its learners, or from one credential, to sealed files.

    for result in issue(course, read_learners(path, course), signer=signer, out=Path("issued")):
        print(result.row, result.state, result.path)

    document = seal(load(Path("unsigned.json")), signer)
    document.raw                                  # the bytes of the sealed file

Before anything is sealed, what only the sealing organisation knows is written (`completion`), a mandate where one is
needed (`mandate`), and content that does not keep its profile is refused.

The examples of this room's rules are small situations: what a credential was issued from and what it would be made
from now (`issued`, `row`, `course`, `reissue`), who seals (`sealer`, `mandate`, `sealed_by`), the keys of a table's
rows (`keys`, `refused`, `only`), or what building did (`build`).
"""

from typing import Final

from edc_microcred.findings import Rule
from edc_microcred.issuing import completion, making, mandate, plan, run
from edc_microcred.issuing.completion import complete_issuer
from edc_microcred.issuing.engine import issue, process_pool
from edc_microcred.issuing.keys import KeyReference
from edc_microcred.issuing.mandate import Mandate
from edc_microcred.issuing.previewing import check_course, preview
from edc_microcred.issuing.results import IssueResult
from edc_microcred.issuing.sealing import prepare, seal

RULES: Final[tuple[Rule, ...]] = (*completion.RULES, *mandate.RULES, *plan.RULES, *making.RULES, *run.RULES)

__all__ = [
    "RULES",
    "IssueResult",
    "KeyReference",
    "Mandate",
    "check_course",
    "complete_issuer",
    "issue",
    "prepare",
    "preview",
    "process_pool",
    "seal",
]
