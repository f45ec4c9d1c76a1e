"""The controlled lists of the EU and the national qualifications frameworks, and looking things up in them.

A value is found by its URI, its code or a label in any language that the list has, and becomes the concept that the
Commission's issuer writes. The lists lie in the package: no network. Trap: not every list is complete, and complete
means as of `Vocabulary.date`; so an unknown value in a partial list proves nothing.

    >>> concept("eqf", 6).id
    'http://data.europa.eu/snb/eqf/6'
    >>> entry("country", "RS").uri, entry("country", "Сербия").code
    ('http://publications.europa.eu/resource/authority/country/SRB', 'SRB')
    >>> [level.code for level in nqf_levels("SRB") if level.eqf == 6]
    ['6', '6.1', '6.2']

Everything here is safe to share between threads. Nothing is read when the package is imported; each list is read when
it is first asked for.
"""

from edc_microcred.vocabularies.lists import Completeness, Entry, Vocabulary, scheme_of, vocabularies, vocabulary
from edc_microcred.vocabularies.lookup import concept, entry, find
from edc_microcred.vocabularies.nqf import Evidence, Framework, NqfLevel, eqf_of, frameworks, nqf_levels

__all__ = [
    "Completeness",
    "Entry",
    "Evidence",
    "Framework",
    "NqfLevel",
    "Vocabulary",
    "concept",
    "entry",
    "eqf_of",
    "find",
    "frameworks",
    "nqf_levels",
    "scheme_of",
    "vocabularies",
    "vocabulary",
]
