"""`validate`: the content alone, from whatever holds it."""

import io
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from edc_microcred import (
    Finding,
    Limits,
    Rule,
    Severity,
    TrustPolicy,
    UnreadableError,
    Validator,
    explain,
    load,
    validate,
    verify,
)  # fmt: skip
from edc_microcred.errors import VocabularyError
from edc_microcred.jsonld import expand
from edc_microcred.reports import FORMATS, Settings, validate_file, validate_files
from edc_microcred.shapes import Graph, Places
from edc_microcred.verification.content import _SAID_BETTER, conforms
from tests.conftest import ROOT

PATH = ROOT / "examples" / "credential.jsonld"
EXAMPLE: dict[str, Any] = json.loads(PATH.read_text())


def rules(source: Any) -> list[str]:
    return [finding.rule for finding in validate(source)]


@pytest.mark.parametrize(
    "nothing",
    [
        [],
        {"@context": EXAMPLE["@context"], "@graph": []},
        {**EXAMPLE, "type": ["VerifiableCredential", "EuropeanDigitalCredentia1"]},
        {**EXAMPLE, "@context": ["https://www.w3.org/ns/credentials/v2"]},
        {name: value for name, value in EXAMPLE.items() if name != "@context"},
        [{"@id": "urn:epass:person:1", "@type": ["http://data.europa.eu/snb/model/elm/Person"]}],
    ],
    ids=["empty list", "empty graph", "misspelt type", "foreign context", "no context", "a person alone"],
)
def test_where_there_is_no_credential_nothing_conforms(nothing: Any) -> None:
    assert not conforms(validate(json.dumps(nothing).encode()))
    assert validate_file(load(json.dumps(nothing).encode()), Settings()).conforms in (False, None)


def test_a_credential_in_which_the_shapes_find_nothing_conforms(sealed: bytes) -> None:
    assert conforms(validate(sealed))


NO_NICKNAME = Rule(
    id="ours/no-nickname", severity=Severity.WARNING, title="No nickname", message="{name} has no nickname.",
    why="We ask.", fix="Add one.",
)  # fmt: skip
PERSON = "http://data.europa.eu/snb/model/elm/Person"


def nickname(graph: Graph) -> Iterable[Finding]:
    for node in graph.nodes:
        if PERSON in node.types:
            yield NO_NICKNAME.found(Places(graph).of(node), focus=node.iri, name="Ana")


@pytest.mark.parametrize("of", ["bytes", "path", "str", "stream", "members", "list", "model", "document", "sealed"])
def test_a_validator_takes_whatever_holds_a_credential_and_runs_every_check(of: str, sealed: bytes) -> None:
    source: Any = {
        "bytes": PATH.read_bytes(), "path": PATH, "str": str(PATH), "stream": io.BytesIO(PATH.read_bytes()),
        "members": EXAMPLE, "list": [EXAMPLE], "model": load(PATH).credential, "document": load(PATH), "sealed": sealed,
    }[of]  # fmt: skip
    findings = Validator("generic-full", checks=[nickname]).validate(source)
    assert [f.focus is not None for f in findings if f.rule == NO_NICKNAME.id] == [True]
    if of not in ("list", "sealed"):
        assert [f for f in findings if f.rule != NO_NICKNAME.id] == validate(PATH, profile="generic-full")


def test_a_validator_looks_at_reading_terms_shapes_and_conventions() -> None:
    members = json.loads(json.dumps(EXAMPLE))
    members["credentialSubject"]["hasClaim"]["specifiedBy"]["volumeOfLearning"] = "P1W"
    members["shoeSize"] = 40
    members["credentialSubject"]["id"] = "https://example.org/ana-primer"
    del members["displayParameter"]
    found = {f.rule for f in Validator("generic-full", checks=[nickname]).validate(members)}
    assert {"elm/not-a-duration", "ld/dropped-term", "elm/missing"} <= found
    assert {"edc/personal-data-in-id", "ours/no-nickname"} <= found


def test_a_validator_is_shared_between_threads() -> None:
    validator = Validator("accredited", checks=[nickname])
    sources = [{**EXAMPLE, "id": f"urn:credential:{n}"} for n in range(64)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(validator.validate, sources))
    assert all(len(one) == len(found[0]) for one in found)


def test_each_declared_profile_is_checked_where_none_is_named() -> None:
    assert Validator().validate(EXAMPLE) == validate(EXAMPLE) == validate(EXAMPLE, profile="generic-full")


