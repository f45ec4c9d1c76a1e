"""What a profile can find wrong with a credential, rule by rule.

An example is one object of a credential, or several in `nodes`, read under the two usual contexts; those of a profile
name it in `profile`. A small object breaks other rules too: what `wrong` breaks beyond `right` is the rule itself.
"""

from typing import Any, Final

from edc_microcred.findings import Rule, Severity

_ELM: Final = "ELM 3.2, EDC application profile 1.2.0"
_COUNTRY: Final = "http://publications.europa.eu/resource/authority/country"
_SERBIA: Final = {"id": f"{_COUNTRY}/SRB", "type": "Concept", "inScheme": {"id": _COUNTRY, "type": "ConceptScheme"}}
_NOTE: Final = {"id": "urn:epass:note:1", "type": "Note", "noteLiteral": {"en": "Held online."}}
_PERSON: Final[dict[str, Any]] = {
    "id": "urn:epass:person:1",
    "type": "Person",
    "hasClaim": {"id": "urn:epass:entitlement:1", "type": "LearningEntitlement", "title": {"en": "May enrol"},
                 "awardedBy": {"id": "urn:epass:process:1", "type": "AwardingProcess",
                               "awardingBody": {"id": "urn:epass:agent:1", "type": "Agent"}}},
}  # fmt: skip
_ORG: Final = {"id": "urn:epass:org:1", "type": "Agent"}
_EIDAS: Final = {"id": "urn:epass:legalIdentifier:1", "type": "LegalIdentifier", "notation": "VATRS-1",
                 "spatial": _SERBIA}  # fmt: skip
_CREDENTIAL: Final[dict[str, Any]] = {
    "id": "urn:credential:1",
    "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
    "credentialSchema": {"id": "http://data.europa.eu/snb/model/ap/edc-generic-full", "type": "ShaclValidator2017"},
}  # fmt: skip
_ISSUED: Final[dict[str, Any]] = {**_CREDENTIAL, "issuer": {**_ORG, "eIDASIdentifier": _EIDAS}}

