"""The extensions of a certificate, read one by one from its DER, so that a damaged one does not hide the others.

Real certification authorities issue certificates in which one extension is misspelled (a character set in a policy
notice, for instance); libraries then refuse all extensions at once. Here each is read alone, and only those that decide
something: what cannot be read is named in `damaged`.

Clauses: RFC 5280 4.2; ETSI EN 319 412-5 4.2 (QcStatements); ITU-T X.690 8 to 11 (DER).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

SUBJECT_KEY_IDENTIFIER: Final = "2.5.29.14"
KEY_USAGE: Final = "2.5.29.15"
BASIC_CONSTRAINTS: Final = "2.5.29.19"
CRL_DISTRIBUTION_POINTS: Final = "2.5.29.31"
AUTHORITY_KEY_IDENTIFIER: Final = "2.5.29.35"
EXTENDED_KEY_USAGE: Final = "2.5.29.37"
QC_STATEMENTS: Final = "1.3.6.1.5.5.7.1.3"
OCSP_NO_CHECK: Final = "1.3.6.1.5.5.7.48.1.5"

QC_COMPLIANCE: Final = "0.4.0.1862.1.1"
QC_SSCD: Final = "0.4.0.1862.1.4"
QC_TYPE: Final = "0.4.0.1862.1.6"
QC_TYPES: Final = {
    "0.4.0.1862.1.6.1": "esign",
    "0.4.0.1862.1.6.2": "eseal",
    "0.4.0.1862.1.6.3": "web",
}
"""The types of a qualified certificate: for signatures of people, for seals of organisations, for web sites."""

OCSP_SIGNING: Final = "1.3.6.1.5.5.7.3.9"

_USES: Final = (
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
)

UNREADABLE: Final = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What cryptography raises for a part of a certificate, CRL or OCSP response that it cannot read.

Much is read when it is first asked for, and not all of it fails with a `ValueError`.
"""

_BOOLEAN, _BIT_STRING, _OCTET_STRING, _OID, _SEQUENCE = 0x01, 0x03, 0x04, 0x06, 0x30
_EXTENSIONS_OF_TBS = 0xA3
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """What the extensions of one certificate say. None or an empty value: the extension is absent or damaged."""

    key_usage: frozenset[str] | None = None
    extended_key_usage: frozenset[str] | None = None
    is_ca: bool = False
    subject_key_identifier: bytes | None = None
    authority_key_identifier: bytes | None = None
    crl_addresses: frozenset[str] = frozenset()
    qc_compliance: bool = False
    qc_sscd: bool = False
    qc_types: tuple[str, ...] = ()
    ocsp_no_check: bool = False
    damaged: tuple[str, ...] = ()


def read_extensions(certificate: x509.Certificate) -> Extensions:
    """The extensions of `certificate`. Never raises for a damaged one: its OID is in `damaged` ("" for the whole list).

    An extension that is named twice is damaged: two readers could take two different values.
    """
    damaged: list[str] = []
    try:
        found = _raw_extensions(certificate.tbs_certificate_bytes, damaged)
    except ValueError:
        return Extensions(damaged=("",))

    def read(oid: str, reader: Callable[[bytes], _T], default: _T) -> _T:
        if oid not in found:
            return default
        try:
            return reader(found[oid])
        except (ValueError, IndexError):
            damaged.append(oid)
            return default

    no_statements: dict[str, tuple[str, ...]] = {}
    statements = read(QC_STATEMENTS, _statements, no_statements)
    return Extensions(
        key_usage=read(KEY_USAGE, _key_usage, None),
        extended_key_usage=read(EXTENDED_KEY_USAGE, _oids, None),
        is_ca=read(BASIC_CONSTRAINTS, _is_ca, False),
        subject_key_identifier=read(SUBJECT_KEY_IDENTIFIER, lambda value: _only(value, _OCTET_STRING), None),
        authority_key_identifier=read(AUTHORITY_KEY_IDENTIFIER, _key_identifier, None),
        crl_addresses=read(CRL_DISTRIBUTION_POINTS, _addresses, frozenset()),
        qc_compliance=QC_COMPLIANCE in statements,
        qc_sscd=QC_SSCD in statements,
        qc_types=statements.get(QC_TYPE, ()),
        ocsp_no_check=OCSP_NO_CHECK in found,
        damaged=tuple(damaged),
    )


