"""From what somebody wrote to the concept that was meant, or to an error that says which were near.

A key is tried as a URI, as a code (`SRB`, `RS`, `6`), and as a label, each letter by letter; then as code or label
without regard to case, accents, punctuation and Serbian script. The first of these steps that finds anything decides;
two concepts found in one step are an error that names both, never a guess.

    >>> concept("language", "sr").id
    'http://publications.europa.eu/resource/authority/language/SRP'
    >>> concept("learning-setting", "Formal learning", languages=["sr"]).pref_label["sr"]
    'Formalno učenje'
    >>> [found.code for found in find("isced-f", "software")]
    ['0613']
"""

import difflib
import math
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final

from edc_microcred.errors import VocabularyError
from edc_microcred.vocabularies.folding import fold
from edc_microcred.vocabularies.lists import Entry, Vocabulary, entry_of, labels_of, scheme_of, table, vocabulary

if TYPE_CHECKING:
    from edc_microcred.elm import Concept

_SHOWN: Final = 80
_COMPARED: Final = 60


def concept(list_name: str, key: str | int, *, languages: str | Iterable[str] | None = None) -> "Concept":
    """The concept of the list `list_name` that `key` names (URI, code or label), as EDC writes it.

    Its label is in `languages` and in English, as far as the list has them; a list that has none of them gives all it
    has. EDC writes the languages of the credential and English, so give those; None is English alone.
    Raises `VocabularyError` for an unknown list, an unknown key (with the three nearest) and an ambiguous label.
    """
    listed = vocabulary(list_name)
    return _as_concept(listed, _resolve(listed, key), (languages,) if isinstance(languages, str) else languages or ())


def entry(list_name: str, key: str | int) -> Entry:
    """The entry that `key` names, with all labels and codes; raises as `concept` does."""
    return _resolve(vocabulary(list_name), key)


def find(list_name: str, text: str) -> list[Entry]:
    """The entries whose URI, code or a label holds every word of `text`, the best first; all of them for no text.

    Raises `VocabularyError` only for an unknown list.
    """
    listed = vocabulary(list_name)
    by_uri = listed.by_uri(text.strip())
    if by_uri is not None:
        return [by_uri]
    wanted = fold(text)
    if text.strip() and not wanted:
        return []
    words = wanted.split()
    best: dict[str, tuple[int, int]] = {}
    for known, codes in _folded(listed.name).items():
        if all(word in known for word in words):
            rank = (_rank(wanted, known), len(known))
            for code in codes:
                best[code] = min(rank, best.get(code, rank))
    order = sorted(best, key=lambda code: (best[code], code)) if words else table(listed.name).concepts
    return [entry_of(listed, code) for code in order]


def _rank(wanted: str, known: str) -> int:
    if known == wanted:
        return 0
    if known.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in known else 3


def _as_concept(listed: Vocabulary, found: Entry, languages: Iterable[str]) -> "Concept":
    # Here, so that a look-up alone need not load the models.
    from edc_microcred.elm import Concept, ConceptScheme, LanguageMap

    wanted = dict.fromkeys((*(tag.lower() for tag in languages), "en"))
    labels = {tag: found.labels[tag] for tag in wanted if tag in found.labels} or dict(found.labels)
    return Concept(
        id=found.uri,
        in_scheme=[ConceptScheme(id=listed.scheme)],
        notation=listed.notation,
        pref_label=LanguageMap(labels) if labels else None,
    )


def _resolve(listed: Vocabulary, key: str | int) -> Entry:
    text = str(key).strip()
    found = listed.by_uri(text) or listed.by_code(text)
    if found is not None:
        return found
    codes = _labels(listed.name).get(text) or _folded(listed.name).get(fold(text), ())
    if len(codes) > 1:
        raise _ambiguous(listed, text, codes)
    if not codes:
        raise _unknown(listed, text)
    return entry_of(listed, codes[0])


@cache
def _labels(name: str) -> dict[str, tuple[str, ...]]:
    """The codes by label, as written."""
    known = table(name)
    found: dict[str, dict[str, None]] = {}
    for code in known.concepts:
        for label in labels_of(known, code).values():
            found.setdefault(label, {})[code] = None
    return {label: tuple(codes) for label, codes in found.items()}


@cache
def _folded(name: str) -> dict[str, tuple[str, ...]]:
    """The codes by folded code, further code and label."""
    known = table(name)
    found: dict[str, dict[str, None]] = {}
    for code in known.concepts:
        found.setdefault(fold(code), {})[code] = None
    for code, meant in known.codes.items():
        found.setdefault(fold(code), {})[meant] = None
    for label, codes in _labels(name).items():
        found.setdefault(fold(label), {}).update(dict.fromkeys(codes))
    found.pop("", None)
    return {text: tuple(codes) for text, codes in found.items()}


def _ambiguous(listed: Vocabulary, text: str, codes: tuple[str, ...]) -> VocabularyError:
    more = f" and {len(codes) - 10} more" if len(codes) > 10 else ""
    named = _described(listed, codes[:10]) + more
    return VocabularyError(
        f"{_quoted(text)} names {len(codes)} concepts of the list {listed.name}: {named}.",
        nearest=codes[:3],
        remedy="Give the code or the URI of the one that is meant.",
    )


def _unknown(listed: Vocabulary, text: str) -> VocabularyError:
    other = scheme_of(text)
    remedy = []
    if other is not None and other != listed.scheme:
        nearest: tuple[str, ...] = ()
        remedy.append(f"Its form is that of the list {vocabulary(other).name}.")
    else:
        nearest = _nearest(listed, text)
    if nearest:
        remedy.append(f"Nearest: {_described(listed, nearest)}. All: `edc-microcred vocab {listed.name}`.")
    if not listed.complete:
        remedy.append(
            f"The list is {listed.completeness} here ({listed.note.rstrip('.')}): if you know that the value is right, "
            f"build the Concept yourself, in_scheme {listed.scheme}."
        )
    return VocabularyError(
        f"{_quoted(text)} is not in the list {listed.name} ({listed.title}).", nearest=nearest, remedy=" ".join(remedy)
    )


def _nearest(listed: Vocabulary, text: str) -> tuple[str, ...]:
    """The codes of the three entries whose code or label looks most like `text`."""
    wanted = fold(text.rpartition("/")[2] if "://" in text else text)[:_SHOWN]
    known = _folded(listed.name)
    # Pairs of letters in common are counted first, because to compare 10,000 texts properly takes a second.
    pairs = {f" {wanted} "[at : at + 2] for at in range(len(wanted) + 1)}
    shared = {text: sum(pair in f" {text} " for pair in pairs) / (len(text) + len(wanted) + 2) for text in known}
    comparer = difflib.SequenceMatcher(b=wanted, autojunk=False)
    likeness: dict[str, tuple[float, float, str]] = {}
    for text in sorted(shared, key=lambda text: (-shared[text], text))[:_COMPARED]:
        comparer.set_seq1(text)
        for code in known[text]:
            gap = abs(int(text) - int(wanted)) if text.isdecimal() and wanted.isdecimal() else math.inf
            rank = (-comparer.ratio(), gap, code)
            likeness[code] = min(rank, likeness.get(code, rank))
    return tuple(sorted(likeness, key=lambda code: likeness[code])[:3])


def _described(listed: Vocabulary, codes: Iterable[str]) -> str:
    entries = (entry_of(listed, code) for code in codes)
    return ", ".join(f"{one.code} ({one.label()})" if one.labels else one.code for one in entries)


def _quoted(text: str) -> str:
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”"
