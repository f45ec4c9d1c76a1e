"""The parts of the certificates that the test authority makes: names, dates, key identifiers, uses, QcStatements.

Clauses: RFC 5280 4.1 and 4.2; ETSI EN 319 412-1 5.1.4 (organisation identifier); EN 319 412-5 4.2 (QcStatements).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID

from edc_microcred.errors import TrustError
from edc_microcred.testing.keys import PrivateKey, PublicKey
from edc_microcred.trust.extensions import QC_COMPLIANCE, QC_STATEMENTS, QC_TYPE, QC_TYPES

QCP_LEGAL: Final = x509.ObjectIdentifier("0.4.0.194112.1.1")
"""The certificate policy QCP-l: a qualified certificate of a legal person."""

_QC_TYPE_OIDS: Final = {name: oid for oid, name in QC_TYPES.items()}
_OID, _SEQUENCE = 0x06, 0x30
_LONGEST_NAME: Final = 64
"""RFC 5280, appendix A.1, of a common name and an organisation."""


def name(common_name: str, organisation: str, country: str, identifier: str | None = None) -> x509.Name:
    """A subject. Raises `TrustError` for what no name can hold, and when the common name does not hold "TEST".

    Nothing that is made here may be mistaken for a real certificate.
    """
    if "TEST" not in common_name:
        raise TrustError(
            f"The name {common_name[:60]!r} does not say that the certificate is one for tests.",
            remedy='Put "TEST" into the common name.',
        )
    values = {
        NameOID.COUNTRY_NAME: country,
        NameOID.ORGANIZATION_NAME: organisation,
        NameOID.ORGANIZATION_IDENTIFIER: identifier,
        NameOID.COMMON_NAME: common_name,
    }
    parts = [value for value in values.values() if value is not None]
    try:
        if not all(1 <= len(part) <= _LONGEST_NAME for part in parts):
            raise ValueError("a part of a name is empty or too long")
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in values.items() if value is not None])
    except ValueError as error:
        raise TrustError(
            "No certificate can bear this name.",
            remedy="A country has two letters (RS), each other part 1 to 64 characters.",
        ) from error


def builder(
    subject: x509.Name,
    key: PrivateKey,
    issuer: x509.Name,
    issuer_key: PublicKey,
    not_before: datetime,
    not_after: datetime,
) -> x509.CertificateBuilder:
    """A certificate with both key identifiers; DSS refuses a CA certificate without one."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
    )


def key_usage(uses: Collection[str]) -> x509.KeyUsage:
    """The extension for uses by the names of RFC 5280 ("digitalSignature")."""
    return x509.KeyUsage(
        digital_signature="digitalSignature" in uses,
        content_commitment="nonRepudiation" in uses,
        key_encipherment="keyEncipherment" in uses,
        data_encipherment="dataEncipherment" in uses,
        key_agreement="keyAgreement" in uses,
        key_cert_sign="keyCertSign" in uses,
        crl_sign="cRLSign" in uses,
        encipher_only="encipherOnly" in uses,
        decipher_only="decipherOnly" in uses,
    )


def qc_statements(types: Collection[str]) -> x509.UnrecognizedExtension:
    """QcStatements with QcCompliance and QcType of these `types` ("eseal", "esign", "web")."""
    named = _der(_SEQUENCE, *(_oid(_QC_TYPE_OIDS[one]) for one in types))
    compliance = _der(_SEQUENCE, _oid(QC_COMPLIANCE))
    value = _der(_SEQUENCE, compliance, _der(_SEQUENCE, _oid(QC_TYPE), named))
    return x509.UnrecognizedExtension(x509.ObjectIdentifier(QC_STATEMENTS), value)


def _der(identifier: int, *content: bytes) -> bytes:
    joined = b"".join(content)
    if len(joined) > 0x7F:
        raise ValueError("longer than the short form of DER can say")
    return bytes([identifier, len(joined)]) + joined


def _oid(dotted: str) -> bytes:
    first, second, *arcs = map(int, dotted.split("."))
    octets = bytearray([40 * first + second])
    for arc in arcs:
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.append(arc & 0x7F | 0x80)
        octets += bytes(reversed(septets))
    return _der(_OID, bytes(octets))
