"""What a profile demands: the rules read off the models, a fast validator, and SHACL files written from the same.

    >>> from edc_microcred.elm.writing import CONTEXTS
    >>> findings = findings_of_members({"@context": list(CONTEXTS), "type": "Note"}, "generic-full")
    >>> conforms(findings), [finding.rule for finding in findings]
    (False, ['edc/no-credential', 'elm/missing'])

Source of the demands: EDC application profiles 1.2.0 (ELM 3.2) and 1.1.0 (ELM 3.1), European Commission, CC BY 4.0.
"""

from edc_microcred.shapes.constraints import ClassPlan, Slot, plans_of
from edc_microcred.shapes.graph import Graph, Literal, Node
from edc_microcred.shapes.places import Places
from edc_microcred.shapes.profiles import PROFILES, Profile, profile, profile_of, schema_iris
from edc_microcred.shapes.rules import RULES
from edc_microcred.shapes.shacl import write_shacl
from edc_microcred.shapes.validator import ProfileValidator, conforms, findings_of_members, validator_for

__all__ = [
    "PROFILES",
    "RULES",
    "ClassPlan",
    "Graph",
    "Literal",
    "Node",
    "Places",
    "Profile",
    "ProfileValidator",
    "Slot",
    "conforms",
    "findings_of_members",
    "plans_of",
    "profile",
    "profile_of",
    "schema_iris",
    "validator_for",
    "write_shacl",
]
