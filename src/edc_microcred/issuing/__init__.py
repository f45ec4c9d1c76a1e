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

from typing import TYPE_CHECKING, Any, Final

from edc_microcred.first_use import on_first_use

if TYPE_CHECKING:
    from edc_microcred.findings import Rule
    from edc_microcred.issuing.completion import complete_issuer
    from edc_microcred.issuing.engine import issue, process_pool
    from edc_microcred.issuing.keys import KeyReference, SignerReference
    from edc_microcred.issuing.mandate import Mandate
    from edc_microcred.issuing.previewing import check_course, preview
    from edc_microcred.issuing.results import IssueResult
    from edc_microcred.issuing.sealing import prepare, seal

    RULES: tuple[Rule, ...]

__all__ = [
    "RULES",
    "IssueResult",
    "KeyReference",
    "Mandate",
    "SignerReference",
    "check_course",
    "complete_issuer",
    "issue",
    "prepare",
    "preview",
    "process_pool",
    "seal",
]

# Names are imported when they are first used: who seals one credential needs neither courses nor pages.
_PARTS: Final = {
    "IssueResult": "results",
    "KeyReference": "keys",
    "Mandate": "mandate",
    "SignerReference": "keys",
    "check_course": "previewing",
    "complete_issuer": "completion",
    "issue": "engine",
    "prepare": "sealing",
    "preview": "previewing",
    "process_pool": "engine",
    "seal": "sealing",
}
_WITH_RULES: Final = ("completion", "mandate", "plan", "making", "pictures", "run")
_part: Final = on_first_use(__name__, _PARTS)


def __getattr__(name: str) -> Any:
    if name != "RULES":
        return _part(name)
    import importlib

    parts = [importlib.import_module(f"{__name__}.{part}") for part in _WITH_RULES]
    globals()[name] = value = tuple(rule for part in parts for rule in part.RULES)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
