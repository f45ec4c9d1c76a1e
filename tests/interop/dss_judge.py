"""Asks DSS, the Commission's own signature library, what it says of a sealed file, and lets it seal.

`DssJudge` builds the Java program in `dss/` when it is not built yet (Maven fetches DSS then, and only then), starts
it once and sends it one request after another; a verdict takes milliseconds where a new JVM would take seconds.

    with DssJudge("6.4") as judge:
        [verdict] = judge.validate(sealed, anchors=[root], crls=[crl])
        assert verdict.indication == "TOTAL-PASSED"
"""

import base64
import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

PROJECT: Final = Path(__file__).resolve().parent / "dss"
VERSIONS: Final = ("6.4", "5.11.1")
DEADLINE: Final = 300.0  # seconds for one request, a benchmark included; a judge that hangs must not hang the tests

Files = Iterable[Path]


class JudgeError(Exception):
    """The judge could not be built, died, or answered a request with an error."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What DSS says of one signature: times in UTC, `messages` begin with `error:` or `warning:`."""

    indication: str
    sub_indication: str | None
    format: str
    intact: bool
    valid: bool
    best_signature_time: datetime | None
    claimed_time: datetime | None
    messages: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return (self.indication, self.intact, self.valid) == ("TOTAL-PASSED", True, True)


@dataclass(frozen=True, slots=True)
class Figures:
    """How fast DSS was: warm, one thread, timed inside its process. `verdicts` is empty for sealing."""

    per_second: float
    p50_ms: float
    count: int
    verdicts: tuple[Verdict, ...]


def missing() -> str | None:
    """Why the judge cannot be used on this machine, or None if it can."""
    absent = [program for program in ("javac", "mvn") if shutil.which(program) is None]
    return f"{' and '.join(absent)} not found (Debian: openjdk-17-jdk-headless, maven)" if absent else None


def build(version: str) -> Path:
    """The folder of the judge built on that release of DSS, built now if its sources are newer or it is not there."""
    if version not in VERSIONS:
        raise ValueError(f"DSS {version} is none of {', '.join(VERSIONS)}")
    folder = PROJECT / "target" / f"dss-{version}"
    stamp = folder / "built"
    sources = [PROJECT / "pom.xml", *(path for path in (PROJECT / "src").rglob("*") if path.is_file())]
    if not stamp.exists() or stamp.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        command = ["mvn", "-B", "-q", "-f", str(PROJECT / "pom.xml"), "-P", f"dss-{version}", "clean", "package"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise JudgeError(f"Maven could not build the judge on DSS {version}:\n{done.stdout[-4000:]}{done.stderr}")
        stamp.touch()
    return folder


class DssJudge:
    """One running judge on one release of DSS, as a context manager. Not safe to share between threads."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._asked = 0

    def __enter__(self) -> Self:
        folder = build(self.version)
        self._log: IO[str] = tempfile.TemporaryFile("w+")
        self._process = subprocess.Popen(
            ["java", "-cp", f"{folder / 'dss-judge.jar'}:{folder / 'lib'}/*", "judge.Main"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._log.close()

    def validate(
        self,
        sealed: bytes | Path,
        *,
        anchors: Files = (),
        certificates: Files = (),
        crls: Files = (),
        ocsps: Files = (),
        at: datetime | None = None,
    ) -> list[Verdict]:
        """A verdict for each signature in the file, judged at `at` or now, with only what is handed over here."""
        request = _validation(sealed, anchors, certificates, crls, ocsps, at)
        return [_verdict(said) for said in self._ask("validate", request)["signatures"]]

    def seal(
        self,
        payload: bytes,
        p12: Path,
        password: str,
        *,
        header: str = "edc",
        serialization: str = "general",
        b64: bool = False,
        digest: str = "SHA256",
        padding: str = "PKCS1",
    ) -> bytes:
        """The payload sealed by DSS at level B. `padding` (PKCS1 or PSS) is of no account for an EC key."""
        request = _sealing(payload, p12, password, header, serialization, b64, digest, padding)
        return base64.b64decode(self._ask("seal", request)["content"])

    def bench_validate(
        self,
        sealed: bytes | Path,
        *,
        warmup: int,
        count: int,
        anchors: Files = (),
        certificates: Files = (),
        crls: Files = (),
        ocsps: Files = (),
        at: datetime | None = None,
    ) -> Figures:
        """`count` validations of one file after `warmup` unmeasured ones; anchors and the rest are read once."""
        request = _validation(sealed, anchors, certificates, crls, ocsps, at)
        return _figures(self._ask("bench-validate", {**request, "warmup": warmup, "count": count}))

    def bench_seal(
        self,
        payload: bytes,
        p12: Path,
        password: str,
        *,
        warmup: int,
        count: int,
        header: str = "edc",
        serialization: str = "general",
        b64: bool = False,
        digest: str = "SHA256",
        padding: str = "PKCS1",
    ) -> Figures:
        """`count` seals of one payload after `warmup` unmeasured ones; the key is opened once."""
        request = _sealing(payload, p12, password, header, serialization, b64, digest, padding)
        return _figures(self._ask("bench-seal", {**request, "warmup": warmup, "count": count}))

    def _ask(self, op: str, members: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._asked += 1
        watchdog = threading.Timer(DEADLINE, self._process.kill)
        watchdog.start()
        try:
            self._process.stdin.write(json.dumps({"op": op, "id": self._asked, **members}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watchdog.cancel()
        if not line:
            self._log.seek(0)
            raise JudgeError(f"DSS {self.version} ended without an answer to {op}:\n{self._log.read()[-4000:]}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise JudgeError(f"DSS {self.version}, {op}: {answer['error']}")
        if answer["id"] != self._asked:
            raise JudgeError(f"DSS {self.version} answered request {answer['id']}, asked was {self._asked}")
        return answer


def _validation(
    sealed: bytes | Path, anchors: Files, certificates: Files, crls: Files, ocsps: Files, at: datetime | None
) -> dict[str, Any]:
    given = {"anchors": anchors, "certificates": certificates, "crls": crls, "ocsps": ocsps}
    request: dict[str, Any] = {name: [str(path) for path in paths] for name, paths in given.items()}
    if isinstance(sealed, Path):
        request["file"] = str(sealed)
    else:
        request["content"] = base64.b64encode(sealed).decode()
    if at is not None:
        request["at"] = at.isoformat()
    return request


def _sealing(
    payload: bytes, p12: Path, password: str, header: str, serialization: str, b64: bool, digest: str, padding: str
) -> dict[str, Any]:
    return {
        "content": base64.b64encode(payload).decode(),
        "p12": str(p12),
        "password": password,
        "level": "B",
        "header": header,
        "serialization": serialization,
        "b64": b64,
        "digest": digest,
        "padding": padding,
    }


def _verdict(said: dict[str, Any]) -> Verdict:
    times = {
        name: said[name] and datetime.fromisoformat(said[name]) for name in ("best_signature_time", "claimed_time")
    }
    return Verdict(**{**said, **times, "messages": tuple(said["messages"])})


def _figures(said: dict[str, Any]) -> Figures:
    verdicts = tuple(_verdict(one) for one in said.get("signatures", ()))
    return Figures(said["per_second"], said["p50_ms"], said["count"], verdicts)
