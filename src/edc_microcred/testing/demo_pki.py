"""A small public key infrastructure in a folder, to try sealing and verifying without buying a certificate.

    demo = write_demo_pki(Path("demo"))
    demo.key, demo.password_file, demo.trust
    # (PosixPath('demo/seal.p12'), PosixPath('demo/password.txt'), PosixPath('demo/trust'))

`TrustPolicy.from_folder(demo.trust)` trusts the demo's root and knows the CRL of every CA, so that a seal made with
`seal.p12` verifies with revocation required; DSS is content with the same files. The keys of the CAs are thrown away
unless `keep_authority_keys` asks for them: then the CRLs can be renewed and certificates revoked with other tools.
"""

import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding

from edc_microcred.atomic_file import move_to_free_place
from edc_microcred.errors import OutputError, TrustError
from edc_microcred.testing.authority import IssuedCertificate, TestAuthority
from edc_microcred.testing.keys import KEY_TYPES

_CRL_LASTS: Final = timedelta(days=730)
"""As long as the seal certificate: nobody keeps the key that could renew the CRL."""

_SECRET: Final = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPki:
    """Where the parts of a demo are: key and certificates, the password of the file, the folder of anchors and CRLs."""

    key: Path
    password_file: Path
    trust: Path
    issued: IssuedCertificate


def write_demo_pki(
    folder: Path,
    *,
    key_type: str = "rsa-3072",
    organisation: str = "Example University (TEST)",
    organisation_identifier: str | None = "VATRS-000000000",
    country: str = "RS",
    now: datetime | None = None,
    keep_authority_keys: bool = False,
) -> DemoPki:
    """Writes `seal.p12`, `password.txt` and `trust/` into `folder`, which is made when it is missing.

    `key_type` is one of `KEY_TYPES`, for the seal and its CAs; `now` (with time zone) is the clock's when left out. Key
    and password can be read by their owner only. All is written or nothing. Raises `OutputError` when something cannot
    be written or would be overwritten, `TrustError` for arguments that make no certificate.
    """
    if key_type not in KEY_TYPES:
        raise TrustError(f"{key_type!r:.40} is no key type.", remedy=f"Use one of {', '.join(KEY_TYPES)}.")
    names = ("seal.p12", "password.txt", "trust", *(["authority"] if keep_authority_keys else []))
    for name in names:
        if os.path.lexists(folder / name):
            raise OutputError(
                f"{folder / name} is there already.",
                remedy="Name another folder, or remove that one if nothing depends on it.",
                state="Nothing was written.",
            )
    authority = TestAuthority(now=now, key_type=key_type, intermediate=True)
    issued = authority.seal_certificate(
        organisation=organisation,
        common_name=f"TEST seal of {organisation}"[:64],
        organisation_identifier=organisation_identifier,
        country=country,
    )
    try:
        _write(folder, names, authority, issued)
    except OSError as error:
        raise OutputError(
            f"The demo cannot be written to {folder}: {error.strerror}.",
            remedy="Check who may write there and how much room is left.",
            state="Nothing was left behind.",
        ) from error
    return DemoPki(
        key=folder / "seal.p12", password_file=folder / "password.txt", trust=folder / "trust", issued=issued
    )


def _write(folder: Path, names: tuple[str, ...], authority: TestAuthority, issued: IssuedCertificate) -> None:
    """Writes everything beside its place first, then moves it there; what was moved is taken back on a failure."""
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    moved: list[Path] = []
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".demo-pki-") as drafts:
            _write_parts(Path(drafts), authority, issued, keep_keys="authority" in names)
            for name in names:
                move_to_free_place(Path(drafts, name), folder / name)
                moved.append(folder / name)
    except BaseException:  # an interrupt too: a key without its password is of no use
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if made:
            with suppress(OSError):  # somebody put something there meanwhile
                folder.rmdir()
        raise


def _write_parts(drafts: Path, authority: TestAuthority, issued: IssuedCertificate, *, keep_keys: bool) -> None:
    password = secrets.token_urlsafe(18)
    _write_secret(drafts / "password.txt", f"{password}\n".encode())
    _write_secret(drafts / "seal.p12", issued.pkcs12(password))
    trust = drafts / "trust"
    trust.mkdir()
    (trust / "intermediates").mkdir()
    (trust / "root.pem").write_bytes(authority.root.certificate.public_bytes(Encoding.PEM))
    (trust / "intermediates" / "issuing.pem").write_bytes(authority.issuing.certificate.public_bytes(Encoding.PEM))
    for name, issuer in (("root", authority.root), ("issuing", authority.issuing)):
        crl = authority.crl(issuer=issuer, next_update=authority.now + _CRL_LASTS)
        (trust / f"{name}.crl").write_bytes(crl.public_bytes(Encoding.DER))
    if keep_keys:
        kept = drafts / "authority"
        kept.mkdir(mode=0o700)
        for name, issuer in (("root", authority.root), ("issuing", authority.issuing)):
            _write_secret(kept / f"{name}.p12", issuer.pkcs12(password))


def _write_secret(path: Path, content: bytes) -> None:
    path.touch(mode=_SECRET, exist_ok=False)
    path.write_bytes(content)
