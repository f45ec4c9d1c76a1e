"""The path validation of RFC 5280 6.1, as pyhanko-certvalidator does it, without revocation and without network.

Its exceptions never leave this module: each becomes one `Fault`. The library is imported when it is first needed,
because that takes a tenth of a second.
"""

from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

_T = TypeVar("_T")


class Fault(Enum):
    """Why there is no valid path."""

    NO_PATH = auto()
    OUT_OF_DATE = auto()
    WEAK = auto()
    INVALID = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, slots=True)
class PathFault:
    """A fault, and the kind of exception behind it (never its text, which may hold anything from the certificates)."""

    fault: Fault
    reason: str


def validate(
    certificate: x509.Certificate,
    authorities: Iterable[x509.Certificate],
    anchors: Iterable[x509.Certificate],
    moment: datetime,
) -> tuple[tuple[x509.Certificate, ...], PathFault | None]:
    """The path from `certificate` to one of `anchors`, both included, or an empty path and the fault.

    `authorities` should be proven issuers only: the search tries every order of those that name each other.
    """
    from asn1crypto import x509 as asn1
    from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors
    from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy

    known: dict[bytes, x509.Certificate] = {}

    def converted(one: x509.Certificate) -> Any:
        der = one.public_bytes(Encoding.DER)
        known[der] = one
        return asn1.Certificate.load(der)

    try:
        context = ValidationContext(
            trust_roots=[converted(anchor) for anchor in anchors],
            other_certs=[converted(authority) for authority in authorities],
            moment=moment,
            allow_fetching=False,
            revinfo_policy=CertRevTrustPolicy(NO_REVOCATION),
            time_tolerance=timedelta(0),
        )
        validator = CertificateValidator(converted(certificate), validation_context=context)
        found = _completed(validator.async_validate_path())
        # From the anchor to the certificate; an anchor that equals the certificate by name and key alone is a path of
        # one, on which no signature was checked.
        path = tuple(known[one.dump()] for one in reversed(list(found.iter_certs(include_root=True))))
    except errors.PathBuildingError as error:
        return (), PathFault(Fault.NO_PATH, type(error).__name__)
    except (errors.ExpiredError, errors.NotYetValidError) as error:
        return (), PathFault(Fault.OUT_OF_DATE, type(error).__name__)
    except errors.DisallowedAlgorithmError as error:
        return (), PathFault(Fault.WEAK, type(error).__name__)
    except errors.ValidationError as error:
        return (), PathFault(Fault.INVALID, type(error).__name__)
    except Exception as error:  # noqa: BLE001 - a certificate made to hurt can raise anything; nothing may pass for it
        return (), PathFault(Fault.UNREADABLE, type(error).__name__)
    if len(path) < 2 or path[0] != certificate:
        return (), PathFault(Fault.NO_PATH, "AnchorWithSameKey")
    return path, None


def _completed(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """What `coroutine` returns. With nothing to fetch it never waits: it needs no event loop, and runs inside one."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: _T = done.value
        return result
    coroutine.close()
    raise RuntimeError("path validation wanted to wait for something, though it must not fetch")
