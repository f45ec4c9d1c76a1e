"""A credential as a JSON Schema (2020-12), for editors and for validators of any language, read off the models.

It says what a member may hold, in the compact form that the Commission's issuer writes. Which members there must be is
a profile's demand and not in it, since a credential that is not sealed yet lacks some. What reading finds to be of the
wrong kind, the schema refuses; what reading only warns of (a term of nobody's, an object without a type) it takes.

    >>> schema = credential_schema()
    >>> schema["$defs"]["Qualification"]["properties"]["eqfLevel"]["$ref"]
    '#/$defs/Concept'

Clauses: JSON Schema 2020-12, Core 10 (applicators), Validation 6 and 9.3 (`deprecated`).
"""

import inspect
from collections.abc import Sequence
from typing import Any, Final

from pydantic import TypeAdapter

from edc_microcred.elm import CLASSES, Duration, ElmObject, LanguageMap, Term
from edc_microcred.elm.model import ID_FORM, leaf_types, subclasses
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.shapes.datatypes import DATE_TIME_FORM, DECIMAL_FORM, INTEGER_FORM, POSITIVE_FORM
from edc_microcred.shapes.scopes import ELM_VERSIONS

Schema = dict[str, Any]

_ROOT: Final = "EuropeanDigitalCredential"
_DESCRIPTION: Final = (
    "A European Digital Credential of the European Learning Model {elm}, as compact JSON-LD: a member holds its value "
    "without a list, and a list only where there may be several. What a member may hold is said here. Which members "
    "there must be is a demand of the profile, checked by `edc-microcred validate`; where all profiles make it, the "
    "member's description says “demanded”. Members that ELM does not have are allowed, because credentials in use "
    "hold some, and are marked as deprecated: an editor shows them, and a misspelt member is one of them. Terms that "
    "only ELM 3.3 has are such members. Facts: European Learning Model, European Commission, CC BY 4.0."
)
_UNKNOWN: Final[Schema] = {
    "deprecated": True,
    "description": "Not a member that ELM has here: misspelt, or somebody's own, which other software does not read.",
}
_LANGUAGE_MAP: Final[Schema] = TypeAdapter(LanguageMap).json_schema()
_BY_LANGUAGE: Final[Schema] = _LANGUAGE_MAP["additionalProperties"]


