"""Every form of a seal, ours judged by DSS and DSS's judged by us: one row of a table for each form.

    with DssJudge("6.4") as new, DssJudge("5.11.1") as old:
        rows = [compare(cell, {"6.4": new, "5.11.1": old}, pki) for cell in CELLS]
        print(table(rows))

What is expected stands here beside what is asked, with the reason where DSS refuses: no header has a baseline level in
both releases, and 5.11.1 takes no RSA under 3000 bits since 2026. Seals are made and judged now, because that is when
users make theirs; the policies of both releases have dates in them, and 2029 will change this table.

One fault of DSS, in both releases, is kept out of the table: about one ES512 seal in four has a signature value of 130
octets, because it drops the leading zero octet of r and s where both have one. RFC 7518, 3.4 demands 132 and forbids to
shorten. Such a seal is made anew and counted; `test_dss.py` shows what either side says of one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from cryptography.hazmat.primitives.serialization import Encoding

from edc_microcred.errors import SealError
from edc_microcred.findings import Outcome
from edc_microcred.seals import ALGORITHMS, Envelope, FileSigner, check_seal, seal
from edc_microcred.testing import TestAuthority
from edc_microcred.trust import TrustPolicy, check_path
from tests.interop.dss_judge import VERSIONS, DssJudge, JudgeError, Verdict

Header = Literal["edc", "etsi"]
Serialization = Literal["general", "flattened", "compact"]

PASSWORD: Final = "TEST"
AWKWARD: Final = (
    '{"name":"Ана \\"Zoë\\" \\\\ O\'Neill","city":"Ниш / Niš","mark":"\U0001f393\u2028\\n","a.b":1.50}\r\n\t'
)
PLAIN: Final = '{"name":"Ana","point":"3"}'  # all that a compact seal with b64 false can hold: ASCII, no full stop

KEYS: Final = {
    "RS256": "rsa-3072",
    "RS512": "rsa-3072",
    "PS256": "rsa-3072",
    "PS384": "rsa-3072",
    "ES256": "p-256",
    "ES384": "p-384",
    "ES512": "p-521",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One form of a seal."""

    algorithm: str
    key_type: str
    header: Header
    serialization: Serialization
    b64: bool

    def __str__(self) -> str:
        return f"{self.algorithm} {self.key_type} {self.header} {self.serialization} b64={str(self.b64).lower()}"

    @property
    def payload(self) -> bytes:
        return (PLAIN if self.serialization == "compact" and not self.b64 else AWKWARD).encode()


FORMS: Final = [(form, b64) for form in ("general", "flattened", "compact") for b64 in (False, True)]
CELLS: Final = [
    *(Cell(alg, key, header, *form) for alg, key in KEYS.items() for header in ("edc", "etsi") for form in FORMS),
    Cell("RS256", "rsa-2048", "edc", "general", False),
]


@dataclass(frozen=True, slots=True)
class Row:
    """What was found for one form and what was expected, by column; `shortened` counts short ES512 values."""

    cell: Cell
    found: Mapping[str, str]
    expected: Mapping[str, str]
    shortened: int = 0

    @property
    def as_expected(self) -> bool:
        return self.found == self.expected


@dataclass(frozen=True, slots=True)
class Pki:
    """A test PKI in a folder: root, issuing CA, a CRL of each, and a seal certificate for each type of key."""

    folder: Path
    policy: TrustPolicy

    @classmethod
    def make(cls, folder: Path) -> "Pki":
        authority = TestAuthority(key_type="rsa-3072", intermediate=True)
        (folder / "root.pem").write_bytes(authority.root.certificate.public_bytes(Encoding.PEM))
        (folder / "ca.pem").write_bytes(authority.issuing.certificate.public_bytes(Encoding.PEM))
        for number, crl in enumerate(authority.crls()):
            (folder / f"{number}.crl").write_bytes(crl.public_bytes(Encoding.DER))
        for key_type in {cell.key_type for cell in CELLS}:
            issued = authority.seal_certificate(key_type=key_type)
            (folder / f"{key_type}.p12").write_bytes(issued.pkcs12(PASSWORD))
        return cls(folder, authority.policy())

    @property
    def crls(self) -> list[Path]:
        return sorted(self.folder.glob("*.crl"))

    def key(self, key_type: str) -> Path:
        return self.folder / f"{key_type}.p12"

    def judged_by(self, judge: DssJudge, sealed: bytes) -> Verdict:
        """What DSS says, with the root as the only anchor and both CRLs handed over."""
        [verdict] = judge.validate(
            sealed,
            anchors=[self.folder / "root.pem"],
            certificates=[self.folder / "ca.pem"],
            crls=self.crls,
        )
        return verdict

    def judged_here(self, sealed: bytes) -> str:
        """What we say: the outcome of seal and path together, with the rules if it is not *valid*."""
        result = check_seal(Envelope.read(sealed))
        if result.certificate is None or result.claimed_time is None:
            return f"{result.outcome}: {', '.join(sorted(finding.rule for finding in result.findings))}"
        path = check_path(result.certificate, others=result.chain, policy=self.policy, at=result.claimed_time)
        outcome = Outcome.worst([result.outcome, path.outcome])
        if outcome is Outcome.VALID:
            return "valid"
        return f"{outcome}: {', '.join(sorted({finding.rule for finding in (*result.findings, *path.findings)}))}"


