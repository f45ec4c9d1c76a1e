"""All rules of all rooms, behind `rules` and `explain`.

>>> explain("edc/expired").title
'The credential has expired'
"""

import difflib
from functools import cache
from types import MappingProxyType

from edc_microcred.errors import VocabularyError
from edc_microcred.findings import Rule


@cache
def rules() -> MappingProxyType[str, Rule]:
    """Every rule by its id, in alphabetical order."""
    from edc_microcred import conventions, elm, issuing, jsonld, microcredential, seals, shapes, trust, verification

    found: dict[str, Rule] = {}
    for room in (elm, jsonld, shapes, conventions, microcredential, trust, seals, verification, issuing):
        for rule in room.RULES:
            if found.setdefault(rule.id, rule) is not rule:
                raise ValueError(f"two rules are called {rule.id}")
    return MappingProxyType(dict(sorted(found.items())))


def explain(rule_id: str) -> Rule:
    """The rule called `rule_id`. Raises `VocabularyError` with the three nearest ids when there is none."""
    try:
        return rules()[rule_id]
    except KeyError:
        nearest = tuple(difflib.get_close_matches(rule_id, rules(), n=3, cutoff=0.4))
        raise VocabularyError(
            f"There is no rule {rule_id[:80]!r}.",
            nearest=nearest,
            remedy=f"Did you mean {', '.join(nearest)}?" if nearest else "`edc-microcred rules` lists them all.",
        ) from None
