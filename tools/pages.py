"""Documentation pages that are written from the code: the model at a glance, the reference, the rules."""

import enum
import functools
import inspect
import json
import re
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from pydantic import BaseModel

import edc_microcred
from edc_microcred import (
    catalogue,
    conventions,
    document,
    elm,
    errors,
    findings,
    issuing,
    jsonld,
    limits,
    microcredential,
    rendering,
    reports,
    seals,
    shapes,
    testing,
    trust,
    verification,
    vocabularies,
)
from edc_microcred.elm import Term
from edc_microcred.findings import Rule

WRITTEN = "<!-- Written by `make generate` from the code; change it there. -->\n"

AREAS = {
    "The credential": "credential", "How it is shown": "display", "Claims": "claim", "Achievements": "qualification",
    "Specifications": "specification", "Grades": "grading", "Offers": "opportunity", "Agents": "agent",
    "Accreditation and evidence": "accreditation", "Places and times": "place", "Contacts": "contact",
    "Identifiers": "identifier", "Media and pages": "media", "Notes": "note", "Concepts": "concept",
    "Only in ELM 3.3": "mobility",
}  # fmt: skip

ROOMS: dict[str, ModuleType] = {
    "document": document, "verification": verification, "issuing": issuing, "seals": seals, "trust": trust,
    "microcredential": microcredential, "rendering": rendering,
    "conventions": conventions, "shapes": shapes, "jsonld": jsonld, "vocabularies": vocabularies, "testing": testing,
    "catalogue": catalogue, "reports": reports, "findings": findings, "errors": errors, "limits": limits,
}  # fmt: skip


def elm_page() -> str:
    """`docs/elm.md`: every class and property of the model."""
    parts = [
        "# The European Learning Model at a glance\n\n",
        WRITTEN,
        "\nEvery class is a Pydantic model in `edc_microcred.elm`. The first column is the name in Python, the second "
        "the JSON-LD term; both are accepted by the constructor. *Demanded* says how often the profile "
        "`generic-no-cv` wants the property (constructors demand nothing); a vocabulary is demanded by "
        "`generic-full`. Terms in *italics* have no entry in the published context and are lost as data.\n",
    ]
    for title, area in AREAS.items():
        parts.append(f"\n## {title}\n")
        module = getattr(elm, area)
        for name, cls in elm.CLASSES.items():
            if cls.__module__ == module.__name__:
                parts.append(_class(name, cls))
    return "".join(parts)


def _class(name: str, cls: type[elm.ElmObject]) -> str:
    base = cls.__bases__[0].__name__
    above = f", a kind of [{base}](#{base.lower()})" if base in elm.CLASSES else ""
    rows = [
        f"| `{field}` | {_term(fact)} | {_values(fact)} | {_demanded(fact)} | {fact.scheme or ''} | {fact.means} |\n"
        for field, fact in cls.terms().items()
        if field not in cls.NOT_IN_SHAPE and field != "order"
    ]
    head = "| name | term | values | demanded | vocabulary | meaning |\n|---|---|---|---|---|---|\n"
    doc = inspect.getdoc(cls) or ""
    return f"\n### {name}\n\n{doc}{'' if not above else f' `{cls.IRI}`{above}.'}\n\n" + (
        head + "".join(rows) if rows else ""
    )


def _term(fact: Term) -> str:
    return f"*{fact.name}*" if fact.context_iri is None else f"`{fact.name}`"


def _values(fact: Term) -> str:
    if fact.ranges:
        return " or ".join(iri.partition(":")[2] for iri in fact.ranges)
    return "text by language" if fact.datatype == "rdf:langString" else fact.datatype or ""


def _demanded(fact: Term) -> str:
    most = "*" if fact.at_most is None else str(fact.at_most)
    return f"{fact.at_least}..{most}"


def rules_page() -> str:
    """`docs/rules.md`: every rule with its reasons and examples."""
    parts = [
        "# Rules\n\n",
        WRITTEN,
        "\nIds never change their meaning. `edc-microcred explain RULE` shows the same text.\n",
    ]
    room = ""
    for rule in catalogue.rules().values():
        if rule.id.partition("/")[0] != room:
            room = rule.id.partition("/")[0]
            parts.append(f"\n## {room}\n")
        parts.append(_rule(rule))
    return "".join(parts)


