"""The border to pyld: contexts come from this package or not at all, and no fault of a file or of pyld gets past it.

Nothing is fetched. A document may name the two contexts of an EDC, two addresses that the Commission's own test data
used and that are gone from the web, and may define terms in place; anything else is a `ContextError`. pyld raises many
things at hostile input, keeps module-wide caches and warns by way of the process: here it runs under one lock, with
its warnings off, and what it raises becomes an `UnreadableError` that names the JSON-LD error code and no content.

Clauses: JSON-LD 1.1 API, 5.1 (expansion), 9.4 (document loader), 9.6 (error codes).
"""

import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, TypeVar

from edc_microcred.elm.model import is_absolute
from edc_microcred.errors import ContextError, EdcMicrocredError, LimitError, UnreadableError
from edc_microcred.findings import shorten
from edc_microcred.jsonld.contexts import CREDENTIALS_V1, EDC_AP, credentials_v1_context, edc_ap_context
from edc_microcred.jsonld.processor import remembering
from edc_microcred.limits import DEFAULT_LIMITS, Limits

RETIRED: Final = (
    "http://dev.everisdx.io/datamodel/edc-ap-context.jsonld",
    "http://dev.everisdx.io/datamodel/test/edc-ap-context.jsonld",
)
"""Addresses of edc-ap in the Commission's test data of 2022 and 2023; they are read as edc-ap, and reported."""
_RELATIVE: Final = "x-relative:"
"""What pyld resolves relative IRIs against here: it is taken off again, so that they stay as they are written."""

_MOST_CONTEXTS: Final = 256
"""Contexts that one document may name or hold: each costs a copy of all terms. A presentation has two a credential."""
_MOST_TERMS: Final = 2_000
"""Terms that a document may define in place, all together."""
_CANNOT_BE_MIXED: Final = (
    "It is the context of the W3C data model 2.0, which cannot be combined with edc-ap: both define “description”. "
    f"European Digital Credentials are of model 1.1: ask the issuer for the contexts {CREDENTIALS_V1} and {EDC_AP}."
)
_REMEDIES: Final[Mapping[str, str]] = {
    "https://www.w3.org/ns/credentials/v2": _CANNOT_BE_MIXED,
    "https://ec.europa.eu/credentials/v1": (
        f"Nothing was ever published there; pilot projects made it up. The Commission's context is {EDC_AP}."
    ),
}
_IN_PLACE: Final = frozenset(("@version", "@vocab", "@base", "@language", "@direction", "@protected", "@propagate"))
_LOCK: Final = threading.Lock()

T = TypeVar("T")


@cache
def documents() -> Mapping[str, Mapping[str, Any]]:
    """The contexts that this package carries, by address."""
    edc_ap = edc_ap_context()
    return {CREDENTIALS_V1: credentials_v1_context(), EDC_AP: edc_ap, **dict.fromkeys(RETIRED, edc_ap)}


def load(address: str, options: object = None) -> dict[str, Any]:  # noqa: ARG001  # pyld hands over its options
    """The document loader to give to pyld. Raises `ContextError` for what we do not carry; safe between threads."""
    document = documents().get(address)
    if document is None:
        raise _unknown(address)
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": document,
        "tag": "static",
    }


def _unknown(address: str) -> ContextError:
    return ContextError(
        f"The context {shorten(address)} is not one of those that this library carries.",
        remedy=_REMEDIES.get(address)
        or f"A European Digital Credential has the contexts {CREDENTIALS_V1} and {EDC_AP}, in this order.",
        state="Nothing is fetched, and nothing was read.",
    )


def survey(value: Any, *, limits: Limits = DEFAULT_LIMITS) -> list[Any]:
    """All values of `@context` at any depth, checked to be ones that we carry or that only define terms.

    Raises `LimitError` when the document is too deep or too large, `ContextError` for a context that cannot be used,
    `UnreadableError` when `value` is neither an object nor a list.
    """
    return _surveyed(value, limits)[0]


def _surveyed(value: Any, limits: Limits) -> tuple[list[Any], int]:
    """What `survey` gives, and the number of members and items."""
    if not isinstance(value, (dict, list)):
        raise UnreadableError("A JSON-LD document is an object or a list.", remedy="Give the credential itself.")
    contexts: list[Any] = []
    members = 0
    level: list[Any] = [value]
    for _ in range(limits.depth):
        below: list[Any] = []
        for container in level:
            members += len(container)
            if isinstance(container, dict):
                if "@context" in container:
                    contexts.append(container["@context"])
                below += [item for item in container.values() if isinstance(item, (dict, list))]
            else:
                below += [item for item in container if isinstance(item, (dict, list))]
        if members > limits.members:
            raise LimitError(
                f"The document holds more than {limits.members:,} members.",
                remedy="No credential does. If it is meant, raise the limit: Limits(members=...).",
            )
        if not below:
            break
        level = below
    else:
        raise LimitError(f"The document is nested more than {limits.depth} levels deep.", remedy="No credential is.")
    _check(contexts)
    return contexts, members


def _check(contexts: list[Any]) -> None:
    parts = [part for context in contexts for part in (context if isinstance(context, list) else [context])]
    if max(len(parts), len(contexts)) > _MOST_CONTEXTS:
        raise LimitError(
            f"The document has more than {_MOST_CONTEXTS} contexts.",
            remedy="Two at the top are enough: take the others out.",
        )
    terms = 0
    for part in parts:
        if isinstance(part, str):
            if part not in documents():
                raise _unknown(part)
        elif isinstance(part, dict):
            terms += len(part)
            _check_in_place(part)
        elif part is not None:
            raise ContextError("A @context is neither an address nor a set of terms.", remedy=_how())
    if terms > _MOST_TERMS:
        raise LimitError(f"The document defines more than {_MOST_TERMS:,} terms of its own.", remedy=_how())


