"""People, organisations and groups."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.accreditation import Accreditation
    from edc_microcred.elm.claim import Claim
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.contact import ContactPoint
    from edc_microcred.elm.credential import EuropeanDigitalCredential
    from edc_microcred.elm.identifier import Identifier, LegalIdentifier
    from edc_microcred.elm.media import MediaObject, WebResource
    from edc_microcred.elm.mobility import FamilyRelationship
    from edc_microcred.elm.note import Note
    from edc_microcred.elm.place import Location


class Group(Ordered):
    """Several agents taken together under one name, such as a consortium or a team."""

    TYPE: ClassVar[str] = "Group"
    IRI: ClassVar[str] = "elm:Group"
    ID_NAME: ClassVar[str] = "group"

    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", means="What sort of group it is, as a code.")] = []
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    contact_point: Annotated[list["ContactPoint"], term(
        "contactPoint", "elm:contactPoint", means="How to get in touch by post, phone, e-mail or web form.")] = []
    location: Annotated[list["Location"], term(
        "location", "elm:location", means="The place where it is or happens.")] = []
    member: Annotated[list["Agent"], term(
        "member", "foaf:member", means="A person or body that belongs to the group.")] = []
    alt_label: Annotated[LanguageMap | None, term(
        "altLabel", "skos:altLabel", unique_lang=False,
        means="Another name in use, such as a short form; several for each language are allowed.")] = None
    pref_label: Annotated[LanguageMap | None, term(
        "prefLabel", "skos:prefLabel", at_least=1,
        means="The name to show first, at most one for each language.")] = None


class Agent(Ordered):
    """Anyone who can act, used when it is not said whether that is a person or a body."""

    TYPE: ClassVar[str] = "Agent"
    IRI: ClassVar[str] = "elm:Agent"
    ID_NAME: ClassVar[str] = "agent"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    alt_label: Annotated[LanguageMap | None, term(
        "altLabel", "skos:altLabel", unique_lang=False,
        means="Another name in use, such as a short form; several for each language are allowed.")] = None
    pref_label: Annotated[LanguageMap | None, term(
        "prefLabel", "skos:prefLabel", means="The name to show first, at most one for each language.")] = None
    location: Annotated[list["Location"], term(
        "location", "elm:location", means="The place where it is or happens.")] = []
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    contact_point: Annotated[list["ContactPoint"], term(
        "contactPoint", "elm:contactPoint", means="How to get in touch by post, phone, e-mail or web form.")] = []
    group_member_of: Annotated[list["Group"], term(
        "groupMemberOf", "elm:groupMemberOf", means="A group to which this agent belongs.")] = []
    date_modified: Annotated[datetime | None, term(
        "dateModified", "dc:modified", coerced_to_iri=True,
        means="When this entry was last changed; the live context drops the value on the way to RDF.")] = None


class Person(Agent):
    """An individual, usually the learner, who carries at least one claim."""

    TYPE: ClassVar[str] = "Person"
    IRI: ClassVar[str] = "elm:Person"
    ID_NAME: ClassVar[str] = "person"
    NOT_IN_SHAPE: ClassVar[frozenset[str]] = frozenset({"additional_note", "alt_label", "pref_label"})

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number of the person, such as a student number; the national number has its own field.")] = []
    location: Annotated[list["Location"], term(
        "location", "elm:location", at_most=1, means="Where the person lives or can be found.")] = []
    national_id: Annotated["LegalIdentifier | None", term(
        "nationalID", "elm:nationalId",
        means="The main personal number given by the state, always with its country.")] = None
    full_name: Annotated[LanguageMap | None, term(
        "fullName", "foaf:fullName", at_most=1, unique_lang=False,
        means="First and last names together, in one language only for the whole person.")] = None
    given_name: Annotated[LanguageMap | None, term(
        "givenName", "foaf:givenName", at_most=1, unique_lang=False,
        means="The first name or names, in one language only for the whole person.")] = None
    family_name: Annotated[LanguageMap | None, term(
        "familyName", "foaf:familyName", at_most=1, unique_lang=False,
        means="The surname, in one language only for the whole person.")] = None
    birth_name: Annotated[LanguageMap | None, term(
        "birthName", "person:birthName", unique_lang=False,
        means="The name held when born, where it differs from the present one.")] = None
    patronymic_name: Annotated[LanguageMap | None, term(
        "patronymicName", "person:patronymicName", unique_lang=False,
        means="A name formed from that of the father, used in countries such as Iceland or Bulgaria.")] = None
    member_of: Annotated[list["Organisation"], term(
        "memberOf", "org:memberOf", means="A body to which this person belongs.")] = []
    date_of_birth: Annotated[date | None, term(
        "dateOfBirth", "elm:dateOfBirth",
        means="The birthday as a full date and time: midnight UTC of that day.")] = None
    place_of_birth: Annotated["Location | None", term(
        "placeOfBirth", "elm:placeOfBirth",
        means="Where the person was born, as a place with an address that states at least the country.")] = None
    citizenship_country: Annotated[list["Concept"], term(
        "citizenshipCountry", "elm:citizenshipCountry", scheme="country",
        means="A country of which the person is a national, as a code from the EU country list.")] = []
    gender: Annotated["Concept | None", term(
        "gender", "elm:gender", means="The sex of the person as a code from the EU list; seldom needed.")] = None
    has_credential: Annotated[list["EuropeanDigitalCredential"], term(
        "hasCredential", "elm:hasCredential", means="Another credential that this person holds.")] = []
    has_claim: Annotated[list["Claim"], term(
        "hasClaim", "elm:hasClaim", at_least=1, node="ClaimNodeShape",
        means="What is stated about this person: achievements, activities, assessments or rights, at least one.")] = []
    has_family_relationship: Annotated[list["FamilyRelationship"], term(
        "hasFamilyRelationship", "elm:hasFamilyRelationship", since="3.3", in_context=None,
        means="Family ties of this person to others.")] = []


class Organisation(Agent):
    """A registered body such as a university, company or ministry, with its official name and place."""

    TYPE: ClassVar[str] = "Organisation"
    IRI: ClassVar[str] = "elm:Organisation"
    ID_NAME: ClassVar[str] = "org"
    NOT_IN_SHAPE: ClassVar[frozenset[str]] = frozenset({"pref_label"})

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number of the body that is not covered by the tax, VAT or registration fields.")] = []
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", means="What sort of body it is, as a code.")] = []
    homepage: Annotated[list["WebResource"], term(
        "homepage", "foaf:homepage", means="The main web page about it.")] = []
    location: Annotated[list["Location"], term(
        "location", "elm:location", at_least=1,
        means="Where the body has its seat; required, and it needs an address with a country.")] = []
    accreditation: Annotated[list["Accreditation"], term(
        "accreditation", "elm:accreditation", means="An official approval that this body holds.")] = []
    eidas_identifier: Annotated["LegalIdentifier | None", term(
        "eIDASIdentifier", "elm:eidasLegalIdentifier",
        means="The official number of the body, stated with its country; an issuer needs exactly one.")] = None
    registration: Annotated["LegalIdentifier | None", term(
        "registration", "rov:registration",
        means="The number of the body in a public register, such as the trade register.")] = None
    legal_name: Annotated[LanguageMap | None, term(
        "legalName", "rov:legalName", at_least=1,
        means="The official name as in the register, at most one for each language.")] = None
    vat_identifier: Annotated[list["LegalIdentifier"], term(
        "vatIdentifier", "elm:vatIdentifier",
        means="The number of the body for value added tax, with its country.")] = []
    tax_identifier: Annotated[list["LegalIdentifier"], term(
        "taxIdentifier", "elm:taxIdentifier", means="The number of the body at the tax office, with its country.")] = []
    logo: Annotated["MediaObject | None", term(
        "logo", "elm:logo", means="The emblem of the body, held as an image file.")] = None
    has_sub_organization: Annotated[list["Organisation"], term(
        "hasSubOrganization", "org:hasSubOrganization",
        means="A unit inside this body, such as a faculty; spelled with z.")] = []
    sub_organization_of: Annotated["Organisation | None", term(
        "subOrganizationOf", "org:subOrganizationOf",
        means="The larger body to which this unit belongs, such as the university; spelled with z.")] = None
    has_member: Annotated[list["Person"], term(
        "hasMember", "org:hasMember", in_context=None,
        means="A person who belongs to this body; the live context has no such term and drops it.")] = []
