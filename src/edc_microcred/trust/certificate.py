"""What a certificate says of its holder and its key, and whether that fits the seal of an organisation.

`describe` reads, `check_certificate` judges. Nothing here asks who issued the certificate: that is `trust.path`.

    facts = describe(certificate)
    facts.organisation, facts.organisation_identifier, facts.is_seal
    # ('University of Belgrade TEST', 'VATRS-000000000', True)

Clauses: RFC 5280 4.1 and 4.2; ETSI EN 319 412-1 5.1.4 and 412-3 4.2.1 (organizationIdentifier, OID 2.5.4.97);
ETSI EN 319 412-5 4.2 (QcCompliance, QcSSCD, QcType); ETSI TS 119 312 (key sizes).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID, PublicKeyAlgorithmOID

from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.trust.extensions import QC_STATEMENTS, UNREADABLE, Extensions, read_extensions

SEALING_KINDS: Final = ("RSA", "RSASSA-PSS", "ECDSA")
"""The kinds of key that a JAdES seal of a European Digital Credential can be made with."""

_LEAST_RSA: Final = 2048
_LEAST_EC: Final = 256
_SIGNING: Final = frozenset({"digitalSignature", "nonRepudiation"})
_OTHER_PURPOSES: Final = {
    "1.3.6.1.5.5.7.3.1": "serverAuth",
    "1.3.6.1.5.5.7.3.2": "clientAuth",
    "1.3.6.1.5.5.7.3.3": "codeSigning",
    "1.3.6.1.5.5.7.3.5": "ipsecEndSystem",
    "1.3.6.1.5.5.7.3.6": "ipsecTunnel",
    "1.3.6.1.5.5.7.3.7": "ipsecUser",
    "1.3.6.1.5.5.7.3.8": "timeStamping",
    "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    "1.3.6.1.5.5.7.3.17": "ipsecIKE",
    "1.3.6.1.4.1.311.20.2.2": "smart card logon",
}
"""Purposes that are not the signing of documents. Real seal certificates have some of them beside emailProtection."""
_MEANT_FOR: Final = {"esign": "signatures of a person", "web": "web sites"}

NOT_FOR_SEALS = Rule(
    id="trust/not-a-seal-certificate",
    severity=Severity.WARNING,
    title="The certificate is not one for electronic seals",
    message="“{name}” is not marked as a certificate for electronic seals: it does not say what it is for (QcType).",
    why="Only a seal certificate is sure to speak for an organisation, and a wallet may refuse any other.",
    fix="Seal with a certificate for electronic seals: QcStatements with QcType eseal (0.4.0.1862.1.6.2).",
    source="ETSI EN 319 412-5 4.2.3; Regulation (EU) 910/2014, Annex III (a)",
    since="0.1",
    wrong={"certificate": "not-a-seal"},
    right={"certificate": "good"},
)

FOR_SOMETHING_ELSE = Rule(
    id="trust/issued-for-something-else",
    severity=Severity.ERROR,
    title="The certificate was issued for something else than seals",
    message="“{name}” is a certificate for {purpose}, not for electronic seals.",
    why="A person's certificate may name the employer, and a web server's its owner; whoever holds such a key does not "
    "seal for the organisation by that.",
    fix="Seal with a certificate for electronic seals: QcStatements with QcType eseal (0.4.0.1862.1.6.2).",
    source="ETSI EN 319 412-5 4.2.3; EN 319 412-2 4.3.2; Regulation (EU) 910/2014, Article 3 (14) and (29)",
    since="0.1",
    wrong={"certificate": "of-a-person"},
    right={"certificate": "good"},
    indeterminate=True,
)

PURPOSE_WRONG = Rule(
    id="trust/purpose-wrong",
    severity=Severity.ERROR,
    title="The certificate does not allow its key to sign documents",
    message="The key of “{name}” may be used for {purposes} only, not for signing documents.",
    why="The issuer of the certificate excluded every other use, so a seal made with the key has no standing.",
    fix="Seal with a certificate for electronic seals: without extendedKeyUsage, or with a purpose such as "
    "emailProtection or documentSigning in it.",
    source="RFC 5280 4.2.1.12; RFC 9336",
    since="0.1",
    wrong={"certificate": "for-web-servers"},
    right={"certificate": "good"},
)

ORGANISATION_IDENTIFIER_MISSING = Rule(
    id="trust/organisation-identifier-missing",
    severity=Severity.WARNING,
    title="The certificate has no organisation identifier",
    message="“{name}” names no organisation identifier (2.5.4.97).",
    why="The name of an organisation is not unique; the identifier says which one it is and is what EDC writes as "
    "`eIDASIdentifier` of the issuer.",
    fix="Ask the provider for a certificate with organizationIdentifier, such as VATRS-000000000 or NTREE-00000000.",
    source="ETSI EN 319 412-3 4.2.1; EN 319 412-1 5.1.4",
    since="0.1",
    wrong={"certificate": "no-organisation-identifier"},
    right={"certificate": "good"},
)

KEY_USAGE_WRONG = Rule(
    id="trust/key-usage-wrong",
    severity=Severity.ERROR,
    title="The certificate does not allow its key to sign",
    message="The key of “{name}” may be used for {uses}, not for signing.",
    why="The issuer of the certificate excluded this use, so a seal made with the key has no standing.",
    fix="Seal with a certificate whose keyUsage has nonRepudiation (contentCommitment) or digitalSignature.",
    source="RFC 5280 4.2.1.3; ETSI EN 319 412-2 4.3.2",
    since="0.1",
    wrong={"certificate": "not-for-signing"},
    right={"certificate": "good"},
)

KEY_USAGE_MISSING = Rule(
    id="trust/key-usage-missing",
    severity=Severity.ERROR,
    title="The certificate does not say what its key is for",
    message="“{name}” has no keyUsage; nothing says that its key may sign.",
    why="Every seal certificate that follows the European profile has this extension; without it the use is a guess.",
    fix="Seal with a certificate whose keyUsage has nonRepudiation (contentCommitment) or digitalSignature.",
    source="ETSI EN 319 412-2 4.3.2",
    since="0.1",
    wrong={"certificate": "no-key-usage"},
    right={"certificate": "good"},
    indeterminate=True,
)

KEY_WEAK = Rule(
    id="trust/key-weak",
    severity=Severity.ERROR,
    title="The key is too short",
    message="The key of “{name}” is {kind} with {bits} bits; the least is {least}.",
    why="A key of this size can be broken, so anybody may have made the seal.",
    fix="Have a new certificate issued for RSA with 3072 bits or more, or for P-256 or larger.",
    source="ETSI TS 119 312 V1.5.1",
    since="0.1",
    wrong={"certificate": "weak"},
    right={"certificate": "good"},
)

KEY_KIND = Rule(
    id="trust/key-kind",
    severity=Severity.ERROR,
    title="The key is of a kind that no seal uses",
    message="The key of “{name}” is {kind}; seals are made with RSA or ECDSA keys.",
    why="The European catalogue of algorithms for seals has RSA and ECDSA only; other software refuses the rest.",
    fix="Have a certificate issued for an RSA key of 3072 bits or more, or for P-256 or larger.",
    source="ETSI TS 119 312 V1.5.1; ETSI TS 119 182-1 V1.2.1, 5.1.2",
    since="0.1",
    wrong={"certificate": "ed25519"},
    right={"certificate": "good"},
)

CERTIFICATE_DAMAGED = Rule(
    id="trust/certificate-damaged",
    severity=Severity.ERROR,
    title="A part of the certificate cannot be read",
    message="In “{name}” this cannot be read: {parts}.",
    why="What cannot be read may hold the very restriction that forbids the use.",
    fix="Get the certificate again from its issuer. If it was issued like this, ask for a correct one.",
    source="RFC 5280 4.2",
    since="0.1",
    wrong={"certificate": "damaged"},
    right={"certificate": "good"},
    indeterminate=True,
)

RULES: Final = (
    NOT_FOR_SEALS,
    FOR_SOMETHING_ELSE,
    PURPOSE_WRONG,
    ORGANISATION_IDENTIFIER_MISSING,
    KEY_USAGE_WRONG,
    KEY_USAGE_MISSING,
    KEY_WEAK,
    KEY_KIND,
    CERTIFICATE_DAMAGED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What one certificate says. Times are in UTC, `serial` and `sha256` in small hexadecimal.

    `key_kind` is "RSA", "RSASSA-PSS", "ECDSA", or another name for keys that no seal uses; `curve` is the name of NIST
    ("P-256") where it has one. `qc_types` holds "esign", "eseal", "web", or the OID of another type. `key_usage` holds
    the names of RFC 5280 ("digitalSignature"), `purposes` the OIDs of extendedKeyUsage; each is None where the
    certificate does not say. `damaged` names the parts that could not be read.
    """

    subject: str
    common_name: str | None
    organisation: str | None
    organisation_identifier: str | None
    country: str | None
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    key_kind: str
    key_bits: int
    curve: str | None
    sha256: str
    is_ca: bool
    qc_compliance: bool
    qc_sscd: bool
    qc_types: tuple[str, ...]
    key_usage: frozenset[str] | None
    purposes: frozenset[str] | None = None
    damaged: tuple[str, ...] = ()

    @property
    def is_seal(self) -> bool:
        """Whether it is a certificate for electronic seals (QcType eseal)."""
        return "eseal" in self.qc_types

    @property
    def name(self) -> str:
        """What to call it in a message: common name, else organisation, else serial number."""
        return self.common_name or self.organisation or f"certificate {self.serial}"

    def valid_at(self, moment: datetime) -> bool:
        """Whether `moment` (with time zone) is within the dates of the certificate, both ends included."""
        return self.not_before <= moment <= self.not_after

    def as_json(self) -> dict[str, Any]:
        """The facts as reports write them: members that do not apply are absent."""
        members: dict[str, Any] = {
            "commonName": self.common_name,
            "organisation": self.organisation,
            "organisationIdentifier": self.organisation_identifier,
            "country": self.country,
            "issuer": self.issuer,
            "serial": self.serial,
            "notBefore": self.not_before.isoformat(),
            "notAfter": self.not_after.isoformat(),
            "key": f"{self.key_kind} {self.curve or self.key_bits}",
            "sha256": self.sha256,
            "isSeal": self.is_seal,
            "qcCompliance": self.qc_compliance,
            "qcSSCD": self.qc_sscd,
            "qcTypes": list(self.qc_types),
            "keyUsage": None if self.key_usage is None else sorted(self.key_usage),
        }
        return {name: value for name, value in members.items() if value is not None}


