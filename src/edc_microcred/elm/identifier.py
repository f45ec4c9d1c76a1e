"""Identifiers that authorities give to people, organisations and courses."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.concept import Concept


class Identifier(Ordered):
    """A number or code given under some scheme, for instance a student number or a module code."""

    TYPE: ClassVar[str] = "Identifier"
    IRI: ClassVar[str] = "elm:Identifier"
    ID_NAME: ClassVar[str] = "identifier"

    notation: Annotated[str | None, term(
        "notation", "skos:notation", datatype="sh:Literal", at_least=1,
        means="The number or code itself, exactly as it was given out.")] = None
    scheme_agency: Annotated[LanguageMap | None, term(
        "schemeAgency", "adms:schemeAgency", at_most=1, unique_lang=False,
        means="Who runs the numbering scheme, by name; only one language in total.")] = None
    creator: Annotated[str | None, term(
        "creator", "dc:creator", datatype="sh:IRI",
        means="Web address of the body behind the numbering scheme; it must be an IRI, not a name.")] = None
    date_issued: Annotated[datetime | None, term(
        "dateIssued", "dc:issued",
        means="The day it was officially given out, written with time and time zone.")] = None
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type",
        means="What sort of number it is, as a code, such as student number or passport number.")] = []
    scheme_name: Annotated[str | None, term(
        "schemeName", "elm:schemeName",
        means="What the numbering scheme is called, as plain text in no stated language.")] = None
    scheme_version: Annotated[str | None, term(
        "schemeVersion", "elm:schemeVersion",
        means="Which edition of the numbering scheme was used, as plain text.")] = None
    scheme_id: Annotated[str | None, term(
        "schemeId", "elm:schemeId", datatype="xsd:anyURI",
        means="The web address that stands for the numbering scheme.")] = None


class LegalIdentifier(Identifier):
    """An official number given by a public authority, always stated with the country it belongs to."""

    TYPE: ClassVar[str] = "LegalIdentifier"
    IRI: ClassVar[str] = "elm:LegalIdentifier"
    ID_NAME: ClassVar[str] = "legalIdentifier"

    notation: Annotated[str | None, term(
        "notation", "skos:notation", datatype="sh:Literal", at_least=1,
        means="The official number itself, exactly as the authority gave it.")] = None
    spatial: Annotated["Concept | None", term(
        "spatial", "dc:spatial", at_least=1, scheme="country",
        means="The country or region whose authority gave the number, as a code; required.")] = None