def compare(cell: Cell, judges: Mapping[str, DssJudge], pki: Pki) -> Row:
    """Seals in that form with all three, has every seal judged by the other side, and says what was to be expected."""
    ours = seal_here(cell, pki)
    found = {}
    shortened = 0
    for version in VERSIONS:
        found[f"ours in {version}"] = described(pki.judged_by(judges[version], ours)) if ours else "not written"
        theirs = seal_by_dss(cell, judges[version], pki)
        shortened += bool(theirs and is_shortened(theirs, cell.algorithm))
        found[f"{version}'s here"] = pki.judged_here(theirs) if theirs else "not written"
    return Row(cell, found, expected(cell), shortened)


def expected(cell: Cell) -> dict[str, str]:
    """What each column must say."""
    here = {f"{version}'s here": "valid" for version in VERSIONS}
    if cell.header == "etsi":
        here["5.11.1's here"] = "not written"  # it knows no iat
        new, old = "TOTAL-PASSED, JAdES-BASELINE-B", "INDETERMINATE/SIG_CONSTRAINTS_FAILURE, JSON-NOT-ETSI"
    elif cell.serialization != "general" or cell.b64:
        new = old = "not written"  # the Commission's software reads the header edc in one form only
    else:
        new, old = "TOTAL-PASSED, JSON-NOT-ETSI", "TOTAL-PASSED, JAdES-BASELINE-B"
        if cell.key_type == "rsa-2048":
            old = "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE, JAdES-BASELINE-B"
    return {"ours in 6.4": new, "ours in 5.11.1": old, **here}


def seal_here(cell: Cell, pki: Pki) -> bytes | None:
    """Our seal, or None where we refuse that form."""
    signer = FileSigner.from_pkcs12(pki.key(cell.key_type), PASSWORD, algorithm=cell.algorithm)
    try:
        return seal(cell.payload, signer, header=cell.header, serialization=cell.serialization, b64=cell.b64)
    except SealError as error:
        if "header edc goes with general serialization" not in str(error):
            raise
        return None


def seal_by_dss(cell: Cell, judge: DssJudge, pki: Pki) -> bytes | None:
    """DSS's seal, or None where that release does not know the header."""
    try:
        return judge.seal(
            cell.payload,
            pki.key(cell.key_type),
            PASSWORD,
            header=cell.header,
            serialization=cell.serialization,
            b64=cell.b64,
            digest=f"SHA{cell.algorithm[2:]}",
            padding="PSS" if cell.algorithm.startswith("PS") else "PKCS1",
        )
    except JudgeError as error:
        if "writes the header edc only" not in str(error):
            raise
        return None


def is_shortened(sealed: bytes, algorithm: str) -> bool:
    """Whether the signature value lacks octets that RFC 7518, 3.4 demands."""
    size = ALGORITHMS[algorithm].value_size
    return size is not None and len(Envelope.read(sealed).signatures[0].value) < size


def described(verdict: Verdict) -> str:
    """A verdict in one line; `BROKEN` in it if DSS says that the seal is not intact or its value not right."""
    parts = [verdict.indication, *([verdict.sub_indication] if verdict.sub_indication else [])]
    broken = "" if verdict.intact and verdict.valid else ", BROKEN"
    return f"{'/'.join(parts)}, {verdict.format}{broken}"


def run(judges: Mapping[str, DssJudge], folder: Path) -> list[Row]:
    """The whole table, with a PKI made in `folder` for it."""
    pki = Pki.make(folder)
    return [compare(cell, judges, pki) for cell in CELLS]


def table(rows: Iterable[Row]) -> str:
    """The rows as text; a cell that differs from what was expected says so."""
    rows = list(rows)
    columns = list(rows[0].expected)
    lines = [["form", *columns]]
    for row in rows:
        cells = [
            row.found[name] if row.found[name] == row.expected[name] else f"{row.found[name]} !! {row.expected[name]}"
            for name in columns
        ]
        lines.append([str(row.cell), *cells])
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    text = ["  ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    good = sum(row.as_expected for row in rows)
    shortened = sum(row.shortened for row in rows)
    return "\n".join(
        [
            *text,
            f"{good} of {len(rows)} forms as expected, {datetime.now(UTC):%Y-%m-%d}",
            f"{shortened} ES512 signature values of DSS were too short (RFC 7518, 3.4) and taken with a warning",
        ]
    )
