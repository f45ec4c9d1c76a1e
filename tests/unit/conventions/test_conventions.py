"""What is found beyond the shapes, where it points, what it does not say, and how it ends on hostile input."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edc_microcred.conventions import RULES, check_conventions
from edc_microcred.conventions.contacts import is_web_address
from edc_microcred.elm import CLASSES
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.errors import EdcMicrocredError, LimitError
from edc_microcred.findings import Finding
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.shapes import Graph

LANGUAGE = "http://publications.europa.eu/resource/authority/language"
COUNTRY = "http://publications.europa.eu/resource/authority/country/SVN"
ISCED = "http://data.europa.eu/snb/isced-f"

VALUES = (
    *(kind for kind in CLASSES if kind in (
        "Person", "Concept", "Mailbox", "DisplayParameter", "IndividualDisplay", "DisplayDetail", "MediaObject")),
    "EuropeanDigitalCredential", "P60M", "1999-09-30T22:00:00Z", COUNTRY, f"{LANGUAGE}/ENG", "urn:x:1", "_:b0", "", "x",
)  # fmt: skip
MEMBERS = (
    "id", "type", "dateOfBirth", "workload", "volumeOfLearning", "content", "contentURL", "phoneNumber", "prefLabel",
    "credentialStatus", "inScheme", "primaryLanguage", "language", "title", "individualDisplay", "displayDetail",
    "page", "image", "contentType", "contentEncoding", "issuer", "legalName", "givenName", "familyName", "nationalID",
    "notation", "contactPoint", "emailAddress", "displayParameter", "hasClaim", "en",
)  # fmt: skip


def found(members: dict[str, Any], limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    return check_conventions(Graph.of({"@context": list(CONTEXTS), **members}), limits=limits)


def rules(members: dict[str, Any]) -> list[str]:
    return [finding.rule for finding in found(members)]


def person(**members: Any) -> dict[str, Any]:
    return {"id": "urn:epass:person:1", "type": "Person", **members}


def concept(**members: Any) -> dict[str, Any]:
    return {"type": "Concept", **members}


def test_a_value_is_of_the_list_that_it_names_even_if_its_id_looks_like_nothing() -> None:
    scheme = {"id": f"{ISCED}/25831c2", "type": "ConceptScheme"}
    [finding] = found(concept(id="https://example.org/subject/7", inScheme=scheme))
    assert (finding.rule, finding.pointer, finding.values["list"]) == ("cv/not-in-list", "/id", "isced-f")


def test_a_value_that_exists_is_wrong_in_a_complete_list_that_lacks_it() -> None:
    eqf = {"id": "http://data.europa.eu/snb/eqf/25831c2", "type": "ConceptScheme"}
    [finding] = found(concept(id=f"{ISCED}/0613", inScheme=eqf))
    assert (finding.rule, finding.severity.value, finding.pointer) == ("cv/not-in-list", "error", "/id")
    assert finding.values["list"] == "eqf"
    assert rules(concept(id="http://data.europa.eu/snb/eqf/6", inScheme=eqf)) == []


def test_a_value_that_exists_gets_a_warning_in_a_list_that_nobody_can_ask() -> None:
    for scheme in ("https://example.org/levels", "http://data.europa.eu/snb/claim-type/25831c2"):
        [finding] = found(concept(id="http://data.europa.eu/snb/eqf/6", inScheme={"id": scheme}))
        assert (finding.rule, finding.severity.value) == ("cv/scheme-members", "warning")


def test_a_value_of_an_institutions_own_list_is_not_asked_for_in_another() -> None:
    assert rules(concept(id="https://example.org/s/7", inScheme={"id": "https://example.org/s"})) == []


def test_an_unknown_value_of_a_list_that_is_partial_here_proves_nothing() -> None:
    [finding] = found(concept(id="http://data.europa.eu/esco/skill/00000000-0000-0000-0000-000000000000"))
    assert (finding.rule, finding.severity.value) == ("cv/not-checked", "info")


def test_a_list_that_cannot_be_asked_is_named_once_for_all_its_values() -> None:
    values = [concept(id=f"http://data.europa.eu/snb/claim-type/{n}") for n in range(5)]
    assert rules({"id": "urn:epass:note:1", "type": "Note", "noteSubject": values[0], "dcType": values}) == [
        "cv/not-checked"
    ]


@pytest.mark.parametrize("label", ["Serbian", "SERBIAN", " serbian "])
def test_labels_are_compared_without_regard_to_case_and_space(label: str) -> None:
    assert rules(concept(id=f"{LANGUAGE}/SRP", prefLabel={"en": label})) == []


def test_a_wrong_label_is_shown_beside_the_right_one() -> None:
    [finding] = found(concept(id=COUNTRY, prefLabel={"en": "Slovenia", "de": "Slovenia"}))
    assert (finding.rule, finding.pointer) == ("cv/label-wrong", "/prefLabel/de")
    assert finding.values["label"] == "Slowenien"


def test_a_label_in_a_language_that_the_list_lacks_is_nobodys_to_judge() -> None:
    assert rules(concept(id=f"{LANGUAGE}/SRP", prefLabel={"xx": "anything"})) == []


@pytest.mark.parametrize(
    ("date", "shifted"),
    [
        ("1999-09-30T22:00:00Z", True),
        ("1999-09-30T23:00:00.000Z", True),
        ("1999-10-01T00:00:00.5Z", True),
        ("1999-10-01T00:00:00Z", False),
        ("1999-10-01T00:00:00.000+02:00", False),
        ("no date", False),
    ],
)
def test_a_date_of_birth_is_midnight(date: str, shifted: bool) -> None:
    assert rules(person(dateOfBirth=date)) == ["edc/date-shifted"] * shifted


def test_a_date_of_birth_is_not_repeated() -> None:
    [finding] = found(person(dateOfBirth="1999-09-30T22:00:00Z"))
    assert "1999" not in finding.message + str(dict(finding.values))


@pytest.mark.parametrize(
    ("duration", "meant"),
    [("P60M", True), ("P24M", True), ("P23M", False), ("P2Y60M", False), ("PT60M", False), ("P60MT1H", True)],
)
def test_two_years_of_work_in_months_are_doubted(duration: str, meant: bool) -> None:
    activity = {"id": "urn:epass:activity:1", "type": "LearningActivity", "workload": duration}
    assert rules(activity) == ["edc/months-for-minutes"] * meant


@pytest.mark.parametrize(
    "id_",
    [
        "urn:epass:person:Jelena-1",
        "https://example.org/p/jelena/petrovic",
        "urn:x:petrovi%C4%87",
        "urn:x:petrović",
        "urn:x:19991001",
        "urn:x:1999-10-01:7",
        "urn:x:01.10.1999",
        "urn:x:0110999715017",
        "urn:x:jelena.p@example.org",
    ],
)
def test_an_id_with_a_persons_data_is_found_and_the_data_not_repeated(id_: str) -> None:
    members = person(
        givenName={"sr": "Jelena"},
        familyName={"sr": "Petrović"},
        dateOfBirth="1999-10-01T00:00:00Z",
        nationalID={"id": "urn:epass:legalIdentifier:1", "type": "LegalIdentifier", "notation": "0110999-715017"},
        contactPoint={"id": "urn:epass:contactPoint:1", "type": "ContactPoint",
                      "emailAddress": {"id": "mailto:jelena.p@example.org", "type": "Mailbox"}},
        hasClaim={"id": id_, "type": "LearningAchievement"},
    )  # fmt: skip
    [finding] = found(members)
    assert (finding.rule, finding.pointer) == ("edc/personal-data-in-id", "/hasClaim/id")
    said = (finding.message + str(dict(finding.values))).lower()
    assert not any(part in said for part in ("jelena", "petrovi", "1999", "0110999"))


@pytest.mark.parametrize(
    ("given", "id_"),
    [
        ("Ana", "urn:epass:organisation:analysis"),
        ("Al", "urn:al:1"),
        ("Max", "https://www.max.example.org/courses/7"),
        ("Eng", f"{LANGUAGE}/ENG"),
        ("Grade", "urn:epass:grade:7"),
    ],
)
def test_a_name_inside_another_word_a_host_or_a_list_is_no_personal_data(given: str, id_: str) -> None:
    assert rules(person(givenName={"en": given}, hasClaim={"id": id_, "type": "LearningAchievement"})) == []


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.sampled_from(VALUES),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=6).map(lambda d: {"type": "Person", **d})
        ),
        max_leaves=25,
    )
)
def test_any_use_of_the_members_that_are_looked_at_gives_findings_or_a_clear_error(value: Any) -> None:
    try:
        findings = found({"id": "urn:credential:1", "hasClaim": value, "displayParameter": value})
    except EdcMicrocredError:
        return
    assert all(finding.rule in {rule.id for rule in RULES} for finding in findings)


def test_thousands_of_persons_and_ids_are_looked_through_in_a_moment() -> None:
    claims = [{"id": f"urn:x:{n}:person:claim", "type": "LearningAchievement"} for n in range(3000)]
    persons = [
        {"id": f"urn:p:{n}", "type": "Person", "givenName": {"en": f"person claim {n}"}, "familyName": {"en": f"Nn{n}"}}
        for n in range(3000)
    ]
    started = time.perf_counter()
    found({"id": "urn:g", "type": "Group", "member": persons, "hasClaim": claims})
    assert time.perf_counter() - started < 5


def test_a_name_in_thousands_of_ids_is_found_in_a_moment() -> None:
    count = 8000
    claims = [{"id": f"urn:x:{n}", "type": "LearningAchievement"} for n in range(count)]
    named = [{"id": f"urn:x:ana:{n}", "type": "LearningAchievement"} for n in range(count)]
    started = time.perf_counter()
    assert len(found(person(givenName={"en": "Ana"}, hasClaim=[*claims, *named]))) == count
    assert time.perf_counter() - started < 3


def test_a_word_is_looked_for_as_it_stands_and_not_across_a_host_that_is_left_out() -> None:
    ids = ["urn:x:anurn:epass:grade:a", "urn:x:an|https://example.org|a"]
    claims = [{"id": id_, "type": "LearningAchievement"} for id_ in ids]
    many = {str(n): f"Name{n}" for n in range(100)}
    for names in ({"en": "Ana"}, {"en": "Ana"} | {f"x-{tag}": name for tag, name in many.items()}):
        assert rules(person(givenName=names, hasClaim=claims)) == []


def test_what_is_found_in_one_object_comes_in_the_order_of_its_members() -> None:
    members = {"maximumDuration": "PT6M", "volumeOfLearning": "P60M"}
    for names in (list(members), list(reversed(members))):
        object_ = {"id": "urn:epass:qualification:1", "type": "Qualification"} | {name: members[name] for name in names}
        assert [finding.pointer for finding in found(object_)] == [f"/{name}" for name in names]


def test_more_findings_than_the_limit_are_refused() -> None:
    values = [concept(id=f"{ISCED}/x{n}") for n in range(50)]
    with pytest.raises(LimitError, match="more than 10"):
        found({"id": "urn:epass:specification:1", "type": "Qualification", "thematicArea": values}, Limits(findings=10))


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("https://example.org/a?b#c", True),
        ("http://example.org", True),
        ("https://", False),
        ("https://example.org/a b", False),
        ("ftp://example.org", False),
        ("example.org", False),
        ("https://[", False),
    ],
)
def test_web_addresses_are_whole(address: str, right: bool) -> None:
    assert is_web_address(address) is right


@pytest.mark.parametrize(
    "id_", ["office@example.org", "mailto:office", "mailto:a@b", "mailto:a@example.org,b@example.org"]
)
def test_a_mailbox_that_cannot_be_written_to_is_found_without_its_address(id_: str) -> None:
    [finding] = [f for f in found({"id": id_, "type": "Mailbox", "prefLabel": {"en": "x"}}) if f.rule.startswith("edc")]
    assert finding.rule == "edc/email-form" and id_ not in finding.message


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("+381 11 2000000", True),
        ("(0)1/234-56 78 ext 9", True),
        ("tel:+38111200000", True),
        ("12", False),
        ("ask", False),
    ],
)
def test_telephone_numbers_can_be_dialled(number: str, right: bool) -> None:
    assert (rules({"id": "urn:epass:phone:1", "type": "Phone", "phoneNumber": number}) == []) is right


def test_a_document_that_a_json_ld_processor_has_to_read_is_looked_through_too() -> None:
    members = {"@context": [*CONTEXTS, {"x": "https://example.org/"}], **person(dateOfBirth="1999-09-30T22:00:00Z")}
    [finding] = check_conventions(Graph.of(members))
    assert finding.rule == "edc/date-shifted"


@pytest.mark.parametrize("iri", [
    "urn:epass:person:zz@example.org", "https://example.org/l/zz%40example.org", "mailto:zz@example.org",
])  # fmt: skip
def test_an_address_inside_a_persons_id_is_personal_whoever_it_belongs_to(iri: str) -> None:
    [finding] = found(person(id=iri, givenName={"en": "Ana"}))
    assert (finding.rule, finding.pointer) == ("edc/personal-data-in-id", "/id")
    assert "zz" not in finding.message


@pytest.mark.parametrize("iri", ["urn:epass:person:1", "https://user@host/1", "urn:x:a@b", "did:web:example.org:1"])
def test_an_id_without_an_address_is_no_personal_data(iri: str) -> None:
    assert rules(person(id=iri)) == []


@pytest.mark.parametrize("iri", ["mailto:foo at bar", "foo at bar", "mailto:foo", "mailto:a@b"])
def test_a_mailbox_whose_id_is_no_address_is_found_even_where_it_is_no_iri(iri: str) -> None:
    mailbox = {"id": iri, "type": "Mailbox"}
    [finding] = found({"id": "urn:epass:contactPoint:1", "type": "ContactPoint", "emailAddress": mailbox})
    assert (finding.rule, finding.pointer) == ("edc/email-form", "/emailAddress/id")


@pytest.mark.parametrize("longest", ["PT90M", "PT45H", "P6M", "PT25M", "PT6M30S", "P21D"])
def test_a_longest_time_that_can_be_meant_is_let_pass(longest: str) -> None:
    assert rules({"id": "urn:epass:qualification:1", "type": "Qualification", "maximumDuration": longest}) == []


def test_a_short_piece_of_work_may_take_minutes() -> None:
    assert rules({"id": "urn:epass:activity:1", "type": "LearningActivity", "workload": "PT10M"}) == []
