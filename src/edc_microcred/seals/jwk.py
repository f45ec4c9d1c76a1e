"""A private key out of a JSON Web Key, with the certificates and the algorithm that it names.

Clauses: RFC 7517, 4 and 6; RFC 7518, 6.
"""

from typing import Any

from cryptography import x509
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK

from edc_microcred import json_text
from edc_microcred.errors import SignerError, UnreadableError
from edc_microcred.seals import base64url
from edc_microcred.seals.header import read_certificate


def read_jwk(jwk: str | bytes, what: str) -> tuple[Any, list[x509.Certificate], str | None]:
    """Key, certificates of `x5c`, and `alg` of a JWK. `what` names it in messages. Raises `SignerError`."""
    text = jwk if isinstance(jwk, str) else jwk.decode("utf-8", "replace")
    try:
        members = json_text.parse(text, what=what)
        if not isinstance(members, dict):
            raise _unusable(what, "it is no JSON object")
        if members.get("kty") not in ("RSA", "EC"):
            raise _unusable(what, "its kind (`kty`) is neither RSA nor EC")
        key = JWK(**members).get_op_key("sign")
    except UnreadableError:
        raise _unusable(what, "it is not JSON") from None  # a parser's exception holds the text, and so the key
    except (JWException, ValueError, TypeError, KeyError, AttributeError):
        raise _unusable(what, "it is a public key, a key that must not sign, or damaged") from None  # as above
    x5c, alg = members.get("x5c"), members.get("alg")
    texts = x5c if isinstance(x5c, list) else []
    found = [read_certificate(base64url.decode_leniently(item)) for item in texts if isinstance(item, str)]
    return key, [certificate for certificate in found if certificate], alg if isinstance(alg, str) else None


def _unusable(what: str, reason: str) -> SignerError:
    return SignerError(
        f"{what} cannot be used as a key: {reason}.",
        remedy="Give a private key in JWK (RFC 7517) of kind RSA or EC, without `use` or with `use` sig.",
        state="Nothing was sealed.",
    )
