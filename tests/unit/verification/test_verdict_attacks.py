"""Files that somebody made to pass, each sealed with a good seal of a trusted authority: none is valid."""

import base64
import copy
import json
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from edc_microcred import FileSigner, Outcome, TrustPolicy, load, seal, verify
from edc_microcred.errors import UnreadableError
from edc_microcred.jsonld import to_compact
from edc_microcred.testing import TestAuthority
from edc_microcred.testing.faults import Fault
from edc_microcred.verification import VerificationReport
from edc_microcred.verification.limiting import meant
from tests.unit.verification.conftest import NOW

Members = dict[str, Any]
PAST, FUTURE = "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"
STATUS = {"id": "https://example.org/status/7", "type": "CredentialStatus"}


@pytest.fixture(scope="module")
def members(sealed: bytes) -> Members:
    read: Members = json.loads(load(sealed).text)
    return read


@pytest.fixture(scope="module")
def judged(policy: TrustPolicy, signer: FileSigner) -> Callable[..., VerificationReport]:
    """What is said of a text, or members, that a good seal is around."""

    def judge(payload: Any, by: FileSigner = signer, **arguments: Any) -> VerificationReport:
        text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
        return verify(seal(text, by, header="edc", at=NOW).raw, policy, at=NOW, **arguments)

    return judge


Judge = Callable[..., VerificationReport]


def test_what_is_changed_below_was_valid(members: Members, judged: Judge) -> None:
    assert judged(members).outcome is Outcome.VALID


# Dates


@pytest.mark.parametrize("member", ["expirationDate", "validUntil", "validFrom"])
@pytest.mark.parametrize(
    "value", ["2020-01-01", "2020-01-01T00:00:00", "soon", "", 20200101, [PAST, FUTURE], {"x": PAST}, True]
)
def test_a_date_that_cannot_be_read_is_no_date_that_is_absent(
    members: Members, judged: Judge, member: str, value: Any
) -> None:
    report = judged({**members, member: value})
    assert report.outcome is not Outcome.VALID
    assert report.check("dates").outcome is Outcome.INDETERMINATE
    assert "edc/date-unreadable" in report.rules


@pytest.mark.parametrize(
    "name",
    ["expirationdate", "ExpirationDate", "expiration_date", "expirationDate ", "expir\u0430tionDate", "valid-until",
     "expiration\u200bDate"],
)  # fmt: skip
def test_an_expiry_under_a_name_like_the_right_one_is_not_passed_over(
    members: Members, judged: Judge, name: str
) -> None:
    report = judged({**members, name: PAST})
    assert report.check("dates").outcome is Outcome.INDETERMINATE
    assert "edc/date-unreadable" in report.rules


@pytest.mark.parametrize("iri", ["cred:expirationDate", "https://www.w3.org/2018/credentials#expirationDate"])
@pytest.mark.parametrize("value", [PAST, {"@value": PAST, "@type": "xsd:dateTime"}])
def test_an_expiry_by_its_iri_counts(members: Members, judged: Judge, iri: str, value: Any) -> None:
    assert judged({**members, iri: value}).check("dates").outcome is not Outcome.VALID


@pytest.mark.parametrize("value", [None, []])
def test_null_and_an_empty_list_are_no_expiry(members: Members, judged: Judge, value: Any) -> None:
    assert judged({**members, "expirationDate": value}).outcome is Outcome.VALID


def test_without_a_beginning_nothing_is_in_force(members: Members, judged: Judge) -> None:
    without = {name: value for name, value in members.items() if name not in ("validFrom", "issuanceDate")}
    report = judged(without)
    assert report.check("dates").outcome is Outcome.INDETERMINATE
    assert "edc/start-missing" in report.rules
    report = judged({**without, "issuanceDate": FUTURE})
    assert report.check("dates").outcome is Outcome.INVALID
    assert "edc/not-yet-valid" in report.rules


