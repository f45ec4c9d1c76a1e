"""The key that a command line names, and its password: from a file, from the environment, or asked for."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from edc_microcred.findings import Finding
    from edc_microcred.issuing.keys import KeyReference
    from edc_microcred.seals import FileSigner, Signer

PASSWORD_VARIABLE = "EDC_MICROCRED_PASSWORD"  # noqa: S105  # the variable's name, not a password
KEY_HELP = "The key: PKCS#12 (.p12, .pfx), PEM (.pem, .key) or JWK (.jwk, .json)."
CERTIFICATE_HELP = "The certificate file for a PEM or JWK key, signer first."
PASSWORD_HELP = f"File with the key's password; else ${PASSWORD_VARIABLE}, else it is asked for."
ALGORITHM_HELP = "RS256, PS256, ES256, … (default: what suits the key)."


def signer_from(
    key: Path, certificates: Sequence[Path], password_file: Path | None, algorithm: str | None
) -> "FileSigner":
    """The signer. Asks for the password where it is nowhere else; raises `SignerError`."""
    from edc_microcred.issuing.keys import open_key

    reference = reference_from(key, certificates, password_file, algorithm)
    if not _must_ask(reference):
        return reference.open()
    if not _can_ask():
        raise typer.BadParameter(
            f"{key} needs a password, and there is no terminal to ask for it. Write it into a file that only you can "
            f"read and name that with --password-file, or set ${PASSWORD_VARIABLE}.",
            param_hint="--key",
        )
    password = str(typer.prompt(f"Password of {key}", hide_input=True, err=True))
    return open_key(key, password, tuple(certificates), algorithm)


def _can_ask() -> bool:
    """Whether a password can be asked for without showing it; standard input may be a file meanwhile."""
    if sys.stdin is not None and sys.stdin.isatty():
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True


def reference_from(
    key: Path, certificates: Sequence[Path], password_file: Path | None, algorithm: str | None
) -> "KeyReference":
    """Where the key and its password are, for those who open it themselves. Its paths are absolute."""
    from edc_microcred.issuing.keys import PEM_ENDINGS, KeyReference
    from edc_microcred.seals.algorithms import ALGORITHMS

    if algorithm is not None and algorithm not in ALGORITHMS:
        raise typer.BadParameter(f"{algorithm!r:.40}: write {', '.join(ALGORITHMS)}.", param_hint="--alg")
    if not key.is_file():
        raise typer.BadParameter(f"{key} is no file.", param_hint="--key")
    if password_file is not None and not password_file.is_file():
        raise typer.BadParameter(f"{password_file} is no file.", param_hint="--password-file")
    if key.suffix.lower() in PEM_ENDINGS and not certificates:
        raise typer.BadParameter("a PEM key needs its certificate.", param_hint="--certificate")
    variable = PASSWORD_VARIABLE if password_file is None and PASSWORD_VARIABLE in os.environ else None
    return KeyReference(
        key.absolute(),
        password_file.absolute() if password_file is not None else None,
        variable,
        tuple(path.absolute() for path in certificates),
        algorithm,
    )


def noticed_of(signer: "Signer") -> "list[Finding]":
    """What speaks against sealing with a key, said before anything is sealed."""
    from edc_microcred.seals import check_signer

    return [_before_sealing(finding) for finding in check_signer(signer)]


def _before_sealing(finding: "Finding") -> "Finding":
    if finding.rule.startswith("seal/suite-"):
        said = "A seal with {what} is relied upon until {end} only.".format_map(finding.values)
        return replace(finding, message=said)
    return finding


def refuses(noticed: "Sequence[Finding]") -> bool:
    """Whether what was noticed of a key forbids to seal with it."""
    from edc_microcred.findings import Severity

    return any(finding.severity is Severity.ERROR for finding in noticed)


def can_travel(reference: "KeyReference") -> bool:
    """Whether other processes can open the key without asking anybody."""
    return not _must_ask(reference)


def _must_ask(reference: "KeyReference") -> bool:
    from edc_microcred.issuing.keys import JWK_ENDINGS, PEM_ENDINGS

    ending = reference.path.suffix.lower()
    if ending in JWK_ENDINGS or reference.password_file is not None or reference.password_variable is not None:
        return False
    return not (ending in PEM_ENDINGS and b"ENCRYPTED" not in _start(reference.path))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(4096)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read.", param_hint="--key") from error
