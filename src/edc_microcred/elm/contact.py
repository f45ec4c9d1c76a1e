"""Ways to reach somebody."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.media import WebResource
    from edc_microcred.elm.note import Note
    from edc_microcred.elm.place import Address


class Phone(Ordered):
    """A telephone number, whole or split into country, area and local part."""

    TYPE: ClassVar[str] = "Phone"
    IRI: ClassVar[str] = "elm:Phone"
    ID_NAME: ClassVar[str] = "phone"

    phone_number: Annotated[str | None, term(
        "phoneNumber", "elm:phoneNumber",
        means="The whole telephone number as free text, best in international form beginning with +.")] = None
    country_dialing: Annotated[str | None, term(
        "countryDialing", "elm:countryDialing", means="The country part of the phone number, for example +353.")] = None
    area_dialing: Annotated[str | None, term(
        "areaDialing", "elm:areaDialing", in_context=None,
        means="The area part of the phone number; the live context has no such term and drops it.")] = None
    dial_number: Annotated[str | None, term(
        "dialNumber", "elm:dialNumber",
        means="The local part of the phone number only, with neither country nor area in front.")] = None


class Mailbox(Ordered):
    """An e-mail box; the address itself stands in its id and begins with mailto."""

    TYPE: ClassVar[str] = "Mailbox"
    IRI: ClassVar[str] = "elm:Mailbox"


class ContactPoint(Ordered):
    """Ways to reach somebody, such as post, phone, e-mail or a web form."""

    TYPE: ClassVar[str] = "ContactPoint"
    IRI: ClassVar[str] = "elm:ContactPoint"
    ID_NAME: ClassVar[str] = "contactPoint"

    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    address: Annotated[list["Address"], term(
        "address", "elm:address", means="The postal address to which letters may be sent.")] = []
    phone: Annotated[list["Phone"], term(
        "phone", "elm:phone", means="A telephone number on which to call.")] = []
    email_address: Annotated[list["Mailbox"], term(
        "emailAddress", "elm:emailAddress",
        means="An e-mail box, given as an object whose id is the address beginning with mailto.")] = []
    contact_form: Annotated[list["WebResource"], term(
        "contactForm", "elm:contactForm", means="A web page with a form through which to write in.")] = []
