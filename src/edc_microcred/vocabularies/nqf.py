"""National qualifications frameworks: their levels, and the EQF level that each was referenced to.

The EU's list of levels does not say their EQF levels: those come from referencing reports, laws and registers, and each
framework carries what its mapping rests on. Trap: the number of a national level is not its EQF level in every country
(Ireland, Slovenia, Scotland), and some levels have none.

    >>> eqf_of("http://data.europa.eu/snb/qdr/c_670e54c7")  # Ireland, level 6
    5
    >>> [framework.area for framework in frameworks() if not framework.referenced]
    ['BA', 'BE-DE']
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from edc_microcred.errors import VocabularyError
from edc_microcred.vocabularies.lists import read_json, vocabulary
from edc_microcred.vocabularies.lookup import entry


class Evidence(StrEnum):
    """What the EQF levels of a framework rest on."""

    TABLE = "table"
    """A source gives every level."""
    STATEMENT = "statement"
    """An official or legal sentence says that the levels correspond."""
    SHARED_NUMBER = "shared-number"
    """One number is used for both frameworks."""
    ROWS_AND_STATEMENT = "rows+statement"
    """Some levels were read, a sentence gives the others."""
    ROWS_AND_ORDER = "rows+order"
    """Some levels were read, and their order leaves one place for each of the others."""
    ROWS = "rows"
    """Some levels were read; the others are taken to have the same number."""
    NONE = "none"
    """No level was read; all are taken to have the same number."""
    NOT_REFERENCED = "not-referenced"
    """The framework is not linked to the EQF."""


@dataclass(frozen=True, slots=True)
class NqfLevel:
    """One level of a national framework. `eqf` is None where no EQF level may be claimed; `no_eqf` then says why.

    `verified` tells whether a source was read for this level; what is not verified deserves a warning, never an error.
    """

    uri: str
    code: str
    label: str
    country: str
    framework: str
    eqf: int | None
    verified: bool
    no_eqf: str


@dataclass(frozen=True, slots=True)
class Framework:
    """One national framework. `country` is its code in the list of countries, `area` the ISO 3166 code of the country
    or part of a country that it is for (`RS`, `GB-SCT`), `year` that of its referencing to the EQF, where it was read.
    """

    uri: str
    name: str
    abbreviation: str
    country: str
    area: str
    referenced: bool
    year: int | None
    verified: bool
    evidence: Evidence
    evidence_text: str
    evidence_date: str
    sources: tuple[str, ...]
    note: str
    levels: tuple[NqfLevel, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    """All 43 frameworks of the EU's list, each with its levels from the lowest to the highest."""
    listed = vocabulary("nqf")
    found = []
    for read in read_json("frameworks.json")["frameworks"]:
        levels = tuple(
            NqfLevel(
                listed.base + suffix,
                code,
                _name(listed.base + suffix),
                read["country"],
                read["uri"],
                eqf,
                verified,
                reason,
            )
            for code, suffix, eqf, verified, reason in read["levels"]
        )
        typed = {"evidence": Evidence(read["evidence"]), "sources": tuple(read["sources"]), "levels": levels}
        found.append(Framework(name=_name(read["uri"]), **{**read, **typed}))
    return tuple(found)


def nqf_levels(country: str = "SRB") -> tuple[NqfLevel, ...]:
    """The levels of a country's frameworks, from the lowest; a country with several frameworks gives all their levels.

    `country` is whatever names a country (`SRB`, `RS`, `Serbia`, its URI) or a framework's area (`GB-SCT`). Empty when
    the EU's list has no framework of it. Raises `VocabularyError` for what is no country.
    """
    of_area = tuple(level for one in frameworks() if one.area == country for level in one.levels)
    if of_area:
        return of_area
    code = entry("country", country).code
    return tuple(level for one in frameworks() if one.country == code for level in one.levels)


def eqf_of(nqf_uri: str) -> int | None:
    """The EQF level of a national level's URI, 1 to 8, or None where none may be claimed.

    A framework's own URI has none. Raises `VocabularyError` for a URI that is not in the list `nqf`.
    """
    level = _levels().get(nqf_uri)
    if level is not None:
        return level.eqf
    if nqf_uri not in vocabulary("nqf"):
        raise VocabularyError(
            f"“{nqf_uri[:80]}” is no level of a national qualifications framework.",
            remedy="Give the level's URI as the list nqf has it: `edc-microcred vocab nqf`.",
        )
    return None


@cache
def _levels() -> dict[str, NqfLevel]:
    return {level.uri: level for one in frameworks() for level in one.levels}


def _name(uri: str) -> str:
    found = vocabulary("nqf").by_uri(uri)
    if found is None:  # the two data files are written together; a test holds them together
        raise VocabularyError(f"{uri} is in frameworks.json and not in nqf.json.", remedy="Install the package anew.")
    return found.label()