# Demands of the general model.
MISSING: Final = Rule(
    id="elm/missing", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, sh:minCount",
    title="Something that must be there is missing",
    message="The {cls} has no “{member}”, which must be there.{because} {means}",
    why="Readers, and the software of the Commission, rely on it; without it the profile refuses the credential.",
    fix="Add the member. If it seems to be there, look whether it is in the right object and spelt exactly so.",
    wrong={"id": "urn:epass:note:1", "type": "Note"}, right=_NOTE,
)  # fmt: skip
TOO_MANY: Final = Rule(
    id="elm/too-many", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, sh:maxCount",
    title="More values than there may be",
    message="The {cls} has {count} different values of “{member}”, where at most {at_most} may be.{because}",
    why="A reader cannot tell which of the values is meant, and software shows one of them by chance.",
    fix="Keep the one that is meant. Objects with one id are one object: give different things different ids.",
    wrong={"nodes": [{"id": "urn:epass:phone:1", "type": "Phone", "phoneNumber": "+381 11 2000000"},
                     {"id": "urn:epass:phone:1", "type": "Phone", "phoneNumber": "+381 21 4000000"}]},
    right={"nodes": [{"id": "urn:epass:phone:1", "type": "Phone", "phoneNumber": "+381 11 2000000"},
                     {"id": "urn:epass:phone:2", "type": "Phone", "phoneNumber": "+381 21 4000000"}]},
)  # fmt: skip
CLASS: Final = Rule(
    id="elm/class", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, sh:class and sh:or",
    title="A value that is not of its class",
    message="“{member}” of the {cls} takes {wanted}; here is {seen}.",
    why="The property means something only for objects of its class; software that looks for one finds none.",
    fix="Write an object and say in `type` what it is; an id alone counts if the object is described elsewhere.",
    wrong={"id": "urn:epass:contactPoint:1", "type": "ContactPoint", "emailAddress": "mailto:info@example.org"},
    right={"id": "urn:epass:contactPoint:1", "type": "ContactPoint",
           "emailAddress": {"id": "mailto:info@example.org", "type": "Mailbox"}},
)  # fmt: skip
CLAIM: Final = Rule(
    id="elm/claim", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, ClaimNodeShape",
    title="Something that is no claim",
    message="“{member}” of the {cls} takes an achievement, activity, assessment or entitlement; here is {seen}.",
    why="What a learner has done or reached must be one of the four kinds, or a general claim that says its own kind.",
    fix="Set `type` to LearningAchievement, LearningActivity, LearningAssessment or LearningEntitlement. A general "
        "Claim needs `title`, `awardedBy` and `dcType`.",
    wrong={"id": "urn:epass:process:1", "type": "AwardingProcess", "awardingBody": _ORG,
           "awards": {"id": "urn:epass:org:2", "type": "Agent"}},
    right={"id": "urn:epass:process:1", "type": "AwardingProcess", "awardingBody": _ORG,
           "awards": _PERSON["hasClaim"]},
)  # fmt: skip
DATATYPE: Final = Rule(
    id="elm/datatype", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, sh:datatype",
    title="A value that is not of its data type",
    message="“{member}” of the {cls} takes {wanted}; here is {seen}.",
    why="Software cannot make a date, a number or a text of it.",
    fix="Write the value in the form that the property takes.",
    wrong={"id": "urn:epass:period:1", "type": "PeriodOfTime", "startDate": "in spring"},
    right={"id": "urn:epass:period:1", "type": "PeriodOfTime", "startDate": "2026-03-01T00:00:00Z"},
)  # fmt: skip
NODE_KIND: Final = Rule(
    id="elm/node-kind", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, sh:nodeKind",
    title="A text where a web address belongs, or the reverse",
    message="“{member}” of the {cls} takes {wanted}; here is {seen}.",
    why="An address can be followed and compared, a text can be read; one does not do the other's work.",
    fix="Write what the property takes: a text, or an object with an id that is an absolute IRI.",
    wrong={"id": "urn:epass:id:1", "type": "Identifier", "notation": {"id": "urn:example:7"}},
    right={"id": "urn:epass:id:1", "type": "Identifier", "notation": "7"},
)  # fmt: skip
LANGUAGE_TWICE: Final = Rule(
    id="elm/language-twice", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, sh:uniqueLang",
    title="Two texts in one language",
    message="“{member}” of the {cls} has more than one text in the language {tags}.{because}",
    why="A reader of that language is shown one of the texts by chance.",
    fix="Keep one text for each language. Tags that differ only in capitals are the same language.",
    wrong={"id": "urn:epass:grading:1", "type": "GradingScheme", "title": {"en": ["1 to 10", "5 to 10"]}},
    right={"id": "urn:epass:grading:1", "type": "GradingScheme", "title": {"en": "5 to 10", "sr": "5 do 10"}},
)  # fmt: skip
MAXIMUM: Final = Rule(
    id="elm/above-maximum", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, sh:maxInclusive",
    title="A number that is too large",
    message="“{member}” of the {cls} is at most {maximum}; here is {seen}.",
    why="The property is a share in percent.",
    fix="Write a whole number from 1 to the maximum.",
    wrong={**_PERSON, "hasClaim": {"id": "urn:epass:activity:1", "type": "LearningActivity", "title": {"en": "Data"},
                                   "awardedBy": _PERSON["hasClaim"]["awardedBy"], "levelOfCompletion": 250}},
    right={**_PERSON, "hasClaim": {"id": "urn:epass:activity:1", "type": "LearningActivity", "title": {"en": "Data"},
                                   "awardedBy": _PERSON["hasClaim"]["awardedBy"], "levelOfCompletion": 80}},
)  # fmt: skip
LEXICAL_FORM: Final = Rule(
    id="elm/lexical-form", severity=Severity.ERROR, since="0.1", source="XML Schema 1.1 part 2, 3.3",
    title="A value in a form that its data type does not have",
    message="“{member}” of the {cls} must be {wanted}, and reads “{value}”.",
    why="Some validators let it pass, the Commission's does not, and readers take it for different things.",
    fix="Dates: 2026-03-01T09:00:00+01:00. Durations: PT75H, P21D or P2M, never weeks. Numbers: digits only.",
    wrong={"id": "urn:epass:period:1", "type": "PeriodOfTime", "startDate": "2026-03-01"},
    right={"id": "urn:epass:period:1", "type": "PeriodOfTime", "startDate": "2026-03-01T00:00:00Z"},
)  # fmt: skip

