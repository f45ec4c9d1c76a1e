"""A certification authority for tests: seal certificates, right and wrong on purpose, CRLs and OCSP responses.

Everything it makes is marked TEST in its name. Keys live in memory only. The clock is an argument, so that a test of
today still holds in ten years.

    authority = TestAuthority(now=datetime(2026, 1, 1, tzinfo=UTC), key_type="p-256")
    seal = authority.seal_certificate()
    result = check_path(seal.certificate, policy=authority.policy(), at=authority.now, now=authority.now)
    authority.revoke(seal.certificate)          # the next policy() knows
    stale = authority.seal_certificate(fault="expired")

RSA-3072 is the default, because the Commission's DSS 5.11.1 refuses shorter RSA keys; "p-256" makes tests fast.

Clauses: RFC 5280 4.2, 5; RFC 6960; ETSI EN 319 412-3 (seal certificates), EN 319 412-5 4.2 (QcStatements).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from edc_microcred.errors import SignerError, TrustError
from edc_microcred.seals.signer import FileSigner
from edc_microcred.testing import profile
from edc_microcred.testing.faults import Certificate, Fault, made_wrong
from edc_microcred.testing.keys import PrivateKey, digest_for, make_key
from edc_microcred.trust import Revocation, TrustPolicy

_ORGANISATION: Final = "edc-microcred TEST PKI"
_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCertificate:
    """A certificate with its key. `chain` holds the certificates above it, the root left out."""

    certificate: x509.Certificate
    private_key: PrivateKey = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """The certificate and those above it, as a seal carries them."""
        return (self.certificate, *self.chain)

    def pkcs12(self, password: str | bytes) -> bytes:
        """Key and certificates as an encrypted PKCS#12 file."""
        encoded = password.encode() if isinstance(password, str) else password
        return pkcs12.serialize_key_and_certificates(
            b"TEST seal", self.private_key, self.certificate, list(self.chain), BestAvailableEncryption(encoded)
        )

    def signer(self, algorithm: str | None = None) -> FileSigner:
        """A signer for this certificate; the algorithm fits the key unless named."""
        if isinstance(self.private_key, ed25519.Ed25519PrivateKey):
            raise SignerError("No seal can be made with an Ed25519 key.", remedy="Use another key type.")
        return FileSigner(self.private_key, self.certificates, algorithm)

    def key_pem(self) -> bytes:
        """The key alone as PKCS#8 PEM, not encrypted: for tests only."""
        return self.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def certificates_pem(self) -> bytes:
        """The certificates as PEM, the seal's first."""
        return b"".join(c.public_bytes(Encoding.PEM) for c in self.certificates)


@dataclass(frozen=True, slots=True)
class _Issuer:
    name: x509.Name
    named_key: PrivateKey
    signing_key: PrivateKey
    chain: tuple[x509.Certificate, ...] = ()