def test_a_seal_from_the_future_is_not_valid(
    members: Members, signer: FileSigner, policy: TrustPolicy, sealed: bytes
) -> None:
    later = seal(json.dumps(members), signer, header="edc", at=NOW + timedelta(days=300)).raw
    report = verify(later, policy, at=NOW)
    assert (report.outcome, report.rules) == (Outcome.INDETERMINATE, {"edc/sealed-later"})
    assert verify(later, policy, at=NOW + timedelta(days=300)).check("seal").outcome is Outcome.VALID
    assert "edc/sealed-later" in verify(sealed, policy, at=NOW - timedelta(days=1)).rules
    assert verify(sealed, policy, at=NOW - timedelta(minutes=4)).check("seal").outcome is Outcome.VALID


# Status, and what else nobody looked at


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("credentialStatus", STATUS),
        ("credentialStatus", STATUS["id"]),
        ("credentialStatus", [STATUS, {**STATUS, "id": "https://example.org/status/8"}]),
        ("credentialStatus", {**STATUS, "type": "StatusList2021Entry", "statusListIndex": "7"}),
        ("credentialStatus", {"type": "CredentialStatus"}),
        ("credentialStatus", 7),
        ("credentialstatus", STATUS),
        ("https://www.w3.org/2018/credentials#credentialStatus", {"@id": STATUS["id"]}),
        ("cred:credentialStatus", STATUS),
    ],
)
def test_a_status_that_nobody_looked_up_is_never_valid(members: Members, judged: Judge, name: str, value: Any) -> None:
    report = judged({**members, name: value})
    assert report.outcome is not Outcome.VALID
    assert report.check("status").outcome is Outcome.INDETERMINATE
    assert "edc/status-not-checked" in report.rules


def test_a_well_formed_status_is_the_only_thing_that_stands_against_it(members: Members, judged: Judge) -> None:
    report = judged({**members, "credentialStatus": STATUS})
    assert (report.outcome, report.rules) == (Outcome.INDETERMINATE, {"edc/status-not-checked"})
    assert report.sentence.startswith("Cannot be decided: The credential says where its status stands")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("termsOfUse", {"id": "urn:example:terms:1", "type": "TermsOfUse"}),
        ("refreshService", {"id": "https://example.org/new", "type": "ManualRefreshService2018"}),
        ("proof", {"type": "Ed25519Signature2018"}),
    ],
)
def test_what_was_not_evaluated_is_named(members: Members, judged: Judge, name: str, value: Any) -> None:
    (finding,) = (f for f in judged({**members, name: value}).findings if f.rule == "edc/not-evaluated")
    assert name in finding.message


def test_names_are_taken_for_what_they_are_meant_for_and_others_are_not() -> None:
    assert [meant(name) for name in ("validFrom", "VALID_UNTIL", "x:y/proof", "title", "", "validFromWhom")] == [
        "validFrom", "validUntil", "proof", None, None, None,
    ]  # fmt: skip


# Who sealed


def signer_of(authority: TestAuthority, name: str, identifier: str | None) -> FileSigner:
    return authority.seal_certificate(organisation=name, organisation_identifier=identifier).signer()


def with_issuer(members: Members, **changes: Any) -> Members:
    changed = copy.deepcopy(members)
    changed["issuer"] |= changes
    return {**changed, "issuer": {name: value for name, value in changed["issuer"].items() if value is not None}}


def identifier(members: Members, notation: str) -> Members:
    return {**members["issuer"]["eIDASIdentifier"], "notation": notation}


@pytest.mark.parametrize("names", [{"en": "University of Oxford", "sr": "Evil Seals"}, {"de": "Evil Seals", "en": "X"}])
def test_a_second_name_does_not_pass_on_the_credit_of_the_first(
    members: Members, judged: Judge, authority: TestAuthority, names: dict[str, str]
) -> None:
    by = signer_of(authority, "Evil Seals", None)
    report = judged(with_issuer(members, legalName=names), by)
    assert (report.outcome, report.rules) == (Outcome.INDETERMINATE, {"edc/issuer-name-unconfirmed"})
    bare = with_issuer(members, legalName=names, eIDASIdentifier=identifier(members, "666"))
    report = judged(bare, signer_of(authority, "Evil Seals", "VATRS-666"))
    assert (report.outcome, report.rules) == (Outcome.INDETERMINATE, {"edc/issuer-name-unconfirmed"})


