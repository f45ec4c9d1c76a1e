"""The two contexts, written from the models and a small table."""

import json
from collections import defaultdict

from edc_microcred.elm import CLASSES
from edc_microcred.jsonld import CREDENTIALS_V1, EDC_AP, credentials_v1_context, edc_ap_context, prefixes, terms
from edc_microcred.jsonld.definitions import class_terms, property_terms, type_scoped

EDC = edc_ap_context()["@context"]
V1 = credentials_v1_context()["@context"]


def test_a_property_has_one_meaning_in_all_classes_that_have_it() -> None:
    meanings = defaultdict(set)
    for cls in CLASSES.values():
        for fact in cls.terms().values():
            if fact.context_iri is not None and fact.since != "3.3":
                is_iri = fact.coerced_to_iri or bool(fact.ranges) or fact.datatype == "sh:IRI"
                meanings[fact.name].add((fact.context_iri, is_iri, None if is_iri else fact.datatype))
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_the_slips_of_the_published_context_are_kept() -> None:
    assert EDC["clv"] == "http://data.europa.eu/m8g"
    assert EDC["latitude"] == {"@id": "clv:latitude", "@type": "xsd:string"}
    assert EDC["dateModified"] == {"@id": "dc:modified", "@type": "@id"}
    assert EDC["descriptionHtml"]["@type"] == "@id"
    assert terms()["latitude"].iri == "clv:latitude"
    assert "clv" not in prefixes()


def test_properties_that_only_elm_3_3_has_and_forgotten_ones_are_not_in_it() -> None:
    facts = [fact for cls in CLASSES.values() if cls.SINCE != "3.3" for fact in cls.terms().values()]
    missing = {fact.name for fact in facts if fact.context_iri is None or fact.since == "3.3"}
    assert {"order", "recognises", "hasFamilyRelationship", "areaDialing", "geometry", "hasMember"} <= missing
    assert not missing & EDC.keys()
    assert not {"RecognitionAgreement", "FamilyRelationship", "sendingOrganisation"} & EDC.keys()
    assert {"areaDialingCode", "dateCreated", "publisher", "vc"} <= EDC.keys()


def test_the_terms_of_the_w3c_hold_only_inside_their_types() -> None:
    assert not {"issuer", "credentialSubject", "validFrom", "evidence"} & (EDC.keys() | V1.keys())
    credential = V1["VerifiableCredential"]["@context"]
    assert credential["validFrom"] == {"@id": "cred:validFrom", "@type": "xsd:dateTime"}
    assert credential["proof"] == {"@id": "sec:proof", "@type": "@id", "@container": "@graph"}
    assert V1["@protected"] is credential["@protected"] is True
    assert "id" not in V1["RsaSignature2018"]["@context"]
    assert V1["Ed25519Signature2018"]["@context"]["id"] == "@id"
    assert type_scoped()["RsaSignature2018"]["jws"].iri == "sec:jws"
    assert type_scoped()["Ed25519Signature2018"]["jws"].iri == "https://w3id.org/security#jws"


def test_the_contexts_come_out_the_same_each_time() -> None:
    assert json.dumps(edc_ap_context()) == json.dumps(edc_ap_context())
    assert list(EDC)[:2] == ["elm", "cred"]
    properties = [name for name in EDC if isinstance(EDC[name], dict)]
    assert properties == sorted(properties)
    assert (CREDENTIALS_V1, EDC_AP) == (
        "https://www.w3.org/2018/credentials/v1",
        "http://data.europa.eu/snb/model/context/edc-ap",
    )


def test_every_property_of_the_model_can_be_found_by_its_iri() -> None:
    for cls in CLASSES.values():
        assert cls.TYPE in class_terms().values()
        for fact in cls.terms().values():
            if not fact.w3c:
                assert property_terms()[fact.iri if fact.context_iri is None else terms()[fact.name].iri].name in (
                    fact.name, "descriptionHtml",
                )  # fmt: skip
