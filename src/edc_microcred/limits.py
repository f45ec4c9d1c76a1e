"""How large, deep and numerous an input may be. Every reader takes a `Limits`; the defaults suit any real credential.

The largest real credentials known are transcripts of 2 MB with 1,200 nodes; the Commission's front end stops at 5 MB.
"""

from dataclasses import dataclass

from edc_microcred.errors import LimitError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits on one input. Sizes are in bytes; `members` counts object members and array items together.

    `pointer` are the characters of all names that lead to a value: what tells where a fault is must stay short.
    `processed` are the members and items of a document that only a JSON-LD processor can read (expanded, flattened,
    with other contexts or prefixes): each costs ten times as much there. The largest real credential has 7,200, and
    14,500 when it is expanded.
    """

    size: int = 20_000_000
    depth: int = 128
    members: int = 500_000
    processed: int = 50_000
    pointer: int = 8_000
    media_size: int = 10_000_000
    certificates: int = 64
    signatures: int = 16
    findings: int = 10_000

    def check_size(self, size: int, what: str) -> None:
        """Raises `LimitError` when `size` bytes of `what` are more than allowed."""
        if size > self.size:
            raise LimitError(
                f"{what} has {size:,} bytes; the limit is {self.size:,}.",
                remedy="A credential of this size is not usual. If it is meant, raise the limit: Limits(size=...).",
                state="It was not read.",
            )

    def check_findings(self, number: int) -> None:
        """Raises `LimitError` when `number` findings are more than allowed; those of all rooms count together."""
        if number > self.findings:
            raise LimitError(
                f"The credential has more than {self.findings:,} faults.",
                remedy="Correct those first that come up most often.",
            )


DEFAULT_LIMITS = Limits()
