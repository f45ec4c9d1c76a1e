"""Contexts come from the package or not at all; whatever pyld raises becomes an error of ours."""

import subprocess
import sys
import threading
import warnings
from typing import Any

import pytest

from edc_microcred.errors import ContextError, LimitError, UnreadableError
from edc_microcred.jsonld import CREDENTIALS_V1, EDC_AP, RETIRED, expand, load, to_compact, to_quads
from edc_microcred.jsonld.loading import expand_by_pyld, survey
from edc_microcred.limits import Limits

CONTEXTS = [CREDENTIALS_V1, EDC_AP]
CREDENTIAL = {"id": "urn:credential:1", "type": ["VerifiableCredential", "EuropeanDigitalCredential"]}


def with_context(context: Any, **members: Any) -> dict[str, Any]:
    return {"@context": context, **CREDENTIAL, **members}


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ("https://www.w3.org/ns/credentials/v2", "cannot be combined with edc-ap"),
        ("https://ec.europa.eu/credentials/v1", "Nothing was ever published there"),
        ("https://example.org/own", CREDENTIALS_V1),
        ("file:///etc/passwd", EDC_AP),
        ("context.jsonld", EDC_AP),
        ("", EDC_AP),
    ],
)
def test_a_context_that_we_do_not_carry_is_refused_by_name(context: str, said: str) -> None:
    for document in (with_context([*CONTEXTS, context]), with_context(CONTEXTS, holder={"@context": context})):
        with pytest.raises(ContextError) as caught:
            expand(document)
        assert f"The context {context} is not one of those" in caught.value.message
        assert said in caught.value.remedy
        assert "Nothing is fetched" in caught.value.state


def test_the_loader_itself_refuses_what_we_do_not_carry() -> None:
    assert load(EDC_AP)["document"]["@context"]["elm"] == "http://data.europa.eu/snb/model/elm/"
    assert load(RETIRED[0])["document"] == load(EDC_AP)["document"]
    with pytest.raises(ContextError):
        load("https://example.org/own")


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ({"@import": EDC_AP}, "@import"),
        ({"@vocab": "relative/"}, "@vocab"),
        ({"@base": "relative/"}, "@base"),
        ({"Own": {"@id": "urn:x:Own", "@context": {"a": "urn:x:a"}}}, "of its own"),
        (7, "neither an address nor a set of terms"),
        ([[EDC_AP]], "neither an address nor a set of terms"),
        (True, "neither an address nor a set of terms"),
    ],
)
def test_a_context_in_the_document_may_only_define_terms(context: Any, said: str) -> None:
    with pytest.raises(ContextError, match=said):
        expand(with_context([*CONTEXTS, *context] if isinstance(context, list) else [*CONTEXTS, context]))


def test_terms_of_the_documents_own_are_taken() -> None:
    own = {"studentNumber": "https://example.org/studentNumber", "@language": "en"}
    (node,) = expand(with_context([*CONTEXTS, own], studentNumber="7"))
    assert node["https://example.org/studentNumber"] == [{"@value": "7", "@language": "en"}]


def test_a_term_that_the_document_defines_otherwise_means_what_the_document_says() -> None:
    document = with_context([*CONTEXTS, {"displayParameter": "https://example.org/other"}], displayParameter="x")
    members, _ = to_compact(document)
    assert "displayParameter" not in members
    assert members["https://example.org/other"] == "x"


def test_what_the_w3c_protects_cannot_be_defined_otherwise() -> None:
    with pytest.raises(UnreadableError, match="protected term redefinition"):
        expand(with_context([*CONTEXTS, {"id": "https://example.org/id"}]))


@pytest.mark.parametrize("value", [None, 7, "https://example.org/credential", True, 1.5])
def test_what_is_no_document_is_refused(value: Any) -> None:
    for read in (expand, to_compact, to_quads):
        with pytest.raises(UnreadableError, match="object or a list"):
            read(value)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"@id": 7}, "invalid @id value"),
        ({"@type": 7}, "invalid type value"),
        ({"title": {"en": 5}}, "invalid language map value"),
        ({"@graph": 7}, ""),
        ({"title": {"@value": {}}}, "invalid language map value"),
    ],
)
def test_what_is_not_json_ld_is_refused_with_its_code_and_without_its_content(
    members: dict[str, Any], code: str
) -> None:
    document = {"@context": CONTEXTS, "description": {"en": "Ana"}, **members}
    with pytest.raises(UnreadableError) as caught:
        expand(document)
    assert caught.value.message.startswith("The document is not JSON-LD")
    assert code in caught.value.message
    assert "Ana" not in str(caught.value)


