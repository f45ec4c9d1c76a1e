"""Beyond the shapes: what no published profile forbids and goes wrong all the same.

Coded values that no list has, dates moved by a time zone, months for minutes, addresses that lead nowhere, names inside
ids, and what the Commission's viewer needs to show a credential. Each is a rule that can be switched off by its id.

    >>> from edc_microcred.elm.writing import CONTEXTS
    >>> from edc_microcred.shapes import Graph
    >>> graph = Graph.of({"@context": list(CONTEXTS), "id": "urn:epass:activity:1", "type": "LearningActivity",
    ...                   "workload": "P60M"})
    >>> [(finding.rule, finding.pointer) for finding in check_conventions(graph)]
    [('edc/months-for-minutes', '/workload')]
"""

from typing import Final

from edc_microcred.conventions import concepts, contacts, display, media, personal, status, times
from edc_microcred.conventions.checking import check_conventions, quiet_of
from edc_microcred.findings import Rule

RULES: Final[tuple[Rule, ...]] = (
    *concepts.RULES,
    *times.RULES,
    *media.RULES,
    *contacts.RULES,
    *personal.RULES,
    *status.RULES,
    *display.RULES,
)

__all__ = ["RULES", "check_conventions", "quiet_of"]
