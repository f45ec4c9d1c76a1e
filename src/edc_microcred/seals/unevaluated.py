"""What a seal holds beyond level B and nobody has evaluated: each kind is reported by its name.

A time-stamp that was not looked at may be over another file, revocation data may say that the certificate was revoked,
a policy may forbid what was done. Until they are evaluated the seal is not valid: it is indeterminate.

Clauses: ETSI TS 119 182-1 V1.2.1, 5.2.3 to 5.2.8 and 5.3.
"""

from collections.abc import Iterator
from typing import Final

from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.seals.envelope import PAYLOAD_DETACHED, Signature
from edc_microcred.seals.etsi_u import COUNTER_SIGNATURE, POLICY_STORE, TIMESTAMPS, VALIDATION_DATA

TIMESTAMP_NOT_EVALUATED: Final = Rule(
    id="seal/timestamp-not-evaluated",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.2.6, 5.3.4 and 5.3.6.3; ETSI EN 319 102-1, 5.5",
    title="A time-stamp was not evaluated",
    message="The seal has time-stamps that were not evaluated: {names}.",
    why="A time-stamp may have been taken from another file; unless it is checked it proves no time, and a seal that "
    "relies on it must not be called valid.",
    fix="Check the file with a validator that evaluates time-stamps.",
    wrong={"unprotected": {"etsiU": [{"sigTst": {"tstTokens": [{"val": "AAAA"}]}}]}},
    right={"unprotected": {"etsiU": []}},
)
VALIDATION_DATA_NOT_EVALUATED: Final = Rule(
    id="seal/validation-data-not-evaluated",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.3.5 and 5.3.6",
    title="Validation data in the file was not evaluated",
    message="The seal carries certificates or revocation data that were not evaluated: {names}.",
    why="They may say that the certificate had been revoked.",
    fix="Check the file with a validator that evaluates them.",
    wrong={"unprotected": {"etsiU": [{"rVals": {"crlVals": []}}]}},
    right={"unprotected": {"etsiU": []}},
)
COUNTER_SIGNATURE_NOT_EVALUATED: Final = Rule(
    id="seal/countersignature-not-evaluated",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.3.2",
    title="A counter-signature was not evaluated",
    message="The seal carries a counter-signature (`cSig`), which was not evaluated.",
    why="Somebody else claims to have confirmed the seal; whether that is so was not checked.",
    fix="Check the file with a validator that evaluates counter-signatures.",
    wrong={"unprotected": {"etsiU": [{"cSig": "e30.e30.AAAA"}]}},
    right={"unprotected": {"etsiU": []}},
)
POLICY_NOT_EVALUATED: Final = Rule(
    id="seal/policy-not-evaluated",
    severity=Severity.ERROR,
    indeterminate=True,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.2.7 and 5.3.3",
    title="The signature policy was not evaluated",
    message="The seal was made under a signature policy (`{member}`), which was not evaluated.",
    why="The policy may set conditions that the seal does not meet.",
    fix="Check the file with a validator that knows the policy.",
    wrong={"protected": {"sigPId": {"id": {"id": "urn:oid:1.2.3"}}}},
    right={"protected": {}},
)
DECLARATION_UNCHECKED: Final = Rule(
    id="seal/declaration-unchecked",
    severity=Severity.INFO,
    since="0.1",
    source="ETSI TS 119 182-1 V1.2.1, 5.2.3 to 5.2.5",
    title="A declaration of the sealer was not checked",
    message="The sealer declares something in `{member}`, which was sealed but not checked.",
    why="It is the sealer's word: a commitment, a place, or a role.",
    fix="Nothing, if nobody relies on it.",
    wrong={"protected": {"sigPl": {"addressLocality": "Belgrade"}}},
    right={"protected": {}},
)

RULES: Final = (
    TIMESTAMP_NOT_EVALUATED, VALIDATION_DATA_NOT_EVALUATED, COUNTER_SIGNATURE_NOT_EVALUATED, POLICY_NOT_EVALUATED,
    DECLARATION_UNCHECKED,
)  # fmt: skip


def unevaluated(signature: Signature) -> tuple[str, ...]:
    """The names of what the signature holds beyond level B, in their order, as found in header and `etsiU`."""
    signed = [name for name in ("adoTst", "sigPId", "sigD") if name in signature.header.members]
    known = TIMESTAMPS | VALIDATION_DATA | {COUNTER_SIGNATURE, POLICY_STORE}
    return tuple(dict.fromkeys(signed + [item.name for item in signature.etsi_u if item.name in known and item.name]))


def check_unevaluated(signature: Signature, *, has_payload: bool) -> Iterator[Finding]:
    """One finding for each kind of thing that was not evaluated, with pointers to the signature object."""
    names = unevaluated(signature)
    for rule, kind in (
        (TIMESTAMP_NOT_EVALUATED, TIMESTAMPS | {"adoTst"}),
        (VALIDATION_DATA_NOT_EVALUATED, VALIDATION_DATA),
    ):
        if of_kind := [name for name in names if name in kind]:
            yield rule.found(focus=of_kind[0], names=", ".join(of_kind))
    if COUNTER_SIGNATURE in names:
        yield COUNTER_SIGNATURE_NOT_EVALUATED.found(focus=COUNTER_SIGNATURE)
    for name in ("sigPId", POLICY_STORE):
        if name in names:
            yield POLICY_NOT_EVALUATED.found(focus=name, member=name)
            break
    if "sigD" in names and has_payload:
        yield PAYLOAD_DETACHED.found(focus="sigD", how="`sigD` names the documents")
    for name in ("srCms", "srAts", "sigPl"):
        if name in signature.header.members:
            yield DECLARATION_UNCHECKED.found(focus=name, member=name)
