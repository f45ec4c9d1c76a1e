"""What a script makes of a credential with general libraries: fill in a text, expand it with pyld, sign with jwcrypto.

It checks nothing: no profile, no vocabulary, not whether the row makes sense. The signature is a JWS of the same form
(general serialization, `b64` false), without the header members of JAdES that jwcrypto does not know. A term that no
context has is dropped by pyld in silence. Files are written as they come.
"""

import json
import time
import uuid
from pathlib import Path
from typing import Any

from edc_microcred.jsonld import loading as contexts
from edc_microcred.testing import IssuedCertificate


def by_hand(text: bytes, issued: IssuedCertificate, folder: Path, count: int) -> float:
    """Credentials a second that are made after the model of one, `text`."""
    from jwcrypto import jwk, jws
    from pyld import jsonld

    key = jwk.JWK.from_pem(issued.key_pem())
    protected = json.dumps({"alg": "RS256", "b64": False, "crit": ["b64"], "typ": "jose+json"})
    options: dict[str, Any] = {"documentLoader": contexts.load, "base": None}

    def make(number: int) -> None:
        members = json.loads(text)
        members["id"] = f"urn:credential:{uuid.uuid4()}"
        members["credentialSubject"]["familyName"] = {"en": f"Primer {number}"}
        jsonld.expand(members, options)
        token = jws.JWS(json.dumps(members, ensure_ascii=False, separators=(",", ":")))
        token.add_signature(key, None, protected)
        (folder / f"{number}.jsonld").write_text(token.serialize(), "utf-8")

    for number in range(10):
        make(number)
    begun = time.perf_counter()
    for number in range(count):
        make(number)
    return count / (time.perf_counter() - begun)