def test_a_second_name_beside_the_right_identifier_is_a_warning(
    members: Members, judged: Judge, authority: TestAuthority
) -> None:
    names = {"en": "University of Oxford", "sr": "Evil Seals"}
    named = with_issuer(members, legalName=names, eIDASIdentifier=identifier(members, "VATRS-666"))
    report = judged(named, signer_of(authority, "Evil Seals", "VATRS-666"))
    assert report.outcome is Outcome.VALID
    assert "edc/issuer-name-unconfirmed" in {f.rule for f in report.findings if f.severity == "warning"}


def test_names_without_a_letter_are_not_the_same_name(
    members: Members, judged: Judge, authority: TestAuthority
) -> None:
    report = judged(with_issuer(members, legalName={"en": "***"}), signer_of(authority, "???", None))
    assert (report.outcome, report.rules) == (Outcome.INVALID, {"edc/issuer-name-differs"})


@pytest.mark.parametrize("issuer", ["urn:epass:org:1", None, [], 7, {"id": "urn:epass:org:1"}])
def test_an_issuer_who_is_not_described_is_none(members: Members, judged: Judge, issuer: Any) -> None:
    report = judged({**members, "issuer": issuer})
    assert report.check("issuer").outcome is Outcome.INVALID


@pytest.mark.parametrize("kind", ["Person", "Agent", "Group", "Nonsense"])
def test_an_issuer_who_is_no_organisation_is_none(members: Members, judged: Judge, kind: str) -> None:
    report = judged({**members, "issuer": {**members["issuer"], "type": kind}})
    assert "edc/issuer-missing" in report.rules


def test_of_two_issuers_none_counts(members: Members, judged: Judge) -> None:
    report = judged({**members, "issuer": [members["issuer"], {**members["issuer"], "id": "urn:epass:org:2"}]})
    assert "edc/issuer-missing" in report.rules


@pytest.mark.parametrize(
    ("fault", "outcome", "rule"),
    [
        ("of-a-person", Outcome.INDETERMINATE, "trust/issued-for-something-else"),
        ("of-a-ca", Outcome.INDETERMINATE, "trust/issued-for-something-else"),
        ("for-web-servers", Outcome.INVALID, "trust/purpose-wrong"),
    ],
)
def test_who_holds_another_certificate_of_the_organisation_does_not_seal_for_it(
    members: Members, judged: Judge, authority: TestAuthority, fault: Fault, outcome: Outcome, rule: str
) -> None:
    report = judged(members, authority.signer(fault=fault))
    assert (report.outcome, report.rules) == (outcome, {rule})


def awarded_by(members: Members, **body: Any) -> Members:
    changed = copy.deepcopy(members)
    claim = changed["credentialSubject"]["hasClaim"]
    claim["awardedBy"]["awardingBody"] = {**claim["awardedBy"]["awardingBody"], "id": "urn:epass:org:77", **body}
    return changed


def test_who_awards_under_somebody_elses_seal_is_named(members: Members, judged: Judge) -> None:
    own = awarded_by(members, legalName={"en": "Test university", "sr": "Нешто друго"})
    assert "edc/awarded-by-another" not in {f.rule for f in judged(own).findings}
    other = {"id": "urn:epass:legalIdentifier:7", "type": "LegalIdentifier", "notation": "VATGB-1"}
    stranger = awarded_by(members, legalName={"en": "University of Oxford"}, eIDASIdentifier=other)
    (finding,) = (f for f in judged(stranger).findings if f.rule == "edc/awarded-by-another")
    assert (finding.severity, finding.pointer) == ("warning", "/credentialSubject/hasClaim/0/awardedBy/awardingBody")
    assert "“TEST University” sealed what is said to be awarded by “University of Oxford”." in finding.message
    mandate = {
        "id": "urn:epass:evidence:1", "type": "Evidence",
        "dcType": {"id": "http://data.europa.eu/snb/evidence-type/c_18016257", "type": "Concept"},
    }  # fmt: skip
    (finding,) = (f for f in judged({**stranger, "evidence": mandate}).findings if f.rule == "edc/awarded-by-another")
    assert (finding.severity, "not checked" in finding.message) == ("info", True)