def nested(levels: int) -> Any:
    value: Any = {"title": {"en": "x"}}
    for _ in range(levels):
        value = {"hasPart": value}
    return value


def test_depth_members_contexts_and_terms_are_limited() -> None:
    with pytest.raises(LimitError, match="128 levels"):
        expand(with_context(CONTEXTS, hasClaim=nested(200)))
    with pytest.raises(LimitError, match="nested too deep"):
        expand(with_context(CONTEXTS, hasClaim=nested(5000)), limits=Limits(depth=100_000))
    with pytest.raises(LimitError, match="members"):
        expand(with_context(CONTEXTS, hasClaim=["x"] * 1001), limits=Limits(members=1000))
    with pytest.raises(LimitError, match="256 contexts"):
        expand(with_context([EDC_AP] * 257))
    with pytest.raises(LimitError, match="256 contexts"):
        expand(with_context(CONTEXTS, hasClaim=[{"@context": []}] * 300))
    with pytest.raises(LimitError, match="2,000 terms"):
        expand(with_context([*CONTEXTS, {f"t{n}": f"urn:t:{n}" for n in range(2001)}]))


def test_many_values_of_one_property_take_time_in_proportion_to_their_number() -> None:
    """pyld compares each value with each; so many would take it an hour."""
    document = with_context(CONTEXTS, termsOfUse=[f"urn:x:{n}" for n in range(49_000)])
    assert len(to_quads(document)) == 49_002


def test_pylds_warnings_do_not_leave_the_room() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        expand(with_context([*CONTEXTS, {"own": "@ignored"}]))
    assert seen == []


def test_the_value_given_is_not_altered() -> None:
    document = with_context(CONTEXTS, credentialSubject={"id": "7", "type": "Person"})
    before = repr(document)
    expand(document)
    to_compact(document)
    assert repr(document) == before


OTHER_USER = """
from pyld import jsonld
from edc_microcred.jsonld import CREDENTIALS_V1, EDC_AP, expand

def own(address, options=None):
    document = {"@context": {"id": "@id", "title": "https://example.org/title"}}
    return {"contentType": None, "contextUrl": None, "documentUrl": address, "document": document}

for _ in range(2):
    ours = expand({"@context": [CREDENTIALS_V1, EDC_AP], "id": "urn:a", "title": {"en": "x"}})
    assert "http://purl.org/dc/terms/title" in ours[0]
    theirs = jsonld.expand({"@context": EDC_AP, "id": "urn:a", "title": "x"}, {"documentLoader": own})
    assert "https://example.org/title" in theirs[0]
"""


def test_the_contexts_of_other_users_of_pyld_are_left_alone() -> None:
    """pyld caches by address for the whole process, so this runs in one of its own."""
    done = subprocess.run([sys.executable, "-c", OTHER_USER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_many_threads_expand_at_once() -> None:
    faults: list[object] = []

    def work(number: int) -> None:
        own = {"own": f"https://example.org/{number}"}
        for _ in range(10):
            (node,) = expand_by_pyld(with_context([*CONTEXTS, own], own="x"))
            if f"https://example.org/{number}" not in node:
                faults.append(node)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_the_usual_form_is_read_without_pyld_and_rdflib() -> None:
    """They cost more to import than a credential to read."""
    program = (
        "import sys; from edc_microcred.jsonld import dropped_terms, relative_iris, to_compact;"
        f"members = {with_context(CONTEXTS)!r}; to_compact(members); dropped_terms(members); relative_iris(members);"
        "print(sorted({'pyld', 'rdflib'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_contexts_of_a_document_are_found_wherever_they_stand() -> None:
    document = [{"@context": EDC_AP, "a": {"b": [{"@context": CREDENTIALS_V1}]}}]
    assert survey(document) == [EDC_AP, CREDENTIALS_V1]