def describe(certificate: x509.Certificate, extensions: Extensions | None = None) -> CertificateFacts:
    """The facts of `certificate`. Never raises for damaged parts: they are in `damaged` and read as absent.

    `extensions` saves reading them again where the caller has them.
    """
    if extensions is None:
        extensions = read_extensions(certificate)
    damaged = [oid or "extensions" for oid in extensions.damaged]
    subject, attributes = _name(certificate, "subject", damaged)
    issuer, _ = _name(certificate, "issuer", damaged)
    kind, bits, curve = key_of(certificate)
    return CertificateFacts(
        subject=subject,
        common_name=attributes.get(NameOID.COMMON_NAME.dotted_string),
        organisation=attributes.get(NameOID.ORGANIZATION_NAME.dotted_string),
        organisation_identifier=attributes.get(NameOID.ORGANIZATION_IDENTIFIER.dotted_string),
        country=attributes.get(NameOID.COUNTRY_NAME.dotted_string),
        issuer=issuer,
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        key_kind=kind,
        key_bits=bits,
        curve=curve,
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        is_ca=extensions.is_ca,
        qc_compliance=extensions.qc_compliance,
        qc_sscd=extensions.qc_sscd,
        qc_types=extensions.qc_types,
        key_usage=extensions.key_usage,
        purposes=extensions.extended_key_usage,
        damaged=tuple(damaged),
    )


