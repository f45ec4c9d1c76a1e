"""Places and periods of time."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import ElmObject, Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.note import Note


class Geometry(ElmObject):
    """A point on the map, written as latitude and longitude."""

    TYPE: ClassVar[str] = "Geometry"
    IRI: ClassVar[str] = "locn:Geometry"
    ID_NAME: ClassVar[str] = "geometry"

    latitude: Annotated[list[str], term(
        "latitude", "clv:latitude", in_context="http://data.europa.eu/m8glatitude",
        means="Degrees north (positive) or south (negative), as text; RDF readers may miss it because of a faulty "
        "prefix.")] = []
    longitude: Annotated[list[str], term(
        "longitude", "clv:longitude", in_context="http://data.europa.eu/m8glongitude",
        means="Degrees east (positive) or west (negative), as text; RDF readers may miss it because of a faulty "
        "prefix.")] = []


class Address(Ordered):
    """A postal address, of which only the country must be stated as a code."""

    TYPE: ClassVar[str] = "Address"
    IRI: ClassVar[str] = "elm:Address"
    ID_NAME: ClassVar[str] = "address"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    full_address: Annotated["Note | None", term(
        "fullAddress", "elm:fullAddress", means="The whole address as text, as it would stand on an envelope.")] = None
    country_code: Annotated["Concept | None", term(
        "countryCode", "elm:countryCode", at_least=1, scheme="country",
        means="The country, as a code from the EU country list, not as a name.")] = None


class Location(ElmObject):
    """A place, given by name, area code or map position, with at least one address."""

    TYPE: ClassVar[str] = "Location"
    IRI: ClassVar[str] = "dc:Location"
    ID_NAME: ClassVar[str] = "location"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    address: Annotated[list["Address"], term(
        "address", "elm:address", at_least=1, means="The postal address, with at least the country.")] = []
    geographic_name: Annotated[LanguageMap | None, term(
        "geographicName", "elm:geographicName", unique_lang=False,
        means="What the place is called, such as a town or region.")] = None
    spatial_code: Annotated[list["Concept"], term(
        "spatialCode", "elm:spatialCode",
        means="The area in which the place lies, as a code from the EU list of territories.")] = []
    geometry: Annotated[list["Geometry"], term(
        "geometry", "locn:geometry", in_context=None,
        means="The map position of the place; the live context has no such term and drops it.")] = []


class PeriodOfTime(ElmObject):
    """A stretch of time with a start, an end or both, such as a semester."""

    TYPE: ClassVar[str] = "PeriodOfTime"
    IRI: ClassVar[str] = "dc:PeriodOfTime"
    ID_NAME: ClassVar[str] = "period"

    pref_label: Annotated[LanguageMap | None, term(
        "prefLabel", "skos:prefLabel",
        means="What the period is called, such as winter term, at most one for each language.")] = None
    start_date: Annotated[datetime | None, term(
        "startDate", "elm:startDate",
        means="When the period begins, as a date with time and time zone; leave out if unknown.")] = None
    end_date: Annotated[datetime | None, term(
        "endDate", "elm:endDate", means="When the period ends, as a date with time and time zone.")] = None