def _rule(rule: Rule) -> str:
    weight = f"{rule.severity.value}, indeterminate" if rule.indeterminate else rule.severity.value
    examples = "".join(
        f"\n{word}:\n\n```json\n{_example(example)}\n```\n"
        for word, example in (("Wrong", rule.wrong), ("Right", rule.right))
    )
    return (
        f"\n### {rule.id}\n\n**{rule.title}** ({weight}; since {rule.since}; {rule.source})\n\n{rule.why}\n\n"
        f"*What to do:* {rule.fix}\n{examples}"
    )


def _example(example: Any) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)


def reference_page(room: str) -> str:
    """`docs/reference/<room>.md`: the public names of one room with their signatures and docstrings."""
    module = ROOMS[room]
    parts = [f"# edc_microcred.{room}\n\n", WRITTEN, f"\n{_doc(module)}\n"]
    for name, value in _public(module):
        parts.append(f"\n## {name}\n\n```text\n{_signature(name, value)}\n```\n\n{_doc(value)}\n")
        if inspect.isclass(value) and not issubclass(value, enum.Enum):
            parts += [
                f"\n### {name}.{member}\n\n```text\n{_signature(member, raw)}\n```\n\n{_doc(raw)}\n"
                for member, raw in _members(value)
            ]
        elif inspect.isclass(value):
            parts.append("".join(f"\n- `{item.name}`: `{item.value}`" for item in value) + "\n")
    return "".join(parts)


def reference_index() -> str:
    """`docs/reference/README.md`: the rooms, one line each."""
    lines = [f"- [`edc_microcred.{room}`]({room}.md): {_first_line(module)}\n" for room, module in ROOMS.items()]
    return "".join(["# Reference\n\n", WRITTEN, "\nThe model itself is in [elm.md](../elm.md).\n\n", *lines])


def api_text() -> str:
    """`docs/api.txt`: every public name with its signature, so that a change of the API shows in review."""
    lines = [f"edc_microcred.{name}\n" for name in edc_microcred.__all__]
    for room, module in ROOMS.items():
        for name, value in _public(module):
            lines.append(f"edc_microcred.{room}.{_signature(name, value)}\n")
            if inspect.isclass(value) and not issubclass(value, enum.Enum):
                lines += [f"    {_signature(member, raw)}\n" for member, raw in _members(value)]
    return "".join(lines)


def _first_line(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").splitlines()[0]


def _public(module: ModuleType) -> Iterable[tuple[str, Any]]:
    names = getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]
    for name in sorted(names):
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            yield name, value


def _members(cls: type) -> Iterable[tuple[str, Any]]:
    for name, raw in vars(cls).items():
        value = raw.__func__ if isinstance(raw, (classmethod, staticmethod)) else raw
        if isinstance(raw, functools.cached_property):
            value = property(raw.func)
        documented = inspect.isfunction(value) or isinstance(value, property)
        if not name.startswith("_") and documented and (value.__doc__ or "").strip():
            yield name, value


def _signature(name: str, value: Any) -> str:
    if isinstance(value, property):
        returns = value.fget.__annotations__.get("return", "") if value.fget is not None else ""
        return f"{name}: {_plain(returns)}"
    if inspect.isclass(value) and issubclass(value, enum.Enum):
        return f"enum {name}"
    if inspect.isclass(value) and issubclass(value, BaseModel):  # what its members are, the page of the model says
        return f"{name}(*, {', '.join(value.model_fields)})"
    try:
        return f"{name}{_plain(str(inspect.signature(value)))}"
    except ValueError:
        return name


def _plain(annotation: Any) -> str:
    """An annotation or signature as a reader wants it: without module paths, addresses in memory, long defaults."""
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    for path in ("edc_microcred.", "collections.abc.", "typing.", "cryptography.hazmat.bindings._rust.", "builtins."):
        text = text.replace(path, "")
    text = re.sub(r"<function (?:\w+\.)*<?(\w+)>? at 0x[0-9a-f]+>", r"\1", text)
    return re.sub(r"= Limits\(.*?\)", "= Limits()", text)


def _doc(value: Any) -> str:
    """The docstring, its indented examples fenced so that Markdown shows them as they are."""
    text = inspect.getdoc(value) or ""
    lines, out, inside = text.splitlines(), [], False
    for line in lines:
        code = line.startswith(("    ", ">>> ", "... ")) or (inside and line.startswith(("(", "{", "[", "'", "<")))
        if code and not inside:
            out.append("```text")
        if inside and not code and line.strip():
            blanks = 0
            while out[-1] == "":
                out.pop()
                blanks = 1
            out += ["```", *[""] * blanks]
            inside = False
        inside = inside or code
        out.append(line[4:] if line.startswith("    ") else line)
    if inside:
        out.append("```")
    return "\n".join(out)