def check_certificate(facts: CertificateFacts) -> Iterator[Finding]:
    """What speaks against sealing with this certificate, whoever issued it."""
    name = facts.name
    if facts.damaged:
        yield CERTIFICATE_DAMAGED.found(name=name, parts=", ".join(facts.damaged))
    if purpose := _meant_for(facts):
        yield FOR_SOMETHING_ELSE.found(name=name, purpose=purpose)
    elif not facts.is_seal and QC_STATEMENTS not in facts.damaged:
        yield NOT_FOR_SEALS.found(name=name)
    if facts.purposes is not None and facts.purposes <= _OTHER_PURPOSES.keys():
        purposes = ", ".join(_OTHER_PURPOSES[one] for one in sorted(facts.purposes)) or "nothing"
        yield PURPOSE_WRONG.found(name=name, purposes=purposes)
    if not facts.organisation_identifier:
        yield ORGANISATION_IDENTIFIER_MISSING.found(name=name)
    if facts.key_usage is None:
        yield KEY_USAGE_MISSING.found(name=name)
    elif not facts.key_usage & _SIGNING:
        yield KEY_USAGE_WRONG.found(name=name, uses=", ".join(sorted(facts.key_usage)) or "nothing")
    if facts.key_kind not in SEALING_KINDS:
        yield KEY_KIND.found(name=name, kind=facts.key_kind)
    else:
        least = _LEAST_EC if facts.key_kind == "ECDSA" else _LEAST_RSA
        if facts.key_bits < least:
            yield KEY_WEAK.found(name=name, kind=facts.key_kind, bits=facts.key_bits, least=least)


