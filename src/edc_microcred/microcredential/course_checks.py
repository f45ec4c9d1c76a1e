"""What must hold between the parts of a course. Parts that could not be read are absent and are not judged."""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from edc_microcred.findings import Finding, Severity
from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.assessment import Assessment
from edc_microcred.microcredential.bodies import AwardingBody
from edc_microcred.microcredential.columns import OVERALL, Columns
from edc_microcred.microcredential.credit_hours import hours_per_credit
from edc_microcred.microcredential.grading import PRESETS, Grading
from edc_microcred.microcredential.outcomes import LearningOutcome
from edc_microcred.microcredential.part import Part
from edc_microcred.microcredential.quality import QualityAssurance
from edc_microcred.microcredential.refusal import did_you_mean
from edc_microcred.microcredential.text import Text, base_of
from edc_microcred.microcredential.workload import Workload
from edc_microcred.vocabularies import Entry, NqfLevel, frameworks

Path = tuple[str | int, ...]
Placed = tuple[Path, Finding]

_CYCLES: Final = {"short": 5, "first": 6, "second": 7, "third": 8}
_SIZES: Final = {"micro-credential": (Decimal("0.1"), Decimal("59.9")), "short-programme": (Decimal(30), Decimal(60))}
_ATTENDANCE: Final = "7331eb4762"


def check_course(said: Mapping[str, Any], written: Set[str]) -> Iterator[Placed]:
    """The findings on the parts in `said` (by key), each with the path to what it is about.

    `written` are the keys of the file, those too whose value could not be read.
    """
    yield from _texts(said)
    yield from _assessments(said)
    yield from _workload(said)
    yield from _levels(said)
    if "quality_assurance" in said or "quality_assurance" not in written:
        yield from _quality(said)
    yield from _dates(said)
    yield from _columns(said)


def _texts(said: Mapping[str, Any]) -> Iterator[Placed]:
    languages: tuple[str, ...] = said.get("languages") or ()
    if not languages:
        return
    listed = {base_of(tag) for tag in languages}
    for path, text, owner in _texts_in(said, (), None):
        one_script = owner.ONE_SCRIPT.get(str(path[-1]), "") if owner is not None else ""
        if one_script and text.has_other_script():
            yield path, rules.SCRIPT_NO_PLACE.found(what=one_script, instead="Give it in the main script.")
        given = {base_of(tag) for tag in text.tags}
        for tag in text.tags:
            if base_of(tag) not in listed:
                yield (*path, tag), rules.LANGUAGE_NOT_LISTED.found(listed=", ".join(languages), tag=tag)
        if text.plain is not None:
            given = {base_of(languages[0])}
        if base_of(languages[0]) not in given:
            yield path, rules.MAIN_LANGUAGE_MISSING.found(tag=languages[0])
        for tag in languages[1:]:
            if base_of(tag) not in given and not _label_serves(owner, path, tag):
                yield path, rules.TRANSLATION_MISSING.found(tag=tag)


def _label_serves(owner: Part | None, path: Path, tag: str) -> bool:
    """Whether the label of a type stands in where a title lacks a language."""
    kind = getattr(owner, "type", None)
    return path[-1] == "title" and isinstance(kind, Entry) and base_of(tag) in kind.labels


def _texts_in(thing: Any, path: Path, owner: Part | None) -> Iterator[tuple[Path, Text, Part | None]]:
    """Every text that was written, with its path and the part that it belongs to."""
    if isinstance(thing, Text):
        yield path, thing, owner
    elif isinstance(thing, Part):
        known = PRESETS.get(thing.preset or "", {}) if isinstance(thing, Grading) else {}
        for name in thing.model_fields_set:
            value = getattr(thing, name)
            if value is not known.get(name, thing):  # the texts of a usual scheme are ours
                yield from _texts_in(value, (*path, name), thing)
    elif isinstance(thing, Mapping):
        for name, value in thing.items():
            yield from _texts_in(value, (*path, name), owner)
    elif isinstance(thing, tuple) and not isinstance(thing, Entry):
        for place, value in enumerate(thing):
            yield from _texts_in(value, (*path, place), owner)


def _assessments(said: Mapping[str, Any]) -> Iterator[Placed]:
    assessments: Sequence[Assessment] = said.get("assessment") or ()
    outcomes: Sequence[LearningOutcome] = said.get("learning_outcomes") or ()
    ids = [one.id or f"LO{place}" for place, one in enumerate(outcomes, 1)]
    yield from _repeated(ids, ("learning_outcomes",), "learning outcomes")
    yield from _repeated(
        [one.id or f"A{place}" for place, one in enumerate(assessments, 1)], ("assessment",), "assessments"
    )
    if outcomes:
        for place, one in enumerate(assessments):
            for at, covered in enumerate(one.covers):
                if covered not in ids:
                    found = rules.REFERENCE_UNKNOWN.found(what="outcome", id=covered, near=did_you_mean(covered, ids))
                    yield ("assessment", place, "covers", at), found
    covered_ids = {covered for one in assessments for covered in one.covers}
    if covered_ids:
        for place, name in enumerate(ids):
            if name not in covered_ids:
                yield ("learning_outcomes", place), rules.OUTCOME_NOT_ASSESSED.found(id=name)
    if assessments and all(one.type.code == _ATTENDANCE for one in assessments):
        yield ("assessment",), rules.ATTENDANCE_ONLY.found()
    weights = [one.weight for one in assessments if one.weight is not None]
    if weights and (sum(weights) != 100 or len(weights) != len(assessments)):
        yield ("assessment",), rules.WEIGHTS.found(total=sum(weights))


