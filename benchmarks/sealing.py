"""Sealing at level B, beside the bare signature over the same octets and beside jwcrypto."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from benchmarks.lines import Line, Skipped, beside
from benchmarks.material import KEY_TYPES, Material
from benchmarks.timing import Effort, in_turns
from edc_microcred import seals
from edc_microcred.seals import Envelope

TITLE = "Sealing at level B"
GOALS = {"rsa-2048": 0.85, "p-256": 0.5}


def measure(material: Material, effort: Effort) -> Iterator[Line | Skipped]:
    for key_type in KEY_TYPES:
        pki = material.pki(key_type)
        text, plain = material.json_text, material.text.decode()
        bare = bare_signature(pki.issued.private_key, _signing_input(seals.seal(text, pki.signer)))
        times = in_turns(
            {
                "ours": lambda: seals.seal(text, pki.signer),  # noqa: B023  # called before the next round
                "str": lambda: seals.seal(plain, pki.signer),  # noqa: B023  # as above
                "compact": lambda: seals.seal(text, pki.signer, header="etsi", serialization="compact", b64=True),  # noqa: B023  # as above
                "bare": bare,
                "jwcrypto": _jwcrypto(pki, text, b64=False),
                "jwcrypto compact": _jwcrypto(pki, text, b64=True),
            },
            effort,
        )
        rate = f"{times['ours'].per_second:,.0f} seals a second, {key_type}"
        yield beside(rate, times["ours"], "bare signature", times["bare"], at_least=GOALS[key_type])
        yield beside(f"payload given as str, {key_type}", times["str"], "bare signature", times["bare"])
        yield beside(f"general, b64 false, {key_type}", times["ours"], "jwcrypto", times["jwcrypto"])
        yield beside(f"compact, b64 true, {key_type}", times["compact"], "jwcrypto", times["jwcrypto compact"])


def bare_signature(key: Any, data: bytes) -> Callable[[], bytes]:
    """What `cryptography` alone does for one seal: hash `data` and sign."""
    if isinstance(key, rsa.RSAPrivateKey):
        return lambda: key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return lambda: key.sign(data, ec.ECDSA(hashes.SHA256()))


def _signing_input(sealed: bytes) -> bytes:
    envelope = Envelope.read(sealed)
    assert envelope.signed_octets is not None
    return envelope.signatures[0].protected.encode() + b"." + envelope.signed_octets


def _jwcrypto(pki: Any, text: bytes, *, b64: bool) -> Callable[[], str]:
    """The same payload and a header of the same members, in compact form where `b64` is true, else in JSON."""
    from jwcrypto import jwk, jws

    key = jwk.JWK.from_pem(pki.issued.key_pem())
    form = {"header": "etsi", "serialization": "compact", "b64": True} if b64 else {}
    like_ours = Envelope.read(seals.seal(text, pki.signer, **form)).signatures[0].header  # type: ignore[arg-type]  # one of two fixed forms
    protected = dict(like_ours.members)
    if "crit" in protected:
        protected["crit"] = [name for name in protected["crit"] if name == "b64"]
    if not protected.get("crit"):
        protected.pop("crit", None)

    payload = bytes(text) if b64 else text.decode()

    def seal() -> str:
        token = jws.JWS(payload)
        token.add_signature(key, None, json.dumps(protected))
        return str(token.serialize(compact=b64))

    return seal