def _check_in_place(context: Mapping[str, Any]) -> None:
    for name, definition in context.items():
        if name.startswith("@") and name not in _IN_PLACE:
            raise ContextError(f"A @context in the document uses {shorten(name)}, which is not taken.", remedy=_how())
        # One context for each object of a type would be worked through anew: a small file could take an hour.
        if isinstance(definition, dict) and "@context" in definition:
            raise ContextError("A term defined in the document has a @context of its own.", remedy=_how())
    for name in ("@vocab", "@base"):
        iri = context.get(name)
        if iri is not None and not (isinstance(iri, str) and is_absolute(iri)):
            raise ContextError(f"The {name} of a @context in the document is no absolute IRI.", remedy=_how())


def _how() -> str:
    return f"Use the contexts {CREDENTIALS_V1} and {EDC_AP}; terms of your own may be defined, not imported."


def expand_by_pyld(
    value: Any,
    *,
    limits: Limits = DEFAULT_LIMITS,
    base: str | None = None,
    processor: Callable[[Any], Any] | None = None,
) -> list[Any]:
    """The expanded form of any JSON-LD document. `value` is not altered.

    Relative IRIs are resolved against `base`, or stay as they are written. `processor` is given pyld's class
    `JsonLdProcessor` and makes the object that expands. Raises `ContextError`, `LimitError`, or `UnreadableError` for a
    document that is not JSON-LD.
    """
    _, members = _surveyed(value, limits)
    if members > limits.processed:
        raise LimitError(
            f"The document needs a JSON-LD processor and has {members:,} members and items; the limit for that is "
            f"{limits.processed:,}.",
            remedy="Ask for the credential in the form of the Commission's issuer, which is read without one. If this "
            "one is meant, raise the limit: Limits(processed=...).",
            state="It was not read.",
        )

    def expand() -> list[Any]:
        from pyld import jsonld

        made = (processor or (lambda cls: cls()))(remembering(jsonld.JsonLdProcessor))
        options = {"base": base or _RELATIVE, "documentLoader": load, "contextResolver": _resolver()}
        expanded: list[Any] = made.expand(value, options)
        return expanded

    expanded = _contained(expand)
    for item in _objects(expanded):
        _make_sound(item)
    return expanded


def _objects(expanded: list[Any]) -> Iterator[dict[str, Any]]:
    """Every object of an expanded document, outer ones before inner ones; JSON literals are not looked into."""
    stack: list[Any] = [expanded]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            if item.get("@type") != "@json":
                stack += item.values()
        elif isinstance(item, list):
            stack += reversed(item)


def _make_sound(item: dict[str, Any]) -> None:
    """Takes out what pyld lets through though it is no JSON-LD: ids and types that are no text, nodes that are none."""
    for name in ("@id", "@type"):
        given = item.get(name)
        if isinstance(given, str):
            item[name] = given.removeprefix(_RELATIVE)
        elif isinstance(given, list):
            item[name] = [one.removeprefix(_RELATIVE) for one in given if isinstance(one, str)]
        elif name in item:
            del item[name]
    for name in ("@graph", "@included"):
        if name in item:
            item[name] = [node for node in item[name] if isinstance(node, dict)]


def _resolver() -> Any:
    """A context resolver that knows ours already processed, and forgets what a document defines in place."""
    from pyld.context_resolver import ContextResolver

    return ContextResolver(dict(_processed()), load)


@cache
def _processed() -> Mapping[str, Any]:
    from pyld.context_resolver import ContextResolver

    kept: dict[str, Any] = {}
    resolver = ContextResolver(kept, load)
    for address in documents():
        resolver.resolve({}, address, "")
    return kept


def _contained(function: Callable[[], T]) -> T:
    try:
        with _LOCK, warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"pyld\.")
            return function()
    except EdcMicrocredError:
        raise
    except RecursionError:
        raise _too_deep() from None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - pyld raises whatever Python raises at input it did not foresee
        own = _chain(error, EdcMicrocredError)
        if own is not None:
            raise own from None
        if _chain(error, RecursionError) is not None:
            raise _too_deep() from None
        raise _not_json_ld(error) from None  # pyld's words quote the value, which may be the learner's


@contextmanager
def depth_of_python() -> Iterator[None]:
    """Turns Python's own limit on nesting into a `LimitError`, for callers who set `Limits.depth` beyond it."""
    try:
        yield
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> LimitError:
    return LimitError(
        "The document is nested too deep to be read.", remedy="No credential is: lower Limits(depth=...)."
    )


def _chain(error: BaseException, kind: type[T]) -> T | None:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, kind):
            return cause
        cause = cause.__cause__
    return None


def _not_json_ld(error: BaseException) -> UnreadableError:
    code = ""
    cause: BaseException | None = error
    while cause is not None:
        code = getattr(cause, "code", None) or code
        cause = cause.__cause__
    said = f": {shorten(code)}" if isinstance(code, str) and code else ""
    return UnreadableError(
        f"The document is not JSON-LD{said}.",
        remedy="Write it in compact form, with the terms of the contexts, as the Commission's issuer does.",
        state="It was not read.",
    )
