"""The published shapes and contexts run by other people's programs, pyld and pySHACL: what ours is compared with.

Nothing is fetched; the artefacts are those of the reference folder.
"""

import json
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import rdflib
from pyld import jsonld
from rdflib import Graph
from rdflib.namespace import OWL, SH

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
EDC_AP = "http://data.europa.eu/snb/model/context/edc-ap"
CONTEXTS = [CREDENTIALS_V1, EDC_AP]
RETIRED = (
    "http://dev.everisdx.io/datamodel/edc-ap-context.jsonld",
    "http://dev.everisdx.io/datamodel/test/edc-ap-context.jsonld",
)
FILES = {
    "generic-no-cv": ("generic-no-cv",),
    "generic-full": ("generic-no-cv", "generic-full"),
    "accredited": ("generic-no-cv", "generic-full", "accredited"),
    "converted": ("generic-no-cv", "generic-full", "converted"),
    "issued-by-mandate": ("generic-no-cv", "generic-full", "issuedByMandate"),
    "diploma-supplement": ("generic-no-cv", "generic-full", "accredited", "diplomaSupplement"),
}
"""Profile -> the files that hold what it demands."""

Row = tuple[str, str, str]
"""Focus node, path, constraint component; blank nodes are all called `_:`."""

_BLANK = re.compile(r"_:.*|[nN][0-9a-f]{32}(?:b[0-9]+)?")


class NotReadableError(Exception):
    """pyld or rdflib refuses the document: there is no verdict to compare with."""


@dataclass(frozen=True)
class Verdict:
    """What a SHACL report says."""

    conforms: bool
    rows: frozenset[Row]


def row(focus: str, path: str | None, constraint: str) -> Row:
    return "_:" if _BLANK.fullmatch(focus) else focus, path or "", constraint


@dataclass(frozen=True)
class Published:
    """The published artefacts of one version of ELM."""

    reference: Path
    elm: str = "3.2"

    def expanded(self, document: Any) -> list[Any]:
        """The document in expanded form by pyld; raises `NotReadableError`."""
        options = {"documentLoader": self._load, "contextResolver": _resolver(self)}
        try:
            expanded: list[Any] = jsonld.JsonLdProcessor().expand(document, options)
        except Exception as error:
            raise NotReadableError(f"{type(error).__name__}") from error
        return expanded

    def graph(self, expanded: list[Any], *, normalized: bool = False) -> Graph:
        """The default graph as rdflib reads it from pyld's N-Quads; raises `NotReadableError`.

        Unless `normalized`, literals stay as they are written. rdflib's own way is to write them anew, so that two
        different literals can become one: see `test_rdflib_takes_two_literals_for_one`.
        """
        try:
            dataset = jsonld.JsonLdProcessor().to_rdf(expanded, {"documentLoader": self._load})
            text = jsonld.JsonLdProcessor.to_nquads({"@default": dataset.get("@default", [])})
            with quiet(), spelling(kept=not normalized):
                return Graph().parse(data=text, format="nt")
        except Exception as error:
            raise NotReadableError(f"{type(error).__name__}") from error

    def verdict(self, graph: Graph, profile: str) -> Verdict:
        """What the published shapes of a profile say of a graph."""
        return judged(graph, shapes(self, profile))

    def _load(self, address: str, options: object = None) -> dict[str, Any]:  # noqa: ARG002  # pyld gives options
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address,
                "document": contexts(self)[address], "tag": "static"}  # fmt: skip


def judged(graph: Graph, shapes_graph: Graph) -> Verdict:
    with quiet():
        conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph, inference="none")
    assert isinstance(report, Graph)
    return Verdict(bool(conforms), frozenset(_rows(report)))


def _rows(report: Graph) -> Iterator[Row]:
    for result in report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        component = str(report.value(result, SH.sourceConstraintComponent))
        yield row(
            str(report.value(result, SH.focusNode)), None if path is None else str(path), component[len(str(SH)) :]
        )


@cache
def contexts(published: Published) -> dict[str, Any]:
    def read(name: str) -> Any:
        return json.loads((published.reference / name).read_text(encoding="utf-8"))

    edc = read(f"elm-{published.elm}/edc-ap-context.jsonld")
    return {CREDENTIALS_V1: read("w3c/credentials-v1.jsonld"), EDC_AP: edc, **dict.fromkeys(RETIRED, edc)}


@cache
def shapes(published: Published, profile: str) -> Graph:
    graph = Graph()
    for name in FILES[profile]:
        graph.parse(published.reference / f"elm-{published.elm}" / f"EDC-{name}.ttl")
    graph.remove((None, OWL.imports, None))
    return graph


@cache
def _resolver(published: Published) -> Any:
    from pyld.context_resolver import ContextResolver

    return ContextResolver({}, published._load)


@contextmanager
def spelling(*, kept: bool) -> Iterator[None]:
    """Whether rdflib keeps the text of literals while it reads; pySHACL sets this back each time it runs."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = not kept
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


class quiet(warnings.catch_warnings):  # noqa: N801  # used like a function
    """No warnings and no log: rdflib tells of every literal that is not of its datatype."""

    def __enter__(self) -> Any:
        entered = super().__enter__()
        warnings.simplefilter("ignore")
        self._level = logging.root.manager.disable
        logging.disable(logging.CRITICAL)
        return entered

    def __exit__(self, *details: Any) -> None:
        logging.disable(self._level)
        super().__exit__(*details)


def credential_in(document: dict[str, Any]) -> dict[str, Any]:
    """The credential in a sealed file, in an upload, or bare; without contexts it is given the two usual ones."""
    if isinstance(document.get("payload"), str):
        document = json.loads(document["payload"])
    elif "credential" in document and "type" not in document:
        document = document["credential"]
    return document if "@context" in document else {**document, "@context": CONTEXTS}


def expected(reference: Path) -> Iterable[dict[str, Any]]:
    """The recorded verdicts of pyld and pySHACL on every sample that they can read."""
    entries = json.loads((reference / "credentials" / "expected-elm-3.2.json").read_text(encoding="utf-8"))
    return [entry for entry in entries if "error" not in entry]


def read_sample(reference: Path, name: str) -> dict[str, Any]:
    return credential_in(json.loads((reference / "credentials" / name).read_text(encoding="utf-8")))
