"""The JSON Schema of what `verify --json` prints; it is promised to programs that read it."""

from typing import Any, Final

from edc_microcred.findings import Outcome, Severity

_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"type": ["string", "null"]}
_OUTCOME: Final = {"enum": [outcome.value for outcome in Outcome]}
_LEVEL: Final = {"enum": ["B", "T", None]}

FINDING: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A rule met at one place; `edc-microcred explain RULE` tells what it means.",
    "required": ["rule", "severity", "pointer", "message"],
    "additionalProperties": False,
    "properties": {
        "rule": {"type": "string", "pattern": "^[a-z][a-z0-9]*/[a-z0-9-]+$"},
        "severity": {"enum": [severity.value for severity in Severity]},
        "pointer": {
            "type": "string",
            "description": "JSON Pointer into the credential, or into the seal's file for seal/*.",
        },
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "focus": _TEXT,
        "path": {"type": "string", "description": "IRI of the property, where the rule is one of the SHACL shapes."},
        "constraint": {"type": "string", "description": "Local name of the SHACL constraint component."},
        "value": _TEXT,
        "message": _TEXT,
        "fix": {"type": "string", "description": "What is to be done about it, as the rule says."},
    },
}

VERIFICATION_REPORT: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://edc-microcred.example/schemas/verification-report.schema.json",
    "title": "Report of edc-microcred verify",
    "type": "object",
    "required": ["version", "outcome", "files"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "outcome": _OUTCOME,
        "files": {"type": "array", "items": {"$ref": "#/$defs/file"}},
    },
    "$defs": {
        "finding": FINDING,
        "check": {
            "type": "object",
            "required": ["check", "outcome", "message"],
            "additionalProperties": False,
            "properties": {
                "check": {
                    "enum": ["format", "seal", "signer", "path", "revocation", "dates", "status", "issuer", "content"],
                },
                "outcome": _OUTCOME,
                "message": _TEXT,
            },
        },
        "file": {
            "type": "object",
            "required": ["path", "outcome", "sentence", "checks", "findings", "seal", "credential"],
            "additionalProperties": False,
            "properties": {
                "path": _TEXT,
                "outcome": _OUTCOME,
                "sentence": {"type": "string", "description": "One sentence for a person."},
                "checks": {"type": "array", "items": {"$ref": "#/$defs/check"}},
                "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
                "seal": {
                    "type": ["object", "null"],
                    "description": "What the first seal says; only the checks confirm it.",
                    "required": ["intact", "algorithm", "levels", "claimed_time", "signer"],
                    "properties": {
                        "intact": {"type": ["boolean", "null"]},
                        "algorithm": _TEXT_OR_NULL,
                        "levels": {
                            "type": "object",
                            "description": "JAdES level in each edition of ETSI TS 119 182-1; null: no baseline level.",
                            "properties": {"1.1.1": _LEVEL, "1.2.1": _LEVEL},
                        },
                        "claimed_time": _TEXT_OR_NULL,
                        "signer": {"type": ["object", "null"]},
                        "not_evaluated": {"type": "array", "items": _TEXT},
                        "signatures": {"type": "integer", "minimum": 1},
                    },
                },
                "credential": {
                    "type": ["object", "null"],
                    "description": "What the credential says of itself, without the learner.",
                    "properties": {
                        "id": _TEXT_OR_NULL,
                        "title": _TEXT_OR_NULL,
                        "issuer": _TEXT_OR_NULL,
                        "profiles": {"type": "array", "items": _TEXT_OR_NULL},
                        "issued": _TEXT_OR_NULL,
                        "valid_from": _TEXT_OR_NULL,
                        "valid_until": _TEXT_OR_NULL,
                    },
                },
            },
        },
    },
}

VALIDATION_REPORT: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://edc-microcred.example/schemas/validation-report.schema.json",
    "title": "Report of edc-microcred validate",
    "type": "object",
    "required": ["version", "files"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "conforms", "profile", "findings"],
                "additionalProperties": False,
                "properties": {
                    "path": _TEXT,
                    "conforms": {
                        "type": ["boolean", "null"],
                        "description": "Whether there is a credential in which the published shapes find nothing; "
                        "null for a file that cannot be read.",
                    },
                    "profile": _TEXT_OR_NULL,
                    "findings": {"type": "array", "items": FINDING},
                },
            },
        },
    },
}