class TestAuthority:
    """A root CA, with an issuing CA below it where `intermediate` says so. Not safe to share between threads.

    `now` (with time zone) is the authority's idea of the present; certificates and CRLs are current then. `key_type` is
    that of the CAs, `seal_key_type` that of seals (the same unless given). `fault` makes a CA wrong on purpose:
    "root-expired", "intermediate-expired", "intermediate-weak", "intermediate-no-ca".
    """

    __test__ = False

    def __init__(
        self,
        *,
        now: datetime | None = None,
        key_type: str = "rsa-3072",
        seal_key_type: str | None = None,
        intermediate: bool = False,
        name: str = "TEST",
        country: str = "RS",
        fault: Literal["root-expired", "intermediate-expired", "intermediate-weak", "intermediate-no-ca"] | None = None,
    ) -> None:
        now = now or datetime.now(UTC)
        if now.utcoffset() is None:
            raise TrustError("The clock of a test authority needs a time zone.", remedy="Use an aware datetime.")
        self.now: datetime = now.astimezone(UTC).replace(microsecond=0)
        self.seal_key_type = seal_key_type or key_type
        self._revoked: dict[int, tuple[datetime, x509.ReasonFlags]] = {}
        self._crl_number = 0
        root_key = make_key(key_type)
        root_name = profile.name(f"{name} Root CA", _ORGANISATION, country)
        root_end = self.now - timedelta(days=3) if fault == "root-expired" else self.now + 10 * _YEAR
        root = self._ca(root_name, root_key, root_name, root_key, until=root_end)
        self.root = IssuedCertificate(certificate=root, private_key=root_key)
        self.issuing = self.root
        if intermediate or (fault or "").startswith("intermediate"):
            key = make_key("rsa-1024" if fault == "intermediate-weak" else key_type)
            end = self.now - timedelta(days=3) if fault == "intermediate-expired" else self.now + 5 * _YEAR
            ca = self._ca(
                profile.name(f"{name} Issuing CA", _ORGANISATION, country),
                key,
                root_name,
                root_key,
                until=end,
                path_length=0,
                is_ca=fault != "intermediate-no-ca",
            )
            self.issuing = IssuedCertificate(certificate=ca, private_key=key, chain=())

    def seal_certificate(
        self,
        *,
        fault: Fault | None = None,
        organisation: str = "TEST University",
        common_name: str = "TEST Seal",
        organisation_identifier: str | None = "VATRS-000000000",
        country: str = "RS",
        key_type: str | None = None,
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        qc_types: Sequence[str] = ("eseal",),
        key_usage: Sequence[str] | None = ("digitalSignature", "nonRepudiation"),
        extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
    ) -> IssuedCertificate:
        """A new certificate for electronic seals, with its key; `fault` (a key of `FAULTS`) makes it wrong.

        A certificate is in force from 30 days before `now` to two years after, unless told otherwise; each of
        `extensions` is added with its criticality. "revoked" and "suspended" are known to the CRLs and OCSP responses
        made afterwards.
        """
        wanted = Certificate(
            organisation_identifier=organisation_identifier,
            key_type=key_type or self.seal_key_type,
            not_before=not_before or self.now - timedelta(days=30),
            not_after=not_after or self.now + 2 * _YEAR,
            qc_types=tuple(qc_types),
            key_usage=None if key_usage is None else tuple(key_usage),
            policies=x509.CertificatePolicies([x509.PolicyInformation(profile.QCP_LEGAL, None)]),
            extensions=tuple(extensions),
        )
        if fault is not None:
            wanted = made_wrong(wanted, fault, self.now)
        key = make_key(wanted.key_type)
        subject = profile.name(common_name, organisation, country, wanted.organisation_identifier)
        issuer = self._issuer_for(fault, subject, key)
        builder = profile.builder(
            subject, key, issuer.name, issuer.named_key.public_key(), wanted.not_before, wanted.not_after
        ).add_extension(wanted.policies, critical=False)
        if wanted.key_usage is not None:
            builder = builder.add_extension(profile.key_usage(wanted.key_usage), critical=True)
        if wanted.qc_types:
            builder = builder.add_extension(profile.qc_statements(wanted.qc_types), critical=False)
        for extension, critical in wanted.extensions:
            builder = builder.add_extension(extension, critical)
        certificate = builder.sign(issuer.signing_key, digest_for(issuer.signing_key))
        if fault == "revoked":
            self.revoke(certificate)
        elif fault == "suspended":
            self.revoke(certificate, reason=x509.ReasonFlags.certificate_hold)
        return IssuedCertificate(certificate=certificate, private_key=key, chain=issuer.chain)

    def signer(self, algorithm: str | None = None, *, fault: Fault | None = None) -> FileSigner:
        """A signer with a new seal certificate; for more choice: `seal_certificate(...).signer()`."""
        return self.seal_certificate(fault=fault).signer(algorithm)

    def revoke(
        self,
        certificate: x509.Certificate,
        *,
        at: datetime | None = None,
        reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
    ) -> None:
        """Revokes `certificate` at `at` (an hour before `now` when left out), in all CRLs and responses made later."""
        self._revoked[certificate.serial_number] = (at or self.now - timedelta(hours=1), reason)

    def crl(
        self,
        *,
        issuer: IssuedCertificate | None = None,
        this_update: datetime | None = None,
        next_update: datetime | None = None,
        signed_by: PrivateKey | None = None,
        extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
    ) -> x509.CertificateRevocationList:
        """The CRL of `issuer` (the issuing CA when left out), current from an hour before `now` for 30 days.

        `signed_by` signs with another key than the issuer's, which makes a forgery.
        """
        issuer = issuer or self.issuing
        this_update = this_update or self.now - timedelta(minutes=30)
        self._crl_number += 1
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(this_update)
            .next_update(next_update or this_update + timedelta(days=30))
            .add_extension(x509.CRLNumber(self._crl_number), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.private_key.public_key()), critical=False
            )
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        for serial, (when, reason) in self._revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when)
            builder = builder.add_revoked_certificate(entry.add_extension(x509.CRLReason(reason), False).build())
        key = signed_by or issuer.private_key
        return builder.sign(key, digest_for(key))

    def crls(
        self, *, this_update: datetime | None = None, next_update: datetime | None = None
    ) -> tuple[x509.CertificateRevocationList, ...]:
        """The CRL of every CA: all that a verifier needs."""
        issuers = [self.root] if self.issuing is self.root else [self.root, self.issuing]
        return tuple(self.crl(issuer=i, this_update=this_update, next_update=next_update) for i in issuers)

    def ocsp_response(
        self,
        certificate: x509.Certificate,
        *,
        this_update: datetime | None = None,
        next_update: datetime | None = None,
        delegated: bool = False,
        no_check: bool = True,
    ) -> ocsp.OCSPResponse:
        """What the issuing CA says of `certificate`, current from half an hour before `now` for a day.

        `delegated` has a responder sign that the CA appointed, whose certificate has ocsp-nocheck unless `no_check` is
        False.
        """
        this_update = this_update or self.now - timedelta(minutes=30)
        when, reason = self._revoked.get(certificate.serial_number, (None, None))
        responder = self._responder(no_check) if delegated else self.issuing
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=self.issuing.certificate,
            algorithm=hashes.SHA1(),  # noqa: S303 - the identifier that every responder understands, no protection
            cert_status=ocsp.OCSPCertStatus.GOOD if when is None else ocsp.OCSPCertStatus.REVOKED,
            this_update=this_update,
            next_update=next_update or this_update + timedelta(days=1),
            revocation_time=when,
            revocation_reason=reason,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
        if delegated:
            builder = builder.certificates([responder.certificate])
        return builder.sign(responder.private_key, digest_for(responder.private_key))

    def policy(
        self,
        *,
        anchors: Sequence[x509.Certificate] | None = None,
        crls: Sequence[x509.CertificateRevocationList] | None = None,
        ocsp_responses: Sequence[ocsp.OCSPResponse] = (),
        revocation: Revocation = "require",
    ) -> TrustPolicy:
        """A policy that trusts this authority's root, with its CRLs as they are now; each can be replaced."""
        return TrustPolicy(
            anchors=(self.root.certificate,) if anchors is None else anchors,
            crls=self.crls() if crls is None else crls,
            ocsp_responses=ocsp_responses,
            intermediates=() if self.issuing is self.root else (self.issuing.certificate,),
            revocation=revocation,
        )

    def _issuer_for(self, fault: Fault | None, subject: x509.Name, key: PrivateKey) -> "_Issuer":
        issuing = self.issuing
        chain = () if issuing is self.root else (issuing.certificate,)
        issuer = _Issuer(issuing.certificate.subject, issuing.private_key, issuing.private_key, chain)
        match fault:
            case "self-signed":
                return _Issuer(subject, key, key)
            case "other-issuer":
                stranger = make_key(self.seal_key_type)
                return _Issuer(profile.name("TEST Stranger CA", _ORGANISATION, "RS"), stranger, stranger)
            case "forged":
                return replace(issuer, signing_key=make_key(self.seal_key_type))
            case _:
                return issuer

    def _ca(
        self,
        subject: x509.Name,
        key: PrivateKey,
        issuer: x509.Name,
        issuer_key: PrivateKey,
        *,
        until: datetime,
        path_length: int | None = None,
        is_ca: bool = True,
    ) -> x509.Certificate:
        constraints = x509.BasicConstraints(ca=is_ca, path_length=path_length if is_ca else None)
        builder = profile.builder(subject, key, issuer, issuer_key.public_key(), self.now - _YEAR, until)
        builder = builder.add_extension(constraints, critical=True)
        builder = builder.add_extension(profile.key_usage(("keyCertSign", "cRLSign")), critical=True)
        return builder.sign(issuer_key, digest_for(issuer_key))

    def _responder(self, no_check: bool) -> IssuedCertificate:
        key = make_key(self.seal_key_type)
        issuer = self.issuing
        builder = profile.builder(
            profile.name("TEST OCSP responder", _ORGANISATION, "RS"),
            key,
            issuer.certificate.subject,
            issuer.private_key.public_key(),
            self.now - timedelta(days=30),
            self.now + _YEAR,
        )
        builder = builder.add_extension(profile.key_usage(("digitalSignature",)), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), critical=False)
        if no_check:
            builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
        certificate = builder.sign(issuer.private_key, digest_for(issuer.private_key))
        return IssuedCertificate(certificate=certificate, private_key=key)
