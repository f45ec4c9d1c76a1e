"""How a value of a course is refused: as an error of pydantic that carries the rule's id and values."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

from pydantic_core import PydanticCustomError

from edc_microcred.errors import VocabularyError
from edc_microcred.findings import Rule, shorten
from edc_microcred.vocabularies import entry

_MEANS_NOTHING: Final = re.compile(r"[0-9a-f]{10}|c_[0-9a-f]{8}|[0-9a-f-]{36}")


def refusal(rule: Rule, **values: object) -> PydanticCustomError:
    """The error that `course_reading` turns into a finding of `rule` at the place of the value; to be raised."""
    shown = {name: shorten(value) for name, value in values.items()}
    return PydanticCustomError(rule.id, rule.message, shown)


def did_you_mean(said: str, known: Iterable[str], *, cutoff: float = 0.55) -> str:
    """The sentence that names up to three of `known` that look like `said`; empty when none does."""
    near = difflib.get_close_matches(said[:80].lower(), list(known), n=3, cutoff=cutoff)
    return f"Did you mean {' or '.join(f'“{one}”' for one in near)}?" if near else ""


def nearest(error: VocabularyError, list_name: str) -> str:
    """What a failed look-up knows of values that look like the one that was given: by label where codes say nothing."""
    if not error.nearest:
        return error.remedy
    names = []
    for code in error.nearest:
        found = entry(list_name, code)
        label = found.label()
        names.append(label if _MEANS_NOTHING.fullmatch(code) or code in label else f"{code} ({label})")
    return f"Nearest: {', '.join(names)}. All: `edc-microcred vocab {list_name}`."