def test_who_awards_with_the_sealers_identifier_and_another_name_is_named(members: Members, judged: Judge) -> None:
    renamed = awarded_by(members, legalName={"en": "University of Oxford"})
    (finding,) = (f for f in judged(renamed).findings if f.rule.startswith("edc/award"))
    assert (finding.rule, finding.severity) == ("edc/awarding-body-named-otherwise", "warning")
    assert "“TEST University” sealed; the awarding body has its identifier and is called" in finding.message


# What a file means and what it shows


def test_the_wrapper_for_uploads_is_no_credential_under_a_seal(members: Members, judged: Judge) -> None:
    for around in ({}, {"deliveryDetails": {}}, {"credentialSubject": {"type": "Person"}, "expirationDate": PAST}):
        report = judged({"credential": members, **around})
        assert (report.outcome, report.rules) == (Outcome.INVALID, {"edc/wrapper-sealed"})


NAME = {"@id": "urn:example:nothing", "@container": "@language"}


@pytest.mark.parametrize("context", [{"familyName": NAME}, {"x": None, "title": NAME}, [{"Person": "urn:example:p"}]])
@pytest.mark.parametrize("place", ["/", "/credentialSubject"])
def test_a_context_that_gives_the_terms_another_meaning_decides_nothing(
    members: Members, judged: Judge, context: Any, place: str
) -> None:
    changed = copy.deepcopy(members)
    if place == "/":
        changed["@context"] += context if isinstance(context, list) else [context]
    else:
        changed["credentialSubject"]["@context"] = context
    report = judged(changed)
    assert report.outcome is not Outcome.VALID
    assert "edc/terms-redefined" in report.rules


def test_a_context_with_terms_of_its_own_is_taken(members: Members, judged: Judge) -> None:
    own = {"remark": {"@id": "urn:example:remark"}}
    report = judged({**members, "@context": [*members["@context"], own], "remark": "x"})
    assert report.outcome is Outcome.VALID


def test_of_two_credentials_none_is_valid(members: Members, judged: Judge) -> None:
    other = {**members, "id": "urn:credential:2", "expirationDate": PAST}
    assert judged([members, other]).outcome is Outcome.INVALID
    bare = [{name: value for name, value in one.items() if name != "@context"} for one in (members, other)]
    assert judged({"@context": members["@context"], "@graph": bare}).outcome is Outcome.INVALID
    again = {name: other[name] for name in ("@context", "type", "expirationDate")}
    assert judged([members, {**again, "id": members["id"]}]).outcome is Outcome.INVALID


@pytest.mark.parametrize("types", [["VerifiableCredential"], "EuropeanDigitalCredential", None, []])
def test_a_credential_of_another_type_is_not_valid(members: Members, judged: Judge, types: Any) -> None:
    assert judged({**members, "type": types}).outcome is Outcome.INVALID


# Several seals


def test_every_seal_of_a_file_must_be_good_and_trusted(
    sealed: bytes, members: Members, policy: TrustPolicy, signer: FileSigner
) -> None:
    file = json.loads(sealed)
    text, good = file["payload"], file["signatures"][0]
    stranger = json.loads(seal(text, TestAuthority(now=NOW, key_type="p-256").signer(), header="edc", at=NOW).raw)
    broken = {**good, "signature": good["signature"][:-4] + "AAAA"}
    for other in (stranger["signatures"][0], broken, {}, 7, None, {"signature": ""}):
        for signatures in ([good, other], [other, good]):
            report = verify(json.dumps({"payload": text, "signatures": signatures}).encode(), policy, at=NOW)
            assert report.outcome is not Outcome.VALID, other
    flattened = {"payload": text, **good}
    for mixed in ({**file, **broken}, {**flattened, "signatures": {}}, {**flattened, "signatures": [broken]}):
        assert verify(json.dumps(mixed).encode(), policy, at=NOW).outcome is Outcome.INVALID


# Crashes and costs