def _meant_for(facts: CertificateFacts) -> str:
    """What else the certificate says it is for; empty when it is for seals or does not say."""
    if facts.is_ca:
        return "issuing other certificates"
    if facts.qc_types and not facts.is_seal:
        return " and ".join(_MEANT_FOR.get(kind, f"QcType {kind}") for kind in facts.qc_types)
    return ""


def key_of(certificate: x509.Certificate) -> tuple[str, int, str | None]:
    """Kind, bits and curve of the key that `certificate` certifies; a key that cannot be read is of kind "unknown"."""
    try:
        key = certificate.public_key()
    except UNREADABLE:
        return "unknown", 0, None
    if isinstance(key, rsa.RSAPublicKey):
        only_pss = certificate.public_key_algorithm_oid == PublicKeyAlgorithmOID.RSASSA_PSS
        return ("RSASSA-PSS" if only_pss else "RSA"), key.key_size, None
    if isinstance(key, ec.EllipticCurvePublicKey):
        nist = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
        return "ECDSA", key.curve.key_size, nist.get(key.curve.name, key.curve.name)
    return type(key).__name__.removesuffix("PublicKey"), getattr(key, "key_size", 0), None


def _name(certificate: x509.Certificate, part: str, damaged: list[str]) -> tuple[str, dict[str, str]]:
    """The name as text and its attributes by OID, the first of each, as EDC takes them."""
    try:
        name: x509.Name = getattr(certificate, part)
        attributes: dict[str, str] = {}
        for attribute in name:
            if isinstance(attribute.value, str):
                attributes.setdefault(attribute.oid.dotted_string, attribute.value)
        return name.rfc4514_string(), attributes
    except UNREADABLE:
        damaged.append(part)
        return "", {}
