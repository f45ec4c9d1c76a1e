"""Watching pyld expand a document, to learn which members its contexts drop and where they stand.

pyld tells its caller only the name of what it drops. The place is found by noting, for each object that is expanded,
the names that lead to no IRI and no keyword; this hangs on two inner methods of pyld 3 (`_expand`, `_expand_object`).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from edc_microcred.elm.model import is_absolute
from edc_microcred.json_text import pointer
from edc_microcred.jsonld.loading import expand_by_pyld
from edc_microcred.limits import DEFAULT_LIMITS, Limits

Way = tuple[Any, str | int] | tuple[()]
"""The way to a value, last step outermost: written out for few, because a pointer can be a thousand times as long."""


class Dropped(NamedTuple):
    """A member that a document's contexts drop. `types` are those of its object, as they are written."""

    pointer: str
    name: str
    value: Any
    types: tuple[str, ...]


def expand_watching(value: Any, *, limits: Limits = DEFAULT_LIMITS) -> tuple[list[Any], list[Dropped]]:
    """What `expand_by_pyld` gives, and what was dropped on the way, sorted by pointer; raises as that does."""
    watcher: list[Any] = []

    def watching(base: Any) -> Any:
        class Watching(base):  # type: ignore[misc]  # pyld has no types
            """pyld's processor, noting each name of each object that expands to no IRI and no keyword."""

            def __init__(self) -> None:
                super().__init__()
                self.root: Any = None
                self.dropped: list[tuple[Any, str]] = []

            def _expand(self, active_ctx: Any, active_property: Any, element: Any, *args: Any, **named: Any) -> Any:
                if self.root is None:
                    self.root = element
                return super()._expand(active_ctx, active_property, element, *args, **named)

            def _expand_object(
                self, active_ctx: Any, active: Any, iri: Any, element: Any, *args: Any, **named: Any
            ) -> Any:
                for name in element:
                    expanded = name if name == "@context" else self._expand_iri(active_ctx, name, vocab=True)
                    if not (expanded and (expanded[0] == "@" or _is_property(expanded))):
                        self.dropped.append((element, name))
                return super()._expand_object(active_ctx, active, iri, element, *args, **named)

        watcher.append(Watching())
        return watcher[0]

    expanded = expand_by_pyld(value, limits=limits, processor=watching)
    dropped = watcher[0].dropped
    limits.check_findings(len(dropped))
    ways = _ways(watcher[0].root) if dropped else {}
    found = [
        Dropped(written_out((ways[id(element)], name)), name, element[name], types_of(element))
        for element, name in dropped
        if id(element) in ways
    ]
    return expanded, sorted(found, key=lambda one: one.pointer)


def _is_property(iri: str) -> bool:
    return is_absolute(iri) and not iri.startswith("_:")


def types_of(element: Mapping[str, Any]) -> tuple[str, ...]:
    """The types of an object, as they are written."""
    kinds = element.get("type", element.get("@type"))
    return tuple(kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str))


def _ways(root: Any) -> dict[int, Way]:
    """The way to every object below `root`, by identity."""
    ways: dict[int, Way] = {}
    stack: list[tuple[Way, Any]] = [((), root)]
    while stack:
        way, item = stack.pop()
        if isinstance(item, dict):
            ways[id(item)] = way
            stack += [((way, name), below) for name, below in item.items() if isinstance(below, (dict, list))]
        elif isinstance(item, list):
            stack += [((way, index), below) for index, below in enumerate(item) if isinstance(below, (dict, list))]
    return ways


def written_out(way: Way) -> str:
    """The JSON Pointer that a way stands for."""
    tokens: list[str | int] = []
    while way:
        way, token = way
        tokens.append(token)
    return pointer(*reversed(tokens))