def test_more_certificates_than_anybody_needs_give_a_report(sealed: bytes, policy: TrustPolicy) -> None:
    many = [TestAuthority(now=NOW, key_type="p-256").root.certificate for _ in range(3)]
    file = json.loads(sealed)
    values = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in many] * 30
    file["signatures"][0]["header"] = {"etsiU": [{"xVals": [{"x509Cert": {"val": value}} for value in values]}]}
    report = verify(json.dumps(file).encode(), policy, at=NOW)
    assert (report.outcome, report.rules) == (Outcome.INDETERMINATE, {"seal/validation-data-not-evaluated"})


@pytest.mark.parametrize(
    "subject",
    [
        {"@context": None}, {"id": ["urn:a:1", "urn:a:2"]}, {"id": {"x": 1}}, {"id": 7}, {"type": {"x": 1}},
        {"type": 7}, {"@id": 7}, {"hasClaim": [[[]]]}, {"givenName": {"@value": 7, "@language": 7}},
    ],
)  # fmt: skip
def test_what_is_no_json_ld_gives_a_report(members: Members, judged: Judge, subject: Members) -> None:
    report = judged({**members, "credentialSubject": {**members["credentialSubject"], **subject}})
    assert report.outcome is Outcome.INVALID


def test_more_faults_than_anybody_reads_give_a_report(members: Members, judged: Judge) -> None:
    holders = [{"type": "Organisation", "id": f"urn:x:{n}", f"name{n}": 1} for n in range(12_000)]
    report = judged({**members, "holder": holders})
    assert (report.outcome, "edc/unreadable" in report.rules) == (Outcome.INVALID, True)


HOSTILE: dict[str, Callable[[Members], Any]] = {
    "a long IRI over many objects": lambda m: {**m, "urn:x:" + "a" * 500_000: [{"id": f"r{n}"} for n in range(2_000)]},
    "a name given twice below a long name": lambda _: '{"' + "a" * 500_000 + '": [' + "0," * 2_000 + '{"x":1,"x":2}]}',
    "names that resemble no term": lambda m: {**m, **{f"qualifikationsTitelBezeichner{n:05}": 1 for n in range(9_000)}},
    "a name of a megabyte": lambda m: {**m, "a" * 1_000_000: PAST},
    "a text of a megabyte for a date": lambda m: {**m, "expirationDate": "2020-" + "0" * 1_000_000},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_small_file_costs_little(members: Members, judged: Judge, name: str) -> None:
    start = time.process_time()
    report = judged(HOSTILE[name](members))
    assert time.process_time() - start < 10
    assert len(json.dumps(report.as_json())) < 6_000_000


# What a report gives away


@pytest.mark.parametrize("name", ["dateOfBirth", "nationalID", "placeOfBirth", "gender", "identifier", "contactPoint"])
@pytest.mark.parametrize("value", ["Secret of hers", ["Secret of hers", "Secret 2"], {"id": "mailto:Secret@x.example"}])
def test_a_report_quotes_nothing_of_the_learners_own(members: Members, judged: Judge, name: str, value: Any) -> None:
    subject = {**members["credentialSubject"], name: value}
    usual = judged({**members, "credentialSubject": subject})
    bare = {key: each for key, each in members.items() if key != "@context"}
    graph = {"@context": members["@context"], "@graph": [{**bare, "credentialSubject": subject}]}
    for report in (usual, judged(graph)):
        assert "Secret" not in json.dumps(report.as_json(), ensure_ascii=False)
        assert "Secret" not in report.sentence


def test_a_report_still_quotes_what_is_not_the_learners(members: Members, judged: Judge) -> None:
    messages = [finding.message for finding in judged({**members, "issued": "soon"}).findings]
    assert any("“soon”" in message for message in messages)


@pytest.mark.parametrize("subject", [{"id": ["Secret"]}, {"type": {"x": "Secret"}}, {"@index": {"a": "Secret"}}])
def test_not_even_the_traceback_of_an_error_quotes_the_learner(members: Members, subject: Members) -> None:
    with pytest.raises(UnreadableError) as refused:
        to_compact({**members, "credentialSubject": {**members["credentialSubject"], "x:y": 1, **subject}})
    assert "Secret" not in "".join(traceback.format_exception(refused.value))
