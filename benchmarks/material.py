"""What is measured with: a credential, keys, certificates, and a policy that trusts them."""

import json
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from edc_microcred import issuing
from edc_microcred.document import load
from edc_microcred.seals import FileSigner, JsonText
from edc_microcred.testing import IssuedCertificate, TestAuthority
from edc_microcred.trust import TrustPolicy
from tests.conftest import ROOT, reference_folder

SAMPLE: Final = Path("credentials", "eu-2023", "Sample-MC-Annex1-signed.jsonld")
EXAMPLE: Final = ROOT / "examples" / "credential.jsonld"
PASSWORD: Final = "benchmark"  # noqa: S105  # of keys that are made anew in each run
KEY_TYPES: Final = ("rsa-2048", "p-256")


@dataclass(frozen=True)
class Pki:
    """A test authority with one seal certificate; `sealed` is the credential under its seal, issuer completed."""

    authority: TestAuthority
    issued: IssuedCertificate
    signer: FileSigner
    policy: TrustPolicy
    sealed: bytes


@dataclass(frozen=True)
class Material:
    """The credential that everything is measured on, as the octets of its text, and what it is in words."""

    text: bytes
    name: str
    _folder: tempfile.TemporaryDirectory[str] = field(default_factory=tempfile.TemporaryDirectory, repr=False)

    @classmethod
    def found(cls) -> "Material":
        """The official micro-credential sample where the published material is at hand, else our own example."""
        reference = reference_folder()
        if reference is not None and (path := reference / SAMPLE).is_file():
            text = json.loads(path.read_bytes())["payload"].encode("utf-8")
            return cls(text, f"{SAMPLE.name}, the text inside its seal, {len(text):,} bytes")
        text = EXAMPLE.read_bytes()
        return cls(text, f"examples/{EXAMPLE.name}, {len(text):,} bytes (the official sample is not at hand)")

    @property
    def json_text(self) -> JsonText:
        """The text as sealing takes it from our own writer and reader."""
        return JsonText(self.text)

    @property
    def folder(self) -> Path:
        """A folder that goes away with the run."""
        return Path(self._folder.name)

    @cached_property
    def rsa_2048(self) -> Pki:
        return self._pki("rsa-2048")

    @cached_property
    def p_256(self) -> Pki:
        return self._pki("p-256")

    def pki(self, key_type: str) -> Pki:
        """The authority of one of `KEY_TYPES`, made when first asked for."""
        return self.rsa_2048 if key_type == "rsa-2048" else self.p_256

    def _pki(self, key_type: str) -> Pki:
        authority = TestAuthority(key_type=key_type)
        issued = authority.seal_certificate()
        signer = issued.signer()
        sealed = issuing.seal(load(self.text), signer).raw
        return Pki(authority, issued, signer, authority.policy(), sealed)

    @cached_property
    def sealed_file(self) -> Path:
        """The P-256 sealed credential as a file."""
        path = self.folder / "sealed.jsonld"
        path.write_bytes(self.p_256.sealed)
        return path

    @cached_property
    def trust_folder(self) -> Path:
        """A trust folder for it, as the command line takes one."""
        from cryptography.hazmat.primitives.serialization import Encoding

        trust = self.folder / "trust"
        (trust / "intermediates").mkdir(parents=True)
        policy = self.p_256.policy
        for kind, certificates in (("", policy.anchors), ("intermediates", policy.intermediates)):
            for number, certificate in enumerate(certificates):
                (trust / kind / f"{number}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        for number, crl in enumerate(policy.crls):
            (trust / f"{number}.crl").write_bytes(crl.public_bytes(Encoding.DER))
        return trust
