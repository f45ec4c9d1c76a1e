"""Validation of many files, for people and for continuous integration: places, settings, baselines, report formats.

    settings = Settings.find(Path())
    results = list(validate_files(["a.jsonld", "b.jsonld"], settings))
    print(write_report("sarif", results))

Everything is offline. The formats are JSON (`schemas/validation-report.schema.json`), SARIF 2.1.0, JUnit XML and
GitHub's workflow commands.
"""

from typing import Final

from edc_microcred.findings import Rule
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