def _formed(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


_VALUES: Final[dict[str, Schema]] = {
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "integer": {"type": ["integer", "string"], "pattern": _formed(INTEGER_FORM.pattern)["pattern"]},
    "positiveInteger": {
        "type": ["integer", "string"], "minimum": 1, "pattern": _formed(POSITIVE_FORM.pattern)["pattern"],
    },
    "decimal": {"type": ["string", "number"], "pattern": _formed(DECIMAL_FORM.pattern)["pattern"]},
    "dateTime": {**_formed(DATE_TIME_FORM.pattern), "examples": ["2026-03-01T09:00:00+01:00"]},
    "duration": {**TypeAdapter(Duration).json_schema(), "examples": ["PT75H", "P21D"]},
    # Not in groups of four: V8, which editors run on, fails over a pattern with groups on a file of some megabytes.
    "base64": {**_formed("[A-Za-z0-9+/]*={0,2}"), "contentEncoding": "base64"},
    "Literal": {"type": ["string", "number"]},
    "IRI": _formed(ID_FORM.pattern),
    "langString": {**_LANGUAGE_MAP, "additionalProperties": {**_BY_LANGUAGE, "maxItems": 1}},
    "langString-of-one-language": {
        **_LANGUAGE_MAP, "maxProperties": 1, "additionalProperties": {**_BY_LANGUAGE, "maxItems": 1},
    },
    "langString-several": _LANGUAGE_MAP,
}  # fmt: skip
"""What single values look like, by the local name of their datatype."""
_AS_STRING: Final = frozenset(("anyURI", "HTML"))


def credential_schema() -> Schema:
    """The JSON Schema of a credential; every class of the model is in its `$defs`. Always the same."""
    writer = _Writer()
    classes = {cls.TYPE: writer.of_class(cls) for cls in CLASSES.values() if cls.SINCE != "3.3"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://edc-microcred.example/schemas/credential.schema.json",
        "title": "European Digital Credential for Learning",
        "description": _DESCRIPTION.format(elm=ELM_VERSIONS[0]),
        "$ref": _to(_ROOT),
        "required": ["type", "credentialSubject"],
        "$defs": {**classes, **dict(sorted(writer.others.items())), "unknown": _UNKNOWN},
    }


class _Writer:
    def __init__(self) -> None:
        self.others: dict[str, Schema] = {}
        """The definitions that are no class's, by name."""

    def of_class(self, cls: type[ElmObject]) -> Schema:
        """The definition of a class, all that it inherits included."""
        facts = [(name, fact) for name, fact in cls.terms().items() if fact.since != "3.3"]
        return {
            "description": inspect.cleandoc(cls.__doc__ or ""),
            "type": "object",
            "properties": {
                **({"@context": _context()} if cls.TYPE == _ROOT else {}),
                "id": {"$ref": self.of_value("IRI")},
                "type": _type(cls),
                **{fact.name: self.of_property(cls, name, fact) for name, fact in facts},
            },
            "additionalProperties": {"$ref": _to("unknown")},
        }

    def of_property(self, cls: type[ElmObject], name: str, fact: Term) -> Schema:
        """What one member of a class may hold."""
        one = self.of_range(leaf_types(cls, name)) if fact.ranges else self.of_value(_value(cls, name, fact))
        found: Schema = {"$ref": self.of_one_or_more(one) if fact.many else one, "description": _description(fact)}
        if fact.maximum is not None:
            found["maximum"] = fact.maximum
        return found

    def of_value(self, name: str) -> str:
        """The address of the definition of a single value."""
        self.others[name] = _VALUES[name]
        return _to(name)

    def of_range(self, leaves: Sequence[type[ElmObject]]) -> str:
        """The address of the definition of what objects of the classes, or of those below them, look like."""
        classes = [below for leaf in leaves for below in subclasses(leaf)]
        if len(classes) == 1:
            return _to(classes[0].TYPE)
        names = [cls.TYPE for cls in classes]
        name = "any-" + "-".join(leaf.TYPE for leaf in leaves)
        self.others[name] = {
            "description": f"{_listed(names)}: `type` says which.",
            "type": "object",
            "properties": {"type": {**_single_or_among({"enum": names}), "examples": names}},
            "allOf": [
                {
                    "if": {
                        # What does not say its type is looked at as the general one.
                        **({} if cls in leaves else {"required": ["type"]}),
                        "properties": {"type": {"$ref": f"{_to(cls.TYPE)}/properties/type"}},
                    },
                    "then": {"$ref": _to(cls.TYPE)},
                }
                for cls in classes
            ],
        }
        return _to(name)

    def of_one_or_more(self, address: str) -> str:
        """The address of the definition of one such value or a list of them."""
        name = f"one-or-more-{address.rpartition('/')[2]}"
        one = {"$ref": address}
        self.others[name] = {"if": {"type": "array"}, "then": {"type": "array", "items": one}, "else": one}
        return _to(name)


def _to(name: str) -> str:
    return f"#/$defs/{name}"


def _value(cls: type[ElmObject], name: str, fact: Term) -> str:
    """The name of the definition of a property's single value."""
    leaf = leaf_types(cls, name)[0]
    if leaf is bytes:
        return "base64"
    if leaf is LanguageMap:
        several = "" if fact.unique_lang else "-several"
        return "langString-of-one-language" if fact.at_most == 1 else f"langString{several}"
    local = (fact.datatype or "").partition(":")[2]
    return "string" if local in _AS_STRING else local


def _description(fact: Term) -> str:
    more = [f"From the list {fact.scheme}"] if fact.scheme else []
    if fact.at_least:
        more.append("demanded")
    said = "; ".join(more)
    return f"{fact.means} {said[0].upper()}{said[1:]}." if said else fact.means


def _type(cls: type[ElmObject]) -> Schema:
    types = cls.type_members()
    if isinstance(types, str):
        return {**_single_or_among({"const": types}), "default": types}
    return {"type": "array", "allOf": [{"contains": {"const": one}} for one in types], "default": types}


def _single_or_among(wanted: Schema) -> Schema:
    """A text that is so, or a list of texts that holds such a one."""
    return {"if": {"type": "array"}, "then": {"type": "array", "contains": wanted}, "else": wanted}


def _context() -> Schema:
    return {
        "description": "The contexts that make it data, in this order. Sealing adds them where they are missing.",
        "type": ["array", "string", "object"],
        "default": list(CONTEXTS),
    }


def _listed(names: Sequence[str]) -> str:
    return " or ".join((", ".join(names[:-1]), names[-1]))
