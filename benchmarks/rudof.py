"""The published shapes run by rudof on what pyoxigraph reads: two programs in Rust, called from Python.

pyoxigraph fetches no contexts, so they are put into the text. rudof has the shapes loaded once and is given the data as
a change that is rolled back: of the ways that were tried the fastest, for reading the data anew takes three times as
long. From the text of the credential to the verdict, all of it is timed.
"""

import json
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PACKAGES = ("pyoxigraph", "pyrudof")
_IMPORTS = "http://www.w3.org/2002/07/owl#imports"
_OTHER_DATA = "<urn:x:subject> <urn:x:predicate> <urn:x:object> ."


def missing() -> str | None:
    """What is not there to measure with, in words; `None` when all is."""
    for name in PACKAGES:
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            return f"{name} is not installed (`make bench` installs it where there is a wheel of it)"
    try:
        import pyrudof  # noqa: F401
    except ImportError as error:
        return f"pyrudof cannot be loaded here: {error}"
    return None


class Rudof:
    """rudof with shapes loaded; `shapes` are Turtle files, `contexts` the files of contexts by their addresses."""

    def __init__(self, shapes: Sequence[Path], contexts: Mapping[str, Path]) -> None:
        import pyoxigraph
        import pyrudof

        self._rdf = pyoxigraph
        self._contexts = {
            address: json.loads(path.read_text("utf-8"))["@context"] for address, path in contexts.items()
        }
        read = [quad.triple for path in shapes for quad in pyoxigraph.parse(path=path)]
        kept = [triple for triple in read if triple.predicate.value != _IMPORTS]
        text = pyoxigraph.serialize(kept, format=pyoxigraph.RdfFormat.N_TRIPLES).decode()
        self._session = pyrudof.Rudof(pyrudof.RudofConfig())
        self._session.read_shacl(text, format=pyrudof.ShaclFormat.NTriples)
        self._session.read_data(_OTHER_DATA, format=pyrudof.RDFFormat.NTriples, merge=False)

    def violations(self, text: bytes) -> list[tuple[str, str]]:
        """What the shapes say of a credential's text: (path, constraint component) of each violation."""
        members = json.loads(text)
        members["@context"] = [self._contexts[address] for address in members["@context"]]
        quads = self._rdf.parse(json.dumps(members, ensure_ascii=False), format=self._rdf.RdfFormat.JSON_LD)
        triples = {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}
        with _Change(self._session):
            self._session.add_triples(list(triples))
            report = self._session.validate_shacl()
        return [(str(one.path), str(one.constraint_component)) for one in report.violations]


class _Change:
    """Data that are there for as long as one looks at them. rudof's own `staging()` keeps them when nothing fails."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def __enter__(self) -> Self:
        self._session.begin_staging()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._session.rollback_staging()