def _raw_extensions(tbs: bytes, damaged: list[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for identifier, content in _elements(_only(tbs, _SEQUENCE)):
        if identifier != _EXTENSIONS_OF_TBS:
            continue
        for _, extension in _elements(_only(content, _SEQUENCE)):
            parts = list(_elements(extension))
            if len(parts) not in (2, 3) or parts[0][0] != _OID or parts[-1][0] != _OCTET_STRING:
                raise ValueError("an extension is no extension")
            oid = _dotted(parts[0][1])
            if oid in found:
                damaged.append(oid)
            found[oid] = parts[-1][1]
    return found


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The DER elements that `data` is made of, as (identifier octet, content). Raises `ValueError`."""
    at, end = 0, len(data)
    while at < end:
        if at + 2 > end or data[at] & 0x1F == 0x1F:
            raise ValueError("no DER element")
        identifier, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            octets = length & 0x7F
            if not 1 <= octets <= 4:
                raise ValueError("a length that DER does not have")
            length = int.from_bytes(data[at : at + octets], "big")
            at += octets
        if at + length > end:
            raise ValueError("an element longer than what holds it")
        yield identifier, data[at : at + length]
        at += length


def _only(data: bytes, identifier: int) -> bytes:
    """The content of the single element of this kind that `data` is."""
    elements = list(_elements(data))
    if len(elements) != 1 or elements[0][0] != identifier:
        raise ValueError("another element than expected")
    return elements[0][1]


def _dotted(content: bytes) -> str:
    if not content or content[-1] & 0x80:
        raise ValueError("an object identifier cut short")
    arcs: list[int] = []
    arc = 0
    for octet in content:
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


def _oids(value: bytes) -> frozenset[str]:
    return frozenset(_dotted(_checked(element, _OID)) for element in _elements(_only(value, _SEQUENCE)))


def _checked(element: tuple[int, bytes], identifier: int) -> bytes:
    if element[0] != identifier:
        raise ValueError("another element than expected")
    return element[1]


def _key_usage(value: bytes) -> frozenset[str]:
    bits = _only(value, _BIT_STRING)
    unused, octets = bits[0], bits[1:]
    count = 8 * len(octets) - unused
    if unused > 7 or count < 0:
        raise ValueError("no bit string")
    return frozenset(use for n, use in enumerate(_USES) if n < count and octets[n // 8] & 0x80 >> n % 8)


def _is_ca(value: bytes) -> bool:
    parts = list(_elements(_only(value, _SEQUENCE)))
    return bool(parts) and parts[0][0] == _BOOLEAN and parts[0][1] != b"\x00"


def _key_identifier(value: bytes) -> bytes | None:
    return next((content for identifier, content in _elements(_only(value, _SEQUENCE)) if identifier == 0x80), None)


def _addresses(value: bytes) -> frozenset[str]:
    addresses: set[str] = set()
    for _, point in _elements(_only(value, _SEQUENCE)):
        for name in (content for identifier, content in _elements(point) if identifier == 0xA0):
            for full_name in (content for identifier, content in _elements(name) if identifier == 0xA0):
                addresses.update(c.decode("ascii") for identifier, c in _elements(full_name) if identifier == 0x86)
    return frozenset(addresses)


def _statements(value: bytes) -> dict[str, tuple[str, ...]]:
    """Each QcStatement by its OID; for QcType with the types that it names (an unknown type as its OID)."""
    statements: dict[str, tuple[str, ...]] = {}
    for element in _elements(_only(value, _SEQUENCE)):
        parts = list(_elements(_checked(element, _SEQUENCE)))
        oid = _dotted(_checked(parts[0], _OID))
        types = [_dotted(_checked(p, _OID)) for p in _elements(_checked(parts[1], _SEQUENCE))] if oid == QC_TYPE else []
        statements[oid] = tuple(QC_TYPES.get(name, name) for name in types)
    return statements
