"""Validation of many files, for people and for continuous integration: places, settings, baselines, report formats.

    settings = Settings.find(Path())
    results = list(validate_files(["a.jsonld", "b.jsonld"], settings))
    print(write_report("sarif", results))

Everything is offline. The formats are JSON (`schemas/validation-report.schema.json`), SARIF 2.1.0, JUnit XML and
GitHub's workflow commands.
"""

from typing import TYPE_CHECKING, Final

from edc_microcred.findings import Rule
from edc_microcred.first_use import on_first_use

if TYPE_CHECKING:
    from edc_microcred.reports.baseline import Baseline
    from edc_microcred.reports.fixing import Fixed, FixError, fix
    from edc_microcred.reports.formats import FORMATS, write_report
    from edc_microcred.reports.places import with_places
    from edc_microcred.reports.results import FileResult, validate_file, validate_files
    from edc_microcred.reports.settings import Settings

RULES: Final[tuple[Rule, ...]] = ()

__all__ = [
    "FORMATS",
    "RULES",
    "Baseline",
    "FileResult",
    "FixError",
    "Fixed",
    "Settings",
    "fix",
    "validate_file",
    "validate_files",
    "with_places",
    "write_report",
]

# Names are imported when they are first used: who verifies one file needs neither settings nor formats.
_PARTS: Final = {
    "FORMATS": "formats",
    "Baseline": "baseline",
    "FileResult": "results",
    "FixError": "fixing",
    "Fixed": "fixing",
    "Settings": "settings",
    "fix": "fixing",
    "validate_file": "results",
    "validate_files": "results",
    "with_places": "places",
    "write_report": "formats",
}
__getattr__ = on_first_use(__name__, _PARTS)


def __dir__() -> list[str]:
    return sorted(__all__)