def _repeated(ids: Sequence[str], path: Path, what: str) -> Iterator[Placed]:
    for place, name in enumerate(ids):
        if name in ids[:place]:
            yield (*path, place), rules.ID_REPEATED.found(id=name, what=what)


def _workload(said: Mapping[str, Any]) -> Iterator[Placed]:
    workload: Workload | None = said.get("workload")
    if workload is None:
        return
    hours, ects, spent = workload.all_hours, workload.ects, workload.activity_hours
    if hours is None and ects is None:
        yield ("workload",), rules.WORKLOAD_MISSING.found()
    if spent is not None and workload.hours is not None and spent != workload.hours:
        rule = rules.HOURS if spent > workload.hours else rules.HOURS_UNTOLD
        yield ("workload", "hours"), rule.found(sum=spent, hours=workload.hours)
    kind = said.get("kind", "micro-credential")
    least, most = _SIZES[kind]
    if ects is not None and not least <= ects <= most:
        yield ("workload", "ects"), rules.SIZE.found(kind=kind.replace("-", " "), least=least, most=most, ects=ects)
    bodies: Sequence[AwardingBody] = said.get("awarding_bodies") or ()
    if ects is not None and hours is not None and bodies:
        allowed = hours_per_credit(body.country.code for body in bodies)
        ratio = hours / ects
        if not allowed.least <= ratio <= allowed.most:
            yield ("workload", "hours"), rules.HOURS_PER_CREDIT.found(
                severity=Severity.ERROR if allowed.binding else None,
                hours=hours, ects=ects, ratio=f"{ratio:.1f}",
                countries=", ".join(dict.fromkeys(body.country.label() for body in bodies)),
                least=allowed.least, most=allowed.most,
            )  # fmt: skip


def _levels(said: Mapping[str, Any]) -> Iterator[Placed]:
    eqf: Entry | None = said.get("eqf")
    levels: Sequence[NqfLevel] = said.get("nqf") or ()
    bodies: Sequence[AwardingBody] = said.get("awarding_bodies") or ()
    countries = {body.country.code for body in bodies}
    names = {framework.uri: framework.abbreviation for framework in frameworks()} if levels else {}
    for place, level in enumerate(levels):
        name = names.get(level.framework, level.label)
        if eqf is not None and str(level.eqf) != eqf.code:
            meant = f"EQF {level.eqf}" if level.eqf is not None else "not linked to the EQF"
            yield ("nqf", place), rules.LEVELS_DIFFER.found(
                severity=None if level.verified else Severity.WARNING,
                framework=name, level=level.code, meant=meant, eqf=eqf.code,
            )  # fmt: skip
        if bodies and level.country not in countries:
            yield ("nqf", place), rules.LEVEL_COUNTRY.found(framework=name, country=level.country)
    cycle: str | None = said.get("cycle")
    if cycle is not None and eqf is not None and str(_CYCLES[cycle]) != eqf.code:
        yield ("cycle",), rules.CYCLE_DIFFERS.found(cycle=cycle, meant=_CYCLES[cycle], eqf=eqf.code)


def _quality(said: Mapping[str, Any]) -> Iterator[Placed]:
    quality: QualityAssurance | None = said.get("quality_assurance")
    if quality is None or not (quality.accreditations or quality.statement or quality.esg is not None):
        yield ("quality_assurance",), rules.QUALITY_MISSING.found()
        return
    bodies = said.get("awarding_bodies") or ()
    for place, one in enumerate(quality.accreditations):
        path: Path = ("quality_assurance", "accreditations", place)
        if bodies and one.body is not None and one.body > len(bodies):
            found = rules.REFERENCE_UNKNOWN.found(
                what="awarding body", id=str(one.body), near=f"There are {len(bodies)}."
            )
            yield (*path, "body"), found
        yield from _order((*path, "expires"), ("issued", one.issued), ("expires", one.expires))


def _dates(said: Mapping[str, Any]) -> Iterator[Placed]:
    names = ("starts_on", "ends_on", "awarded_on", "valid_until")
    stated = [(name, said[name]) for name in names if said.get(name) is not None]
    for first, second in pairwise(stated):
        yield from _order((second[0],), first, second)
    for place, one in enumerate(said.get("learning_outcomes") or ()):
        for at, skill in enumerate(one.esco):
            if not skill.labels:
                yield ("learning_outcomes", place, "esco", at), rules.ESCO_LABEL_MISSING.found(uri=skill.uri)


def _order(path: Path, first: tuple[str, date | None], second: tuple[str, date | None]) -> Iterator[Placed]:
    if first[1] is not None and second[1] is not None and first[1] > second[1]:
        yield (
            path,
            rules.DATES_DISORDERED.found(first=first[0], first_day=first[1], second=second[0], second_day=second[1]),
        )


def _columns(said: Mapping[str, Any]) -> Iterator[Placed]:
    columns: Columns | None = said.get("columns")
    if columns is None:
        return
    if columns.full_name is None and (columns.given_name is None or columns.family_name is None):
        yield ("columns",), rules.NAMES_NOT_MAPPED.found()
    assessments: Sequence[Assessment] = said.get("assessment") or ()
    ids = [one.id or f"A{place}" for place, one in enumerate(assessments, 1)]
    if ids:
        for name in columns.grades:
            if name not in (*ids, OVERALL):
                near = did_you_mean(name, (*ids, OVERALL)) or f"There are {', '.join((*ids, OVERALL))}."
                yield ("columns", "grades", name), rules.REFERENCE_UNKNOWN.found(what="assessment", id=name, near=near)
