"""Where a key is, so that each process can open it itself: a key never travels, a reference to it does.

reference = KeyReference(Path("seal.p12"), password_file=Path("password.txt"))
reference.open()          # a FileSigner; each process opens the file once
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from edc_microcred.errors import SignerError
from edc_microcred.seals import FileSigner, Signer


@runtime_checkable
class SignerReference(Protocol):
    """Leads to a signer wherever it is opened: `KeyReference`, or one of your own for a session of a hardware module.

    It is sent to worker processes, so it must be picklable, and should open the same signer once in each process.
    """

    def open(self) -> Signer:
        """The signer, in this process."""
        ...


JWK_ENDINGS = (".jwk", ".json")
PEM_ENDINGS = (".pem", ".key")


@dataclass(frozen=True, slots=True)
class KeyReference:
    """A key file and where its password is found: in a file or in an environment variable, never in the reference.

    `path` is PKCS#12, or by its ending PEM (.pem, .key) or JWK (.jwk, .json); `certificates` are the PEM files of a
    key that does not hold its own; `algorithm` is a JWA name, or None for what suits the key. The paths must mean the
    same on every machine that a reference is sent to.
    """

    path: Path
    password_file: Path | None = None
    password_variable: str | None = None
    certificates: tuple[Path, ...] = ()
    algorithm: str | None = None

    def open(self) -> FileSigner:
        """The signer; opened once in each process. Raises `SignerError`."""
        return _open(self)

    def password(self) -> str | None:
        """The password, read where it is. Raises `SignerError` when it is not there."""
        if self.password_file is not None:
            try:
                return self.password_file.read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise SignerError(
                    f"The password file {self.password_file} cannot be read.",
                    remedy="Check the path and who may read it; it holds the password on its first line, as UTF-8.",
                    state="Nothing was sealed.",
                ) from error
        if self.password_variable is not None:
            try:
                return os.environ[self.password_variable]
            except KeyError:
                raise SignerError(
                    f"The environment variable {self.password_variable} is not set, and the password was to be in it.",
                    remedy="Set it where the workers run, or name a password file.",
                    state="Nothing was sealed.",
                ) from None
        return None


@lru_cache(maxsize=8)
def _open(reference: KeyReference) -> FileSigner:
    return open_key(reference.path, reference.password(), reference.certificates, reference.algorithm)


def open_key(
    path: Path, password: str | None, certificates: tuple[Path, ...] = (), algorithm: str | None = None
) -> FileSigner:
    """The signer of a key file, whose kind its ending tells. Raises `SignerError`."""
    ending = path.suffix.lower()
    if ending in JWK_ENDINGS:
        return FileSigner.from_jwk(path, certificates[0] if certificates else None, algorithm=algorithm)
    if ending in PEM_ENDINGS:
        return FileSigner.from_pem(path, certificates[0] if certificates else None, password, algorithm=algorithm)
    return FileSigner.from_pkcs12(path, password, algorithm=algorithm)


def signer_of(signer: Signer | SignerReference) -> Signer:
    """The signer itself, or the one that a reference leads to."""
    return signer.open() if isinstance(signer, SignerReference) else signer
