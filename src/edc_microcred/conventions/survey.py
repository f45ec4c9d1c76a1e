"""A graph while it is looked at: what was found, and where that stands in the document."""

from functools import cached_property
from typing import Any, Final

from edc_microcred.elm.terms import expand
from edc_microcred.findings import Finding, Rule
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.shapes import Graph, Literal, Node
from edc_microcred.shapes.iris import shown
from edc_microcred.shapes.places import Places

ID: Final = ""
"""Stands for the property when the fault is in a node's id."""


class Survey:
    """One graph, and what was found in it. `media_size` is the most bytes of an embedded file, `persons` those met,
    `not_checked` the lists of which that was said.
    """

    def __init__(self, graph: Graph, media_size: int, limits: Limits = DEFAULT_LIMITS) -> None:
        self.graph: Final = graph
        self.limits: Final = limits
        self.media_size: Final = media_size
        self.findings: Final[list[Finding]] = []
        self.persons: Final[list[Node]] = []
        self.not_checked: Final[set[str]] = set()
        self._said: Final[set[object]] = set()

    @cached_property
    def _places(self) -> Places:
        return Places(self.graph)

    def report(
        self, rule: Rule, node: Node, path: str | None = None, value: Node | Literal | None = None, /, **values: Any
    ) -> None:
        """Adds the finding that `rule` was met at `node`, at its property `path`, at one `value` of it; once each.

        Raises `LimitError` for one more than `limits.findings`, before it is known where that is: one property can
        hold half a million values, each in a place of 8,000 characters.
        """
        key = (rule.id, node, path, value)
        if key in self._said:
            return
        self._said.add(key)
        self.limits.check_findings(len(self.findings) + 1)
        pointer = self._places.of(node, path or None, value)
        if path == ID and "id" in (node.described[0] if node.described else ()):
            pointer += "/id"
        words: dict[str, Any] = {name: shown(text) if text.__class__ is str else text for name, text in values.items()}
        self.findings.append(rule.found(pointer, focus=node.iri or None, path=path or None, **words))


def iri(name: str) -> str:
    """The full IRI of a prefixed name of the model, such as `elm:page`."""
    return expand(name)


def nodes(node: Node, path: str) -> list[Node]:
    """The values of a property that are nodes."""
    return [value for value in node.values.get(path, ()) if value.__class__ is Node]


def texts(node: Node, path: str) -> list[str]:
    """The values of a property that are literals, as written."""
    return [value[0] for value in node.values.get(path, ()) if value.__class__ is tuple]


def languages(node: Node, path: str) -> set[str]:
    """The languages that a property has a text in."""
    return {value[2] for value in node.values.get(path, ()) if value.__class__ is tuple and value[2]}