def test_the_shapes_of_another_version_can_be_asked_for() -> None:
    status = {**EXAMPLE, "credentialStatus": {"id": "urn:status:1", "type": "CredentialStatus"}}

    def broken(elm: str) -> bool:
        return any(f.constraint and "Status" in f.pointer for f in validate(status, profile="generic-full", elm=elm))

    assert not broken("3.2")
    assert broken("3.1")


def test_unknown_profiles_and_versions_are_refused_before_anything_is_read() -> None:
    with pytest.raises(VocabularyError):
        Validator("generic")
    with pytest.raises(ValueError, match=r"3\.3"):
        Validator(elm="3.3")


def test_members_that_are_no_json_give_a_finding_without_their_values() -> None:
    deep: list[Any] = []
    for _ in range(200_000):
        deep = [deep]
    for source in ({"a": {1, 2}}, {"a": "Ana \ud800"}, {"a": float("nan")}, deep):
        [finding] = validate(source)  # type: ignore[arg-type]  # that is what is tried
        assert finding.rule == "edc/unreadable"
        assert "Ana" not in finding.message


def test_a_check_that_never_ends_is_ended_by_the_limit() -> None:
    def endless(graph: Graph) -> Iterable[Finding]:
        while graph.nodes:
            yield NO_NICKNAME.found(name="Nobody")

    [finding] = Validator(checks=[endless]).validate(EXAMPLE, limits=Limits(findings=50))
    assert "more than 50 faults" in finding.message


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("redact", [False, True])
def test_a_rule_of_ones_own_is_in_every_report(form: str, redact: bool) -> None:
    results = [validate_file(str(PATH), Settings(), checks=[nickname])]
    report = FORMATS[form](results, redact=redact)
    assert NO_NICKNAME.id in report or form == "junit"
    assert ("Ana has no nickname" in report) is not redact
    assert ("No nickname" in report) is (redact or form == "sarif")


def test_own_checks_go_along_to_other_processes(tmp_path: Path) -> None:
    paths = []
    for number in range(40):
        paths.append(str(tmp_path / f"{number}.jsonld"))
        Path(paths[-1]).write_bytes(PATH.read_bytes())
    for check in (nickname, lambda graph: nickname(graph)):
        results = list(validate_files(paths, Settings(), workers=2, checks=[check]))
        assert all(NO_NICKNAME.id in {f.rule for f in result.findings} for result in results)
        assert "No nickname" in FORMATS["sarif"](results, redact=True)


def test_a_finding_of_a_rule_that_nobody_defined_can_be_reported() -> None:
    stray = Finding(rule="ours/stray", severity=Severity.ERROR, pointer="", message="Ana is astray.")

    def check(graph: Graph) -> Iterable[Finding]:
        return [stray] if graph.nodes else []

    results = [validate_file(str(PATH), Settings(), checks=[check])]
    for form in FORMATS.values():
        assert "Ana is astray" in form(results)
        assert "Ana is astray" not in form(results, redact=True)


def test_names_of_elm_3_3_are_held_to_the_profile_as_those_of_3_2(sealed: bytes) -> None:
    usual = json.dumps(expand(load(sealed).members))
    newer = usual.replace("/snb/model/elm/", "/snb/model/ontology/").replace(
        "/model/ap/", "/model/application-profile/"
    )
    assert newer.count("/ontology/") > 50
    findings = validate(newer.encode())
    assert [f.rule for f in findings if f.severity is Severity.ERROR] == []
    assert {f.rule for f in findings} - {f.rule for f in validate(usual.encode())} == {"ld/other-version"}
    lacking = validate(newer.replace("ontology/displayParameter", "ontology/displayParametre").encode())
    assert [f.path for f in lacking if f.rule == "elm/missing"] == [PERSON.replace("Person", "displayParameter")]


def test_a_member_that_is_spelt_as_an_iri_of_3_3_is_the_property_of_3_2() -> None:
    note = {"id": "urn:epass:note:1", "type": PERSON.replace("elm/Person", "ontology/Note")}
    note[PERSON.replace("elm/Person", "ontology/noteLiteral")] = "Held online."
    members = {**EXAMPLE, "additionalNote": note}
    found = [(f.rule, f.constraint) for f in validate(members) if f.path and f.path.endswith("/noteLiteral")]
    assert found == [("elm/datatype", "DatatypeConstraintComponent")]  # it is there, and has no language


def _broken(place: str, value: Any) -> list[tuple[str, str, str]]:
    """The errors that one changed member brings, and what is said of them."""
    members = json.loads(json.dumps(EXAMPLE))
    *way, last = place.split("/")[1:]
    at = members
    for step in way:
        at = at[step]
    at[last] = value
    before = {(f.rule, f.pointer) for f in validate(EXAMPLE)}
    found = [f for f in validate(members) if (f.rule, f.pointer) not in before and f.severity is Severity.ERROR]
    return [(f.rule, f.pointer, f.message) for f in found]


