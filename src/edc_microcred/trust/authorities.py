"""Which of the certificates at hand were really issued beneath an anchor.

A sealed file brings its own certificates, and a hostile one can bring dozens that name each other as issuers: a search
through names alone would try every order of them. Here only signatures count, from the anchors downward, so that what
an attacker made is dropped before any path is built.
"""

from collections.abc import Iterable, Mapping

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from edc_microcred.trust.extensions import UNREADABLE, read_extensions


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether `issuer` is named as the issuer of `certificate` and its key made the signature. Never raises.

    A signature with SHA-1 or MD5 counts here, so that it can be called weak instead of wrong.
    """
    try:
        certificate.verify_directly_issued_by(issuer)
    except InvalidSignature:
        return False
    except UNREADABLE:
        return _issued_with_old_digest(certificate, issuer)
    return True


def _issued_with_old_digest(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        key, digest = issuer.public_key(), certificate.signature_hash_algorithm
        if certificate.issuer != issuer.subject or not isinstance(key, rsa.RSAPublicKey) or digest is None:
            return False
        key.verify(certificate.signature, certificate.tbs_certificate_bytes, padding.PKCS1v15(), digest)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def by_subject(certificates: Iterable[x509.Certificate]) -> dict[x509.Name, list[x509.Certificate]]:
    """The certificates by their subject; those whose name cannot be read are left out."""
    found: dict[x509.Name, list[x509.Certificate]] = {}
    for certificate in certificates:
        try:
            found.setdefault(certificate.subject, []).append(certificate)
        except UNREADABLE:
            continue
    return found


def named_as_issuer(
    certificate: x509.Certificate, candidates: Mapping[x509.Name, list[x509.Certificate]]
) -> list[x509.Certificate]:
    """The candidates (by subject) that bear the name which `certificate` gives as its issuer's."""
    try:
        return candidates.get(certificate.issuer, [])
    except UNREADABLE:
        return []


def issuers_of(
    certificate: x509.Certificate, candidates: Mapping[x509.Name, list[x509.Certificate]]
) -> list[x509.Certificate]:
    """The candidates (by subject) that issued `certificate`, itself not among them."""
    named = named_as_issuer(certificate, candidates)
    return [issuer for issuer in named if issuer != certificate and issued_by(certificate, issuer)]


def may_issue(certificate: x509.Certificate) -> bool:
    """Whether `certificate` is that of a CA: only such a one vouches for others, even when it is an anchor itself.

    A certificate of version 1 has no place to say so; those who make one an anchor know what it is.
    """
    if certificate.version is x509.Version.v1:
        return True
    extensions = read_extensions(certificate)
    return extensions.is_ca and (extensions.key_usage is None or "keyCertSign" in extensions.key_usage)


def issued_beneath(
    parents: Mapping[x509.Name, list[x509.Certificate]], pool: Iterable[x509.Certificate]
) -> list[x509.Certificate]:
    """Those of `pool` that lead up to `parents` (by subject), each link proven by its signature.

    Only a CA is followed further down: what the holder of a mere seal certificate issued leads nowhere.
    """
    reached: list[x509.Certificate] = []
    waiting = list(dict.fromkeys(pool))
    while parents and waiting:
        below = [certificate for certificate in waiting if issuers_of(certificate, parents)]
        reached += below
        waiting = [certificate for certificate in waiting if certificate not in below]
        parents = by_subject(c for c in below if c.version is not x509.Version.v1 and may_issue(c))
    return reached
