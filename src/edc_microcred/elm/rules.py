"""What can be wrong with a credential's members when they are read, one by one."""

from typing import Final

from edc_microcred.findings import Rule, Severity

_ELM: Final = "ELM 3.2, EDC application profile 1.2.0"

UNKNOWN_MEMBER: Final = Rule(
    id="elm/unknown-member", severity=Severity.WARNING, since="0.1", source=f"{_ELM}; JSON-LD 1.1, 4.1",
    title="A member that the class does not have",
    message="“{member}” is no property of {cls}: it is kept, and no profile looks at it.",
    why="Readers that know the model pass it over; where the contexts have no such term either, it is lost as data.",
    fix="Use the property of the model that is meant, or leave the member out.",
    wrong={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "studentNumber": "7"}},
    right={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person"}},
)  # fmt: skip
WRONG_KIND: Final = Rule(
    id="elm/wrong-kind", severity=Severity.ERROR, since="0.1", source=_ELM,
    title="A value of the wrong kind",
    message="“{member}” must be {wanted}, and is {seen}.",
    why="A reader cannot make sense of the value, and the published profile refuses it.",
    fix="Write the kind of value that the property takes.",
    wrong={"displayParameter": {"id": "urn:epass:displayParameter:1", "type": "DisplayParameter", "title": "Data"}},
    right={"displayParameter": {"id": "urn:epass:displayParameter:1", "type": "DisplayParameter",
                                "title": {"en": "Data"}}},
)  # fmt: skip
WRONG_CLASS: Final = Rule(
    id="elm/wrong-class", severity=Severity.ERROR, since="0.1", source=_ELM,
    title="An object of the wrong class",
    message="“{member}” takes {wanted}, and holds {seen}.",
    why="The property means something only for objects of its own classes.",
    fix="Set `type` to what the object is, or move the object to the property where it belongs.",
    wrong={"issuer": {"id": "urn:epass:org:1", "type": "Location"}},
    right={"issuer": {"id": "urn:epass:org:1", "type": "Organisation"}},
)  # fmt: skip
TYPE_MISSING: Final = Rule(
    id="elm/type-missing", severity=Severity.WARNING, since="0.1", source=f"{_ELM}; W3C VC Data Model 1.1, 4.3",
    title="An object that does not say what it is",
    message="The object in “{member}” has no `type`; it was read as {assumed}.",
    why="Without a type the profiles do not look at the object at all, and other software guesses.",
    fix="Add `type`.",
    wrong={"credentialSubject": {"id": "urn:epass:person:1", "fullName": {"en": "Ana"}}},
    right={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "fullName": {"en": "Ana"}}},
)  # fmt: skip
NOT_A_DATE: Final = Rule(
    id="elm/not-a-date", severity=Severity.ERROR, since="0.1", source="XML Schema 1.1 part 2, 3.3.7 dateTime",
    title="A date that is none",
    message="“{member}” must be a date with time and zone, and reads “{value}”.",
    why="Software reads such text as another moment or not at all; some validators let it pass.",
    fix="Write YYYY-MM-DDThh:mm:ss+hh:mm, for example 2026-03-01T09:00:00+01:00.",
    wrong={"validFrom": "1.3.2026"}, right={"validFrom": "2026-03-01T09:00:00+01:00"},
)  # fmt: skip
DATE_WITHOUT_ZONE: Final = Rule(
    id="elm/date-without-zone", severity=Severity.ERROR, since="0.1", source="XML Schema 1.1 part 2, 3.3.7 dateTime",
    title="A date without its time zone",
    message="“{member}” reads “{value}”, which names no moment: the time zone is missing.",
    why="The same text is a different moment in Lisbon and in Helsinki; a validity date can be off by a day.",
    fix="Add the offset: 2026-03-01T09:00:00+01:00, or Z for UTC.",
    wrong={"validFrom": "2026-03-01T09:00:00"}, right={"validFrom": "2026-03-01T09:00:00Z"},
)  # fmt: skip
NOT_A_DURATION: Final = Rule(
    id="elm/not-a-duration", severity=Severity.ERROR, since="0.1", source="XML Schema 1.1 part 2, 3.3.6 duration",
    title="A duration that is none",
    message="“{member}” must be a duration such as PT75H, and reads “{value}”.",
    why="Weeks (P1W), plain numbers and words are no durations in XML Schema, though some software accepts them.",
    fix="Write PT75H for hours, P21D for days, P2M for months.",
    wrong={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "hasClaim": {
        "id": "urn:epass:activity:1", "type": "LearningActivity", "workload": "P1W"}}},
    right={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "hasClaim": {
        "id": "urn:epass:activity:1", "type": "LearningActivity", "workload": "PT25H"}}},
)  # fmt: skip
NOT_BASE64: Final = Rule(
    id="elm/not-base64", severity=Severity.ERROR, since="0.1", source="RFC 4648, 4",
    title="Media that cannot be decoded",
    message="“{member}” is not base64 text.",
    why="The picture or attachment cannot be shown.",
    fix="Write standard base64 without line breaks and without a data: prefix.",
    wrong={"attachment": {"id": "urn:epass:mediaObject:1", "type": "MediaObject", "content": "data:image/png;base64,"}},
    right={"attachment": {"id": "urn:epass:mediaObject:1", "type": "MediaObject", "content": "iVBORw0KGgo="}},
)  # fmt: skip
MEDIA_TYPE_WRONG: Final = Rule(
    id="elm/media-type-wrong", severity=Severity.WARNING, since="0.1", source=_ELM,
    title="Media that are not what they say",
    message="The content is said to be {said} and is {seen}.",
    why="Strict viewers refuse to show it; lenient ones guess.",
    fix="Set `contentType` to what the bytes are.",
    wrong={"attachment": {"id": "urn:epass:mediaObject:1", "type": "MediaObject", "content": "iVBORw0KGgo=",
        "contentType": {"type": "Concept", "id": "http://publications.europa.eu/resource/authority/file-type/JPEG"}}},
    right={"attachment": {"id": "urn:epass:mediaObject:1", "type": "MediaObject", "content": "iVBORw0KGgo=",
        "contentType": {"type": "Concept", "id": "http://publications.europa.eu/resource/authority/file-type/PNG"}}},
)  # fmt: skip
LANGUAGE_TAG_WRONG: Final = Rule(
    id="elm/language-tag-wrong", severity=Severity.ERROR, since="0.1", source="BCP 47; RDF 1.1 N-Triples, LANGTAG",
    title="A language that is none",
    message="“{tag}” in “{member}” is no language tag.",
    why="Such a tag breaks the credential on its way to RDF.",
    fix="Write en, sr or sr-Latn: letters and hyphens, no underscore.",
    wrong={"displayParameter": {"id": "urn:epass:displayParameter:1", "type": "DisplayParameter",
                                "title": {"sr_Latn": "Podaci"}}},
    right={"displayParameter": {"id": "urn:epass:displayParameter:1", "type": "DisplayParameter",
                                "title": {"sr-Latn": "Podaci"}}},
)  # fmt: skip
ID_NOT_ABSOLUTE: Final = Rule(
    id="elm/id-not-absolute", severity=Severity.ERROR, since="0.1", source="W3C VC Data Model 1.1, 4.2",
    title="An id that names nothing outside the file",
    message="The id “{value}” is not an absolute IRI.",
    why="Software completes it with an address of its own or drops the object; the Commission's viewer refuses it.",
    fix="Write an absolute IRI, such as urn:epass:org:1 or https://example.org/…",
    wrong={"credentialSubject": {"id": "7", "type": "Person"}},
    right={"credentialSubject": {"id": "urn:epass:person:7", "type": "Person"}},
)  # fmt: skip
ONE_ID_TWO_OBJECTS: Final = Rule(
    id="elm/one-id-two-objects", severity=Severity.WARNING, since="0.1", source="RDF 1.1 Concepts, 3.2",
    title="Two different objects with one id",
    message="The id {value} stands for two different objects; as data they become one, with both contents mixed.",
    why="An id is the object's name: software that reads the data mixes the two, so that two titles or two pictures "
        "belong to one thing.",
    fix="Give each object an id of its own, or make the two alike.",
    wrong={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "memberOf": [
        {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "A"}},
        {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "B"}}]}},
    right={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "memberOf": [
        {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "A"}},
        {"id": "urn:epass:org:2", "type": "Organisation", "legalName": {"en": "B"}}]}},
)  # fmt: skip
NEWER_TERM: Final = Rule(
    id="elm/newer-term", severity=Severity.WARNING, since="0.1", source="ELM 3.3; context edc-ap of 2023-09-28",
    title="A property that only ELM 3.3 has",
    message="“{member}” came with ELM 3.3; the context in use drops it.",
    why="Credentials are still written with the 3.2 context, which does not define the term.",
    fix="Leave it out until a 3.3 context is published.",
    wrong={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "order": 1}},
    right={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person"}},
)  # fmt: skip
DROPPED_TERM: Final = Rule(
    id="elm/dropped-term", severity=Severity.WARNING, since="0.1", source="context edc-ap of 2023-09-28",
    title="A property that the context does not carry",
    message="“{member}” belongs to {cls}, but the published context has no term for it: its value is lost as data.",
    why="The model has the property, the context forgot it; whoever reads the credential as data does not see it.",
    fix="Say it in another property, such as an additional note.",
    wrong={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "contactPoint": {
        "id": "urn:epass:contactPoint:1", "type": "ContactPoint", "phone": {
            "id": "urn:epass:phone:1", "type": "Phone", "areaDialing": "11"}}}},
    right={"credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "contactPoint": {
        "id": "urn:epass:contactPoint:1", "type": "ContactPoint", "phone": {
            "id": "urn:epass:phone:1", "type": "Phone", "phoneNumber": "+381 11 2000000"}}}},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
