"""Concrete offers to learn: when, where, by whom, at what price."""

# A property reads as a row: name, type, term, path, facts, meaning.
# fmt: off
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from edc_microcred.elm.model import Ordered
from edc_microcred.elm.terms import term
from edc_microcred.elm.values import Duration, LanguageMap

if TYPE_CHECKING:
    from edc_microcred.elm.agent import Organisation
    from edc_microcred.elm.concept import Concept
    from edc_microcred.elm.identifier import Identifier
    from edc_microcred.elm.media import MediaObject, WebResource
    from edc_microcred.elm.note import Note
    from edc_microcred.elm.place import Location, PeriodOfTime
    from edc_microcred.elm.qualification import LearningAchievementSpecification
    from edc_microcred.elm.specification import LearningActivitySpecification


class Amount(Ordered):
    """A sum of money: a decimal number together with its currency."""

    TYPE: ClassVar[str] = "Amount"
    IRI: ClassVar[str] = "elm:Amount"
    ID_NAME: ClassVar[str] = "amount"

    unit: Annotated["Concept | None", term(
        "unit", "elm:unit", at_least=1, scheme="currency",
        means="The currency, as a code from the EU currency list.")] = None
    value: Annotated[Decimal | None, term(
        "value", "elm:value", at_least=1,
        means="The number of the sum; write it as text such as 12.50, since it is a decimal.")] = None


class PriceDetail(Ordered):
    """What taking part costs, or which price group it falls under."""

    TYPE: ClassVar[str] = "PriceDetail"
    IRI: ClassVar[str] = "elm:PriceDetail"
    ID_NAME: ClassVar[str] = "priceDetail"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    pref_label: Annotated[LanguageMap | None, term(
        "prefLabel", "skos:prefLabel", means="The name to show first, at most one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    amount: Annotated["Amount | None", term(
        "amount", "elm:amount",
        means="The price in full, before any discount or grant, as a number with its currency.")] = None


class Grant(Ordered):
    """Financial support that a learner may apply for, such as a scholarship."""

    TYPE: ClassVar[str] = "Grant"
    IRI: ClassVar[str] = "elm:Grant"
    ID_NAME: ClassVar[str] = "grant"

    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="The name it is known by, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    supplementary_document: Annotated[list["WebResource"], term(
        "supplementaryDocument", "elm:supplementaryDocument",
        means="A page or file on the open web that tells more about it.")] = []
    dc_type: Annotated["Concept | None", term(
        "dcType", "dc:type", means="What sort of financial support it is, as a code.")] = None
    content_url: Annotated[str | None, term(
        "contentURL", "elm:contentUrl", datatype="xsd:anyURI",
        means="The web address where the grant is described or applied for.")] = None


class LearningOpportunity(Ordered):
    """A concrete offer to learn, with its provider, dates, price and way of applying."""

    TYPE: ClassVar[str] = "LearningOpportunity"
    IRI: ClassVar[str] = "elm:LearningOpportunity"
    ID_NAME: ClassVar[str] = "learningOpportunity"

    identifier: Annotated[list["Identifier"], term(
        "identifier", "adms:identifier",
        means="A number or code by which it is known in some system, with the name of that system.")] = []
    title: Annotated[LanguageMap | None, term(
        "title", "dc:title", at_least=1, means="The name it is known by, one for each language.")] = None
    description: Annotated[LanguageMap | None, term(
        "description", "dc:description",
        means="A short explanation in free text for the reader, at most one text for each language.")] = None
    dc_type: Annotated[list["Concept"], term(
        "dcType", "dc:type", means="What sort of offer it is, as a code from the EU list.")] = []
    additional_note: Annotated[list["Note"], term(
        "additionalNote", "elm:additionalNote",
        means="Any further remark in free text that has no field of its own.")] = []
    homepage: Annotated[list["WebResource"], term(
        "homepage", "foaf:homepage", means="The main web page about it.")] = []
    supplementary_document: Annotated[list["WebResource"], term(
        "supplementaryDocument", "elm:supplementaryDocument",
        means="A page or file on the open web that tells more about it.")] = []
    temporal: Annotated["PeriodOfTime | None", term(
        "temporal", "dc:temporal", means="The period in which it takes place, by start and end.")] = None
    duration: Annotated[Duration | None, term(
        "duration", "elm:duration",
        means="How long the offer runs, as an xsd duration such as P6M; weeks are not allowed.")] = None
    mode: Annotated[list["Concept"], term(
        "mode", "elm:mode", means="How it takes place, such as online, blended or on site, as a code.")] = []
    learning_schedule: Annotated["Concept | None", term(
        "learningSchedule", "elm:learningSchedule",
        means="Whether study is full time, part time or otherwise, as a code from the EU list.")] = None
    schedule_information: Annotated["Note | None", term(
        "scheduleInformation", "elm:scheduleInformation",
        means="When classes take place, in free text, for example every Monday afternoon in spring.")] = None
    admission_procedure: Annotated["Note | None", term(
        "admissionProcedure", "elm:admissionProcedure",
        means="How a learner applies for a place and how applicants are chosen.")] = None
    price_detail: Annotated[list["PriceDetail"], term(
        "priceDetail", "elm:priceDetail", means="What the offer costs the learner, fees and reductions included.")] = []
    provided_by: Annotated[list["Organisation"], term(
        "providedBy", "elm:providedBy", at_least=1,
        means="The institution that runs the offer; name several if they run it jointly.")] = []
    grant: Annotated[list["Grant"], term(
        "grant", "elm:grant", means="Financial support open to those who take up this offer.")] = []
    location: Annotated[list["Location"], term(
        "location", "elm:location", means="Where the course or other offer is held.")] = []
    learning_achievement_specification: Annotated["LearningAchievementSpecification | None", term(
        "learningAchievementSpecification", "elm:learningAchievementSpecification",
        means="The plan of the achievement that taking this offer leads to.")] = None
    learning_activity_specification: Annotated["LearningActivitySpecification | None", term(
        "learningActivitySpecification", "elm:learningActivitySpecification",
        means="The plan of the teaching or other activity that the offer consists of.")] = None
    has_part: Annotated[list["LearningOpportunity"], term(
        "hasPart", "elm:hasPart",
        means="The smaller offers, such as single courses, that this one is built from.")] = []
    is_part_of: Annotated[list["LearningOpportunity"], term(
        "isPartOf", "elm:isPartOf", means="The larger whole to which it belongs, itself of the same kind.")] = []
    banner_image: Annotated["MediaObject | None", term(
        "bannerImage", "elm:bannerImage", means="A picture shown at the top of the course offer.")] = None
    application_deadline: Annotated[list[datetime], term(
        "applicationDeadline", "elm:applicationDeadline",
        means="The last moment to apply, given as a date with time and time zone.")] = []
    default_language: Annotated["Concept | None", term(
        "defaultLanguage", "elm:defaultLanguage", scheme="language", in_context=None,
        means="The language whose text counts if translations differ; the live context drops this term.")] = None
    description_html: Annotated[list[str], term(
        "descriptionHtml", "elm:descriptionHtml", datatype="rdf:HTML", coerced_to_iri=True,
        means="The offer explained in HTML; the live context drops the value on the way to RDF.")] = []
    date_modified: Annotated[datetime | None, term(
        "dateModified", "dc:modified", coerced_to_iri=True,
        means="When this entry was last changed; the live context drops the value on the way to RDF.")] = None
    status: Annotated[str | None, term(
        "status", "elm:status",
        means="Whether the entry is published, draft or withdrawn, as plain text without a fixed list.")] = None
