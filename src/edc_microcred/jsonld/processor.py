"""pyld's processor, made to work through each context once: otherwise a small file could keep it busy for minutes.

pyld forgets what a type-scoped context makes of the terms around it, and works it through anew for every object of the
type: `VerifiableCredential` costs a millisecond each time, so that 1 MB of such objects takes half a minute. Here each
result is kept for as long as one document is read, and equal results are one, so that there are few of them however
the objects are nested. What is left over is counted, and there is an end to it.

    >>> from pyld.jsonld import JsonLdProcessor
    >>> made = remembering(JsonLdProcessor)()
    >>> options = {"documentLoader": None, "base": ""}
    >>> made.expand([{"@context": {"name": "urn:name"}, "name": "x"}], options)
    [{'urn:name': [{'@value': 'x'}]}]
    >>> made.worked_through
    1

This hangs on one inner method of pyld 3 (`_process_context`), whose results it never alters.

Clauses: JSON-LD 1.1 API, 4.1.2 (context processing); JSON-LD 1.1, 4.1.8 (scoped contexts).
"""

from typing import Any, Final

from edc_microcred.errors import LimitError

MOST_WORKED_THROUGH: Final = 600
"""How often contexts are worked through in one document, each up to some milliseconds. Real ones need 2 to 30."""


def remembering(base: Any) -> Any:
    """A subclass of pyld's `JsonLdProcessor`; its instances are for one document each. They raise `LimitError`."""

    class Remembering(base):  # type: ignore[misc]  # pyld has no types
        """pyld's processor, keeping what each context makes of each other. `worked_through` counts the work done."""

        def __init__(self) -> None:
            super().__init__()
            self.worked_through = 0
            self._known: dict[tuple[int, int, bool, bool], tuple[Any, Any, Any]] = {}
            self._results: dict[int, list[Any]] = {}
            self._is_inside = False

        def _process_context(
            self,
            active_ctx: Any,
            local_ctx: Any,
            options: Any,
            override_protected: bool = False,
            propagate: bool = True,
            *args: Any,
            **named: Any,
        ) -> Any:
            if self._is_inside:  # a context that stands in the definition of a term: belongs to the work on that
                return super()._process_context(
                    active_ctx, local_ctx, options, override_protected, propagate, *args, **named
                )
            key = (id(active_ctx), id(local_ctx), override_protected, propagate)
            if key not in self._known:
                self._is_inside = True
                try:
                    found = super()._process_context(
                        active_ctx, local_ctx, options, override_protected, propagate, *args, **named
                    )
                finally:
                    self._is_inside = False
                self._count()
                # The two that the key names are kept, so that no other object can get their identities.
                self._known[key] = (active_ctx, local_ctx, self._one_for_equal(found, local_ctx))
            return self._known[key][2]

        def _count(self) -> None:
            self.worked_through += 1
            if self.worked_through > MOST_WORKED_THROUGH:
                raise LimitError(
                    f"The contexts of the document have to be worked through more than {MOST_WORKED_THROUGH} times.",
                    remedy="Name the two contexts of a European Digital Credential once, at the top.",
                )

        def _one_for_equal(self, found: Any, local_ctx: Any) -> Any:
            results = self._results.setdefault(id(local_ctx), [])
            for known in results:
                if _is_equal(known, found):
                    return known
            results.append(found)
            return found

    return Remembering


def _is_equal(one: Any, other: Any) -> bool:
    """Whether two processed contexts mean the same; pyld gives each a mark of its own."""
    names = one.keys() - {"_uuid", "previousContext"}
    return (
        names == other.keys() - {"_uuid", "previousContext"}
        and one.get("previousContext") is other.get("previousContext")
        and all(one[name] == other[name] for name in names)
    )