# Controlled vocabularies (all profiles but generic-no-cv).
SCHEME: Final = Rule(
    id="cv/scheme", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, generic-full, sh:hasValue",
    title="A coded value that does not name its list",
    message="“{member}” of the {cls} must be a value from the list {scheme}, and does not say so.",
    why="Only a value from the list means the same to everybody; the profile wants the value to name its list.",
    fix="Add `inScheme` with the id of the list and the type ConceptScheme, and no other list.",
    wrong={"id": "urn:epass:address:1", "type": "Address", "countryCode": {"id": f"{_COUNTRY}/SRB", "type": "Concept"}},
    right={"id": "urn:epass:address:1", "type": "Address", "countryCode": _SERBIA},
)  # fmt: skip
NO_URI: Final = Rule(
    id="cv/no-uri", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, generic-full, sh:nodeKind",
    title="A coded value without its code",
    message="“{member}” of the {cls} must be a value with an id from the list {scheme}; here is {seen}.",
    why="The id is the code: without it the value is a mere word that nobody can compare.",
    fix="Give the value the id that it has in the list.",
    wrong={"id": "urn:epass:address:1", "type": "Address", "countryCode": {"type": "Concept",
           "inScheme": _SERBIA["inScheme"]}},
    right={"id": "urn:epass:address:1", "type": "Address", "countryCode": _SERBIA},
)  # fmt: skip

# Demands of the credential and its profile.
ISSUER_IDENTIFIER: Final = Rule(
    id="edc/issuer-identifier", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, IssuerNodeShape",
    title="The issuer has no official number",
    message="The issuer must have exactly one “eIDASIdentifier”, a LegalIdentifier; this one has {seen}.",
    why="The number ties the issuer to the certificate of the seal; without it nobody can tell that they are the same.",
    fix="Add `eIDASIdentifier` to the issuer: the number in the seal's certificate (organizationIdentifier). The "
        "Commission's issuer adds it when it seals.",
    wrong={**_CREDENTIAL, "issuer": _ORG}, right=_ISSUED,
)  # fmt: skip
PROFILE_MISSING: Final = Rule(
    id="edc/profile-missing", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, the profiles beyond generic",
    title="Something that the profile wants is missing",
    message="The profile “{profile}” wants “{member}” in each {cls}, and here is none. {means}",
    why="The profile promises its readers that it is there.",
    fix="Add the member, or declare a profile that does not ask for it.",
    wrong={"profile": "converted", "id": "urn:epass:evidence:1", "type": "Evidence",
           "dcType": {"id": "http://data.europa.eu/snb/evidence-type/c_c4f849d7", "type": "Concept",
                      "inScheme": {"id": "http://data.europa.eu/snb/evidence-type/25831c2", "type": "ConceptScheme"}}},
    right={"profile": "generic-full", "id": "urn:epass:evidence:1", "type": "Evidence",
           "dcType": {"id": "http://data.europa.eu/snb/evidence-type/c_c4f849d7", "type": "Concept",
                      "inScheme": {"id": "http://data.europa.eu/snb/evidence-type/25831c2", "type": "ConceptScheme"}}},
)  # fmt: skip
PROFILE_TOO_MANY: Final = Rule(
    id="edc/profile-too-many", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, the profiles beyond generic",
    title="More than the profile allows",
    message="The profile “{profile}” allows {at_most} “{member}” in each {cls}, and here are {count}.{because}",
    why="The profile promises its readers that there is one.",
    fix="Keep one, or declare a profile that allows several.",
    wrong={"profile": "accredited", **_PERSON, "hasClaim": [
        {**_PERSON["hasClaim"], "id": f"urn:epass:achievement:{n}", "type": "LearningAchievement"} for n in (1, 2)]},
    right={"profile": "accredited", **_PERSON, "hasClaim": {
        **_PERSON["hasClaim"], "id": "urn:epass:achievement:1", "type": "LearningAchievement"}},
)  # fmt: skip
PROFILE_CLASS: Final = Rule(
    id="edc/profile-class", severity=Severity.ERROR, since="0.1", source=f"{_ELM}, accredited, ClaimNodeShape",
    title="A value of a class that the profile does not take",
    message="The profile “{profile}” takes only {wanted} in “{member}” of the {cls}; here is {seen}.",
    why="An accreditation covers what was achieved; other claims are not covered by it.",
    fix="Make the achievement the person's claim, and put activities and assessments below it; or declare “generic”.",
    wrong={"profile": "accredited", **_PERSON},
    right={"profile": "accredited", **_PERSON, "hasClaim": {
        **_PERSON["hasClaim"], "id": "urn:epass:achievement:1", "type": "LearningAchievement"}},
)  # fmt: skip
CYCLE: Final = Rule(
    id="edc/diploma-supplement-cycle", severity=Severity.INFO, since="0.1",
    source=f"{_ELM}, Diploma Supplement, Qualification hasPart",
    title="No ordinary Diploma Supplement can meet its profile",
    message="The profile “{profile}” wants a part in each qualification, also in each part: this has no end.",
    why="A qualification needs a part that is a qualification, which needs a part in its turn. Only qualifications "
        "that contain each other in a circle meet the published rules; no public sample does. It is not your mistake.",
    fix="Declare the profile “accredited”, which is what the Commission's issuer does for Diploma Supplements.",
    wrong={"profile": "diploma-supplement", "id": "urn:epass:qualification:1", "type": "Qualification"},
    right={"profile": "diploma-supplement", "id": "urn:epass:qualification:1", "type": "Qualification",
           "hasPart": "urn:epass:qualification:1"},
)  # fmt: skip
NO_CREDENTIAL: Final = Rule(
    id="edc/no-credential", severity=Severity.ERROR, since="0.1", source="SHACL, 3.4; W3C VC Data Model 1.1, 4.3",
    title="There is no credential that could be validated",
    message="As data, there is no European Digital Credential here: {because}",
    why="The published rules look at credentials only; where there is none they find nothing wrong, and let it pass.",
    fix="Give the credential itself (the payload of a sealed file), with both contexts and with the types "
        "VerifiableCredential and EuropeanDigitalCredential.",
    wrong={"id": "urn:credential:1", "type": ["VerifiableCredential", "Diploma"]}, right=_CREDENTIAL,
)  # fmt: skip
SEVERAL_CREDENTIALS: Final = Rule(
    id="edc/several-credentials", severity=Severity.ERROR, since="0.1", source="W3C VC Data Model 1.1, 4.3",
    title="There is more than one credential",
    message="As data, there are {count} European Digital Credentials here; which of them is meant cannot be told.",
    why="A seal, a date and a verdict belong to one credential.",
    fix="Put each credential in a file of its own, and mention others by their id only.",
    wrong={"nodes": [_CREDENTIAL, {**_CREDENTIAL, "id": "urn:credential:2"}]}, right=_CREDENTIAL,
)  # fmt: skip
LANGUAGE_TAG: Final = Rule(
    id="ld/language-tag", severity=Severity.ERROR, since="0.1", source="RDF 1.1 N-Triples, LANGTAG; BCP 47",
    title="A text whose language is none",
    message="“{tag}” is no language tag; software that reads the credential as data loses the text, or the file.",
    why="RDF has no form for such a tag.",
    fix="Write en, sr or sr-Latn: letters and hyphens, no underscore, no space.",
    wrong={**_NOTE, "noteLiteral": {"en": "Held online.", "sr_Latn": "Onlajn."}},
    right={**_NOTE, "noteLiteral": {"en": "Held online.", "sr-Latn": "Onlajn."}},
)  # fmt: skip

