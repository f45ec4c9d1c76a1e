"""The controlled lists as they lie in the package: what each is, whence and how complete, and its concepts.

    >>> eqf = vocabulary("eqf")
    >>> eqf.scheme, len(eqf), eqf.complete
    ('http://data.europa.eu/snb/eqf/25831c2', 8, True)
    >>> eqf.by_uri("http://data.europa.eu/snb/eqf/6").labels["en"]
    'Level 6'
    >>> scheme_of("http://data.europa.eu/snb/isced-f/0613")
    'http://data.europa.eu/snb/isced-f/25831c2'

`tools/vocabularies.py` writes the data. The header of every list is in `lists.json`; a list of more than no concepts
has a file of its own, where a concept is its code and its labels (null: none; a text: English only).
"""

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple

from edc_microcred.errors import VocabularyError

# Lists whose codes are hierarchical: the broader concept has the code without its last character.
_HIERARCHICAL: Final = frozenset({"isced-f", "nuts"})


class Completeness(StrEnum):
    """How much of a list is in the package."""

    COMPLETE = "complete"
    """All of it, as of the list's date."""
    PARTIAL = "partial"
    """Some concepts; others exist or may exist."""
    MISSING = "missing"
    """The scheme is known, none of its concepts is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept of a list. `labels` are by language tag, `codes` are further codes: `RS` for the country `SRB`.

    `broader` is the URI of the concept above, where the list's codes show it (ISCED-F, NUTS).
    """

    vocabulary: str
    uri: str
    code: str
    labels: Mapping[str, str] = field(hash=False)
    codes: tuple[str, ...] = ()
    broader: str | None = None

    def label(self, *languages: str) -> str:
        """The label in the first of `languages` that is there, else in English, else in any; the code if none is."""
        for tag in (*languages, "en"):
            if tag in self.labels:
                return self.labels[tag]
        return next(iter(self.labels.values()), self.code)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One controlled list: its header, and its concepts on demand.

    `aliases` are other names that it goes by, `base` is what its concepts' URIs start with, `notation` is what EDC
    writes as every concept's notation (the table's name; None for most lists), `date` is the year that the list was
    taken in (empty for a missing list), and `note` says what `completeness` rests on.
    """

    name: str
    aliases: tuple[str, ...]
    title: str
    scheme: str
    base: str
    notation: str | None
    completeness: Completeness
    note: str
    date: str
    sources: tuple[str, ...]
    languages: tuple[str, ...]
    count: int

    @property
    def complete(self) -> bool:
        """Whether the package has the whole list, as of `date`."""
        return self.completeness is Completeness.COMPLETE

    def __len__(self) -> int:
        return self.count

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Entry]:
        """All entries, by code."""
        return (entry_of(self, code) for code in table(self.name).concepts)

    def __contains__(self, uri: object) -> bool:
        return isinstance(uri, str) and self.by_uri(uri) is not None

    def by_uri(self, uri: str) -> Entry | None:
        """The entry with exactly this URI, or None."""
        return self.by_code(uri.removeprefix(self.base)) if uri.startswith(self.base) else None

    def by_code(self, code: str) -> Entry | None:
        """The entry with exactly this code, or None. A further code (`RS`) counts; a label does not."""
        known = table(self.name)
        code = code if code in known.concepts else known.codes.get(code, code)
        return entry_of(self, code) if code in known.concepts else None


class Table(NamedTuple):
    """The concepts of one list as read: labels by code, and code by further code. Read-only."""

    concepts: dict[str, str | dict[str, str] | None]
    codes: dict[str, str]
    further: dict[str, tuple[str, ...]]


@cache
def table(name: str) -> Table:
    """The concepts of the list called `name`, which must be a name of `vocabularies()`; read once."""
    if not _by_name()[name].count:
        return Table({}, {}, {})
    read = read_json(f"{name}.json")
    further: dict[str, tuple[str, ...]] = {}
    for code, meant in read["codes"].items():
        further[meant] = (*further.get(meant, ()), code)
    return Table(read["concepts"], read["codes"], further)


def entry_of(listed: Vocabulary, code: str) -> Entry:
    """The entry of a code that the list has."""
    known = table(listed.name)
    return Entry(
        listed.name,
        listed.base + code,
        code,
        labels_of(known, code),
        known.further.get(code, ()),
        listed.base + code[:-1] if listed.name in _HIERARCHICAL and code[:-1] in known.concepts else None,
    )


def labels_of(known: Table, code: str) -> dict[str, str]:
    """The labels of a code by language; a new dict, the caller's to keep."""
    labels = known.concepts[code]
    if labels is None:
        return {}
    return {"en": labels} if isinstance(labels, str) else dict(labels)


def vocabularies() -> tuple[Vocabulary, ...]:
    """All lists, by name, those too of which only the scheme is known."""
    return tuple(_by_name().values())


def vocabulary(name: str) -> Vocabulary:
    """The list with this name, other name or scheme URI. Raises `VocabularyError` with the nearest names."""
    found = _by_any_name().get(name)
    if found is not None:
        return found
    nearest = tuple(difflib.get_close_matches(name[:80].lower(), _by_name(), n=3, cutoff=0.4))
    raise VocabularyError(
        f"“{name[:80]}” is not one of the {len(_by_name())} controlled lists.",
        nearest=nearest,
        remedy=(f"Nearest: {', '.join(nearest)}. " if nearest else "") + "`edc-microcred vocab` names them all.",
    )


def scheme_of(uri: str) -> str | None:
    """The scheme of the list that a concept's URI belongs to by its form, whether or not the list has the concept."""
    end = max(uri.rfind("/"), uri.rfind("#")) + 1
    found = _by_base().get(uri[:end])
    return found.scheme if found and uri != found.scheme and end < len(uri) else None


@cache
def _by_name() -> dict[str, Vocabulary]:
    headers = read_json("lists.json")
    lists = (Vocabulary(**{**header, **_typed(header)}) for header in headers)
    return {listed.name: listed for listed in lists}


def _typed(header: dict[str, Any]) -> dict[str, Any]:
    return {
        "completeness": Completeness(header["completeness"]),
        **{name: tuple(header[name]) for name in ("aliases", "sources", "languages")},
    }


@cache
def _by_any_name() -> dict[str, Vocabulary]:
    lists = vocabularies()
    return {name: listed for listed in lists for name in (*listed.aliases, listed.scheme, listed.name)}


@cache
def _by_base() -> dict[str, Vocabulary]:
    return {listed.base: listed for listed in vocabularies()}


def read_json(file: str) -> Any:
    """One of the package's own data files."""
    from importlib import resources  # here, because it takes longer to import than all else in this package

    return json.loads(resources.files(__package__).joinpath("data", file).read_text("utf-8"))
