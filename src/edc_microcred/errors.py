"""Exceptions: for callers' mistakes and for input that cannot be read at all. Everything else is a finding.

Each text has up to four parts: which thing, what was seen, what to do (`remedy`), how things stand now (`state`).
Texts hold no personal data and no private key material; a library's own words stay in `__cause__`.
"""


class EdcMicrocredError(Exception):
    """The base of all exceptions that this package raises on purpose."""

    def __init__(self, message: str, *, remedy: str = "", state: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.state = state

    def __str__(self) -> str:
        """All parts, fit for a terminal or a log: characters that do not print are replaced, lines stay."""
        text = "\n  ".join(part for part in (self.message, self.remedy, self.state) if part)
        return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


class UnreadableError(EdcMicrocredError):
    """The input is not what it must be to be looked at: no JSON, no UTF-8, a member named twice."""


class LimitError(UnreadableError):
    """The input is larger, deeper or more numerous than the caller's `Limits` allow."""


class ContextError(UnreadableError):
    """The input names a JSON-LD context that is not one of those we carry; nothing is fetched."""


class ModelError(EdcMicrocredError, ValueError):
    """A model was built in a way that no credential could be written from it."""


class VocabularyError(EdcMicrocredError, LookupError):
    """A value is not in its controlled list. `nearest` holds up to three that look like it."""

    def __init__(self, message: str, *, nearest: tuple[str, ...] = (), remedy: str = "", state: str = "") -> None:
        super().__init__(message, remedy=remedy, state=state)
        self.nearest = nearest


class SignerError(EdcMicrocredError):
    """A key or its certificate cannot be used: wrong password, wrong type, too short, does not match."""


class SealError(EdcMicrocredError):
    """A seal cannot be made as asked."""


class TrustError(EdcMicrocredError):
    """An anchor, certificate or revocation list that the caller handed over cannot be used."""


class OutputError(EdcMicrocredError):
    """Something could not be written; nothing half-written was left behind."""


class JournalError(EdcMicrocredError):
    """The journal of an output folder cannot be relied on, or another run is writing there."""


class IssuingError(EdcMicrocredError):
    """A whole run cannot go on: the seal, the key or the workers fail. What was issued stands and the run resumes."""


class NotValidError(EdcMicrocredError):
    """`Report.require_valid()` met an outcome other than *valid*."""