# Which profile a credential declares.
PROFILE_UNKNOWN: Final = Rule(
    id="edc/profile-unknown", severity=Severity.WARNING, since="0.1", source="W3C VC Data Model 1.1, 5.4",
    title="A set of rules that is not known here",
    message="The credential says that it follows {schema}, which is none of the published profiles: not checked.",
    why="Nobody looked whether it keeps those rules.",
    fix="Use the address of a published profile, such as http://data.europa.eu/snb/model/ap/edc-generic-full.",
    wrong={**_CREDENTIAL, "credentialSchema": [
        _CREDENTIAL["credentialSchema"], {"id": "https://example.org/rules", "type": "ShaclValidator2017"}]},
    right=_CREDENTIAL,
)  # fmt: skip
PROFILE_UNDECLARED: Final = Rule(
    id="edc/profile-undeclared", severity=Severity.WARNING, since="0.1", source=f"{_ELM}, credentialSchema",
    title="No profile is declared",
    message="Neither “credentialSchema” nor “credentialProfiles” names a published profile; “{profile}” was used.",
    why="A validator does not know which rules the issuer promised to keep.",
    fix="Add `credentialSchema` with the address of the profile.",
    wrong={"id": _CREDENTIAL["id"], "type": _CREDENTIAL["type"]},
    right=_CREDENTIAL,
)  # fmt: skip
PROFILE_NOT_IN_SCHEMA: Final = Rule(
    id="edc/profile-not-in-schema", severity=Severity.INFO, since="0.1", source=f"{_ELM}, credentialSchema",
    title="The kind of credential has rules that it does not claim to follow",
    message="The credential is of the kind “{kind}”, but “credentialSchema” does not name the profile of that kind.",
    why="The Commission's wallet checks what `credentialSchema` names, so the rules for this kind were not applied.",
    fix="Name the profile of the kind in `credentialSchema`, or choose the kind “Generic”.",
    wrong={**_CREDENTIAL, "credentialProfiles": {"id": "http://data.europa.eu/snb/credential/c_7e400154"}},
    right={**_CREDENTIAL, "credentialProfiles": {"id": "http://data.europa.eu/snb/credential/e34929035b"}},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
