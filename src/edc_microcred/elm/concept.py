"""Concepts of controlled vocabularies, and the schemes that they belong to (SKOS)."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from typing import Annotated, ClassVar

from edc_microcred.elm.model import ElmObject
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap


class ConceptScheme(ElmObject):
    """The controlled list that a coded value is taken from, known by its web address."""

    TYPE: ClassVar[str] = "ConceptScheme"
    IRI: ClassVar[str] = "skos:ConceptScheme"
    ID_NAME: ClassVar[str] = "conceptScheme"


class Concept(ElmObject):
    """One coded value from a controlled list, with its readable label and the list it comes from."""

    TYPE: ClassVar[str] = "Concept"
    IRI: ClassVar[str] = "skos:Concept"
    ID_NAME: ClassVar[str] = "concept"

    definition: Annotated[LanguageMap | None, term(
        "definition", "skos:definition", unique_lang=False,
        means="What the coded value means, in words, one or more for each language.")] = None
    in_scheme: Annotated[list["ConceptScheme"], term(
        "inScheme", "skos:inScheme",
        means="The controlled list this value is taken from; profiles check that it names the right list.")] = []
    notation: Annotated[str | None, term(
        "notation", "skos:notation", datatype="sh:Literal",
        means="By custom of the Commission's issuer the name of the list (country), not the code of the value.")] = None
    pref_label: Annotated[LanguageMap | None, term(
        "prefLabel", "skos:prefLabel", means="The readable form of the code, at most one for each language.")] = None
