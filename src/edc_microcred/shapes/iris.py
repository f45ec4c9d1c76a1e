"""What a name in a credential stands for as an IRI, completed as a JSON-LD processor completes it.

    >>> complete("elm:Person", {"elm": "http://data.europa.eu/snb/model/elm/"})
    'http://data.europa.eu/snb/model/elm/Person'
    >>> complete("7", {}), complete("Ana Ivić", {}), complete("_:b1", {})
    ('http://example.org/base/7', None, '_:b1')

Clauses: JSON-LD 1.1 API, 5.2.2 (IRI expansion); RFC 3986, 5.2 (relative references).
"""

import re
from collections.abc import Mapping
from typing import Final

BASE: Final = "http://example.org/base/"
"""What relative IRIs are resolved against. A credential has no address of its own; the published shapes' verdicts rest
on graphs in which relative IRIs were completed with this one (it is pyld's)."""

_HOST: Final = "http://example.org"
_ABSOLUTE: Final = re.compile(r'[A-Za-z][A-Za-z0-9+,\-.]*:[^\s<>"]*')
_KEYWORD: Final = re.compile(r"@[A-Za-z]+")


class KeywordError(ValueError):
    """A JSON-LD keyword, or what looks like one, stands where an IRI belongs."""


def complete(text: str, prefixes: Mapping[str, str]) -> str | None:
    """The IRI or blank node label that `text` stands for, `None` when it is none: white space, a colon in front, `<>"`.

    A backslash and the like pass, as they do in the programs that the published verdicts come from.

    Raises `KeywordError` for `@id`, `@type` and the like.
    """
    colon = text.find(":")
    if colon > 0:
        head = text[:colon]
        if head == "_":
            return text
        if head in prefixes and not text.startswith("//", colon + 1):
            text = prefixes[head] + text[colon + 1 :]
    elif colon < 0:
        if _KEYWORD.fullmatch(text):
            raise KeywordError(text)
        text = _resolved(text)
    return text if _ABSOLUTE.fullmatch(text) else None


def shown(iri: str) -> str:
    """An IRI as people are shown it: without the base, which nobody wrote."""
    return iri.removeprefix(BASE)


def _resolved(text: str) -> str:
    if text.startswith(("?", "#")) or not text:
        return BASE + text
    if text.startswith("//"):
        host, slash, path = text[2:].partition("/")
        return f"http://{host}{_without_dots(slash + path)}" if slash else f"http:{text}"
    return _HOST + _without_dots(text if text.startswith("/") else f"/base/{text}")


def _without_dots(path: str) -> str:
    end = min((place for place in (path.find("?"), path.find("#")) if place >= 0), default=len(path))
    kept: list[str] = []
    segments = path[:end].split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept) + path[end:]
