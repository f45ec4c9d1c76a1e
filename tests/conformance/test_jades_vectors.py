"""The JAdES vectors of the Commission's DSS, as far as level B and the format go.

A key of an expectation is binding when DSS's own tests assert it (`asserted_by_java`). Where what was sealed is not in
the file, nothing is said of the signature here, so those keys are not compared; nor are time-stamps, policies, counter-
signatures and the JSON Schema. LT and LTA depend on trust anchors: such a file is T here.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Outcome
from edc_microcred.seals import Envelope, SealResult, check_seals, is_sealed

LEVELS = {
    "JSON_NOT_ETSI": None, "JAdES_BASELINE_B": "B", "JAdES_BASELINE_T": "T", "JAdES_BASELINE_LT": "T",
    "JAdES_BASELINE_LTA": "T",
}  # fmt: skip
REFERENCE_FAULTS = {"seal/certificate-reference-wrong", "seal/certificate-reference-missing"}


@pytest.fixture(scope="module")
def vectors(reference: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((reference / "jades-vectors" / "vectors.json").read_bytes())
    return loaded


def name_of(vector: dict[str, Any]) -> str:
    return str(vector.get("local") or vector["test"][0])


def octets_of(vector: dict[str, Any], reference: Path) -> bytes | None:
    if "local" in vector:
        return (reference / "jades-vectors" / vector["local"]).read_bytes()
    text = vector["inline"].get("jws")
    return text.encode() if isinstance(text, str) else None


def is_schema_only(vector: dict[str, Any]) -> bool:
    """Vectors that only a JSON Schema is tried on, among them two that are no JWS at all."""
    return vector["asserted_by_java"] == ["structure_valid"]


def judged(vectors: list[dict[str, Any]], reference: Path) -> Iterator[tuple[str, dict[str, Any], Envelope | None]]:
    """Each vector that is a file to be judged, with its envelope; None when it is unreadable."""
    for vector in vectors:
        data = None if is_schema_only(vector) else octets_of(vector, reference)
        if data is None:
            continue
        try:
            yield name_of(vector), vector, Envelope.read(data)
        except UnreadableError:
            yield name_of(vector), vector, None


def is_refused(envelope: Envelope | None) -> bool:
    """Unreadable as a whole, or with a header that is: DSS gives up on both in the same way."""
    if envelope is None:
        return True
    rules = [{finding.rule for finding in signature.findings} for signature in envelope.signatures]
    return bool(rules) and all("seal/header-unreadable" in found for found in rules)


def observed(envelope: Envelope, result: SealResult) -> dict[str, Any]:
    """What we say of one signature, under the names that the vectors have for it."""
    rules = {finding.rule for finding in result.findings}
    return {
        "data_found": envelope.signed_octets is not None,
        "signature_intact": result.intact is True,
        "signature_valid": result.intact is True,
        "signing_certificate_identified": result.certificate is not None,
        "cert_ref_match": result.certificate is not None and not rules & REFERENCE_FAULTS,
        "cert_ref_unique": "seal/certificate-references-several" not in rules,
        "signing_time": result.claimed_time is not None,
        "level": result.levels["1.2.1"],
    }


def expected(vector: dict[str, Any], of_signature: dict[str, Any], key: str) -> Any:
    return LEVELS[of_signature[key]] if key == "level" else of_signature[key]


def test_every_binding_expectation_of_level_b_holds(
    vectors: list[dict[str, Any]],
    reference: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    compared: Counter[str] = Counter()
    differing: list[str] = []
    signatures = detached = 0
    for name, vector, envelope in judged(vectors, reference):
        expectations, binding = vector["expectations"], set(vector["asserted_by_java"])
        if "parse" in binding or expectations["parse"] == "error":
            compared["parse"] += 1
            if is_refused(envelope) is not (expectations["parse"] == "error"):
                differing.append(f"{name}: parse")
        if envelope is None or expectations["parse"] == "error":
            continue
        compared["n_signatures"] += 1
        if len(envelope.signatures) != expectations["n_signatures"]:
            differing.append(f"{name}: n_signatures {len(envelope.signatures)}")
        outside = "detached" in vector or "http_headers" in vector.get("inline", {})
        for result, wanted in zip(check_seals(envelope), expectations["signatures"], strict=True):
            signatures += 1
            detached += outside
            for key, value in observed(envelope, result).items():
                needs_data = key in ("data_found", "signature_intact", "signature_valid")
                needs_certificate = key in ("signing_certificate_identified", "cert_ref_match")
                if key not in binding & wanted.keys() or (outside and (needs_data or needs_certificate)):
                    continue
                compared[key] += 1
                if value != expected(vector, wanted, key):
                    differing.append(f"{name}: {key} is {value}, DSS has {wanted[key]}")
    with capsys.disabled():
        print(f"\nJAdES vectors: {signatures} signatures ({detached} detached), {sum(compared.values())} comparisons:")
        print("  " + ", ".join(f"{key} {number}" for key, number in sorted(compared.items())))
    assert differing == []
    assert signatures >= 45 and sum(compared.values()) >= 300


def test_levels_that_the_vectors_derive_agree_too(vectors: list[dict[str, Any]], reference: Path) -> None:
    differing = [
        f"{name}: {result.levels['1.2.1']}, {wanted['level']}"
        for name, vector, envelope in judged(vectors, reference)
        if envelope is not None and vector["expectations"]["parse"] == "ok"
        for result, wanted in zip(check_seals(envelope), vector["expectations"]["signatures"], strict=True)
        if result.levels["1.2.1"] != LEVELS[wanted["level"]]
    ]
    assert differing == []


def test_a_detached_vector_is_indeterminate(vectors: list[dict[str, Any]], reference: Path) -> None:
    outside = [
        result
        for _, vector, envelope in judged(vectors, reference)
        if envelope is not None and "detached" in vector
        for result in check_seals(envelope)
    ]
    assert [(result.intact, result.outcome) for result in outside] == [(None, Outcome.INDETERMINATE)] * 4


def test_nothing_that_has_a_time_stamp_is_valid_yet(vectors: list[dict[str, Any]], reference: Path) -> None:
    checked = [
        result
        for _, _, envelope in judged(vectors, reference)
        if envelope is not None
        for result in check_seals(envelope)
        if result.unevaluated
    ]
    assert len(checked) >= 15
    assert [result for result in checked if result.outcome is Outcome.VALID] == []


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("validation__dss2620__jades-b-level-with-etsiu-in-crit.json", "seal/crit-absent-member"),
        ("validation__dss2620__jades-with-b64-not-in-crit.json", "seal/b64-not-critical"),
        ("validation__dss2620__jades-with-crit-string-type.json", "seal/crit-wrong"),
        ("validation__dss2620__jades-with-crit-with-duplicated-header.json", "seal/crit-twice"),
        ("validation__dss2620__jades-with-critical-headers-in-crit.json", "seal/crit-registered"),
        ("validation__dss2620__jades-with-empty-crit.json", "seal/crit-wrong"),
        ("validation__dss2620__jades-with-notBefore-header-in-crit.json", "seal/crit-unknown"),
        ("validation__serialization-wrong-payload-type.json", "seal/payload-not-text"),
        ("validation__jades-wrong-x5c-header.json", "seal/header-member-wrong"),
        ("validation__jades-unsupported-signature-algorithm.json", "seal/algorithm-refused"),
        ("validation__jades-b-iat-and-sigt.json", "seal/signing-time-twice"),
        ("validation__jades-b-no-signing-time.json", "seal/signing-time-missing"),
        ("validation__jades-with-double-sigt.json", "seal/header-unreadable"),
        ("validation__altered-jws.json", "seal/signature-wrong"),
    ],
)
def test_what_is_wrong_in_a_vector_is_named(reference: Path, file: str, rule: str) -> None:
    envelope = Envelope.read((reference / "jades-vectors" / file).read_bytes())
    (result,) = check_seals(envelope)
    errors = {finding.rule for finding in result.findings if finding.severity == "error"}
    assert errors == {rule} and result.outcome is not Outcome.VALID


def test_forms_are_told_apart_as_dss_does(vectors: list[dict[str, Any]]) -> None:
    (forms,) = [v["inline"] for v in vectors if "compact_accept" in v.get("inline", {})]
    for text in forms["compact_accept"] + forms["json_accept"]:
        Envelope.read(text.encode())
    for text in forms["compact_accept"]:
        assert is_sealed(text.encode()), text
    for text in forms["compact_reject"] + forms["json_reject"]:
        assert not is_sealed(text.encode()), text
        with pytest.raises(UnreadableError):
            Envelope.read(text.encode())
    assert (len(forms["compact_accept"]), len(forms["compact_reject"])) == (6, 13)
