"""Verifying at level B: the seal alone, and everything that `verify` checks."""

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.lines import Line, Skipped, beside
from benchmarks.material import KEY_TYPES, Material, Pki
from benchmarks.timing import Effort, in_turns
from edc_microcred import verify
from edc_microcred.seals import Envelope, check_seal
from edc_microcred.trust import TrustPolicy

TITLE = "Verifying at level B"


def measure(material: Material, effort: Effort) -> Iterator[Line | Skipped]:
    for key_type in KEY_TYPES:
        pki = material.pki(key_type)
        envelope = Envelope.read(pki.sealed)
        fresh: list[TrustPolicy] = []
        report = verify(pki.sealed, pki.policy)
        times = in_turns(
            {
                "seal": lambda: check_seal(envelope),  # noqa: B023  # called before the next round
                "read and seal": lambda: check_seal(Envelope.read(pki.sealed)),  # noqa: B023  # as above
                "verify": lambda: verify(pki.sealed, pki.policy),  # noqa: B023  # as above
                "verify uncached": lambda: verify(pki.sealed, fresh.pop()),  # noqa: B023  # as above
                "jwcrypto": _jwcrypto(pki),
            },
            effort,
            setup={"verify uncached": lambda: fresh.append(_copy(pki.policy))},  # noqa: B023  # as above
        )
        yield beside(f"envelope read, seal checked, {key_type}", times["read and seal"], "jwcrypto", times["jwcrypto"])
        yield Line(what=f"seal of a read envelope checked, {key_type}", ours=str(times["seal"]))
        yield Line(what=f"verify, whole, path known ({report.outcome}), {key_type}", ours=_both(times["verify"]))
        yield Line(what=f"verify, whole, path unknown, {key_type}", ours=_both(times["verify uncached"]))


def _both(times: Any) -> str:
    return f"{times} ({times.per_second:,.0f}/s)"


def _copy(policy: TrustPolicy) -> TrustPolicy:
    """The same policy without anything that it found out."""
    return TrustPolicy(
        anchors=policy.anchors,
        crls=policy.crls,
        ocsp_responses=policy.ocsp_responses,
        intermediates=policy.intermediates,
        revocation=policy.revocation,
    )


def _jwcrypto(pki: Pki) -> Callable[[], Any]:
    """The signature alone checked, with the certificate's key known and JAdES's own `crit` members let pass."""
    from jwcrypto import jwk, jws
    from jwcrypto.common import JWSEHeaderParameter

    key = jwk.JWK.from_pem(pki.issued.certificates_pem())
    passed = JWSEHeaderParameter("let pass", True, True, None)
    known = {name: passed for name in Envelope.read(pki.sealed).signatures[0].header.crit if name != "b64"}
    text = pki.sealed.decode()

    def check() -> Any:
        token = jws.JWS(header_registry=known)
        token.deserialize(text, key)
        return token.payload

    return check