SAID_ONCE: dict[str, tuple[str, Any, str, str]] = {
    "a date that is none": ("/expirationDate", "soon", "elm/datatype", "takes a date with time and zone, such as"),
    "a number for a date": ("/expirationDate", 7, "elm/datatype", "takes a date with time and zone, such as"),
    "a duration that is none": (
        "/credentialSubject/hasClaim/specifiedBy/volumeOfLearning", "long", "elm/datatype", "such as PT75H; here is",
    ),
    "two dates for one": (
        "/expirationDate", ["2031-01-01T00:00:00Z", "2032-01-01T00:00:00Z"], "elm/too-many", "2 different values",
    ),
    "a wrong class": (
        "/displayParameter/type", "Note", "elm/class", "takes DisplayParameter; here is an object of the type Note",
    ),
    "an id that is none": ("/credentialSubject/id", "7", "elm/id-not-absolute", "is not an absolute IRI"),
    "a text without a language": ("/displayParameter/title", "x", "elm/datatype", "takes a text with its language"),
    "a bad tag": ("/displayParameter/title/sr_Latn", "Podaci", "ld/language-tag", "“sr_Latn” is no language tag"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID_ONCE)
def test_one_fault_is_said_once_in_plain_words_and_where_it_stands(name: str) -> None:
    place, value, rule, said = SAID_ONCE[name]
    found = [each for each in _broken(place, value) if each[0] != "elm/missing"]
    assert [each[:2] for each in found] == [(rule, place.removesuffix("/type"))]
    assert said in found[0][2]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "/credentialSubject/hasClaim/specifiedBy/type",
            "the type Qualificaton (did you mean Qualification?)",
        ),
        ("/credentialSubject/hasClaim/type", "the type LearningAchievment (did you mean LearningAchievement?)"),
        ("/displayParameter/type", "the type elm:DisplayParametr (did you mean DisplayParameter?)"),
        ("/displayParameter/type", "the type urn:x:y."),
        ("/displayParameter/type", "the type Bicycle."),
    ],
)
def test_a_misspelt_type_is_shown_as_it_was_written_beside_the_nearest_one(place: str, said: str) -> None:
    written = said.split("type ")[1].split()[0].removesuffix(".")
    messages = [message for rule, _, message in _broken(place, written) if rule in ("elm/class", "elm/claim")]
    assert len(messages) == 1
    assert said.replace("elm:", "http://data.europa.eu/snb/model/elm/") in messages[0]


def test_nobody_is_shown_an_address_that_nobody_wrote() -> None:
    members = json.loads(json.dumps(EXAMPLE))
    members["credentialSchema"] = {"id": "rules", "type": "ShaclValidator2017"}
    members["displayParameter"]["primaryLanguage"]["inScheme"] = {"id": "languages", "type": "ConceptScheme"}
    members["displayParameter"]["language"] = {"id": "serbian", "type": "Concept"}
    members["credentialSubject"]["hasClaim"]["specifiedBy"]["type"] = "Quali"
    for profile in (None, "generic-full"):
        assert [f.message for f in validate(members, profile=profile) if "example.org/base" in f.message] == []


def test_what_is_said_better_is_never_said_with_less_weight() -> None:
    for rule, better in _SAID_BETTER.items():
        for other in better:
            weights = [list(Severity).index(explain(one).severity) for one in (other, rule)]
            assert weights[0] <= weights[1], (rule, other)


@pytest.mark.parametrize("text", ['{"givenName": "Ana"}', ' \n[{"givenName": "Ana"}]', "Ana " * 100, '"Ana", ' * 50])
def test_a_text_that_is_given_for_a_file_is_not_repeated(text: str) -> None:
    [finding] = validate(text)
    report = verify(text, TrustPolicy())
    with pytest.raises(UnreadableError) as refused:
        load(text)
    for said in (finding.message, report.sentence, report.name, str(refused.value)):
        assert len(said) < 250
        assert said.count("Ana") <= 20
        assert "Ana" not in said or not text.strip().startswith(("{", "["))
    if text.strip()[0] in "[{":
        assert "as bytes" in finding.message


def test_a_file_whose_name_is_a_text_is_read_and_one_that_is_not_there_is_named() -> None:
    assert validate(str(PATH)) == validate(PATH)
    [finding] = validate("not-there.jsonld")
    assert finding.message.startswith("not-there.jsonld cannot be read: No such file or directory")
