"""From the text of a course file to a course, or to all its errors with line and column."""

from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.json_text import pointer, read_bytes
from edc_microcred.limits import Limits
from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.course import Course, CourseError
from edc_microcred.microcredential.course_checks import check_course
from edc_microcred.microcredential.part import Part
from edc_microcred.microcredential.refusal import did_you_mean
from edc_microcred.microcredential.text import kind_of
from edc_microcred.microcredential.yaml_text import Node, plain, read_yaml

LARGEST: Final = 500_000
"""The most bytes of a course file; a long one in three languages has 30,000."""

MOST_FINDINGS: Final = 200
_STOPPED: Final = (rules.YAML_SYNTAX.id, rules.TOO_DEEP.id)
"""Rules after which reading stops."""

SomeCourse = TypeVar("SomeCourse", bound=Course)


def load_course(cls: type[SomeCourse], path: Path) -> SomeCourse:
    """`Course.load`."""
    course, findings = read(cls, path)
    if course is None:
        raise CourseError(path, tuple(findings))
    return course


def read(cls: type[SomeCourse], source: Path | str) -> tuple[SomeCourse | None, list[Finding]]:
    """`read_course`, for a course class of one's own too."""
    text = _text_of(source) if isinstance(source, Path) else source
    if not isinstance(source, Path):
        _check_size(len(text), "The course")
    tree, findings = read_yaml(text)
    if tree is None or not isinstance(tree.value, dict):
        if not findings:
            seen = "nothing" if tree is None or tree.empty else kind_of(plain(tree))
            wanted = "A course: keys such as `title`, with their values"
            findings.append(replace(rules.KIND_WRONG.found("", wanted=wanted, seen=seen), line=1, column=1))
        return None, _shown(findings)
    stopped = any(finding.rule in _STOPPED for finding in findings)
    if stopped and tree.value:  # in the middle of the last key; what follows was not read, and is not missing
        tree.value.popitem()
    data = plain(tree)
    findings += _empty_values(tree, ())
    values: dict[str, Any] = {}
    for name, value in data.items():
        _read_key(cls, name, value, tree, values, findings)
    if not stopped:
        for name, field in cls.model_fields.items():
            if field.is_required() and name not in tree.value:
                means = (field.description or "").rstrip(".") + "."
                findings.append(_at(tree, (), rules.KEY_MISSING, key=name, where=cls.CALLED, means=means))
        findings += [_placed(tree, path, found) for path, found in check_course(values, set(data))]
    findings = _shown(findings)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
    course = cls.model_validate(data)
    course._path = source if isinstance(source, Path) else None
    return course, findings


def _shown(findings: list[Finding]) -> list[Finding]:
    """The findings in the order of the file; of very many the first errors, and how many more there are."""
    findings.sort(key=lambda one: (one.severity is not Severity.ERROR, one.line or 0, one.column or 0, one.rule))
    shown, more = findings[:MOST_FINDINGS], findings[MOST_FINDINGS:]
    shown.sort(key=lambda one: (one.line or 0, one.column or 0, one.rule))
    if more:
        told = rules.MORE_FINDINGS.found(severity=more[0].severity, count=f"{len(more):,}")
        shown.append(replace(told, line=shown[-1].line, column=1))
    return shown


def _check_size(size: int, what: str) -> None:
    if size > LARGEST:
        raise LimitError(
            f"{what} has {size:,} bytes; the limit for a course file is {LARGEST:,}.",
            remedy="Check that it is the file that you mean. Pictures and documents lie beside it.",
            state="It was not read.",
        )


def _text_of(path: Path) -> str:
    with suppress(OSError):
        _check_size(path.stat().st_size, str(path))
    data = read_bytes(path, limits=Limits(size=LARGEST))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"{path} is not UTF-8 (line {line}, byte {error.start}).",
            remedy="Save the file as UTF-8; in most editors that is a choice under “Save as”.",
        ) from error


def _read_key(
    cls: type[Course], name: str, value: object, tree: Node, values: dict[str, Any], findings: list[Finding]
) -> None:
    if name not in cls.model_fields:
        near = did_you_mean(name, cls.model_fields)
        findings.append(_at_key(tree, (name,), rules.KEY_UNKNOWN, key=name, where=cls.CALLED, near=near))
    elif value is not None:
        try:
            values[name] = _reader(cls, name).validate_python(value)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            for one in errors:
                within = any(len(other["loc"]) > len(one["loc"]) for other in errors)
                if one["type"] == "too_short" and within:  # the items were refused, and pydantic misses them
                    continue
                if (found := _finding(cls, tree, (name, *one["loc"]), one)) is not None:
                    findings.append(found)


@cache
def _reader(cls: type[Course], name: str) -> TypeAdapter[Any]:
    field = cls.model_fields[name]
    annotation: Any = field.annotation
    for item in field.metadata:
        annotation = Annotated[annotation, item]
    return TypeAdapter(annotation)


def _empty_values(node: Node, path: tuple[str | int, ...]) -> list[Finding]:
    """A finding for each key that stands there without a value."""
    if isinstance(node.value, list):
        return [found for place, item in enumerate(node.value) for found in _empty_values(item, (*path, place))]
    if not isinstance(node.value, dict):
        return []
    found: list[Finding] = []
    for key, value in node.value.items():
        if value.empty:
            line, column = node.key_places[key]
            one = rules.VALUE_EMPTY.found(pointer(*path, key), key=key)
            found.append(replace(one, line=line, column=column))
        else:
            found += _empty_values(value, (*path, key))
    return found


def _finding(cls: type[Course], tree: Node, path: tuple[str | int, ...], error: ErrorDetails) -> Finding | None:
    """What pydantic found, in our words; None for what another finding tells already."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in rules.BY_ID:
        return _at(tree, path, rules.BY_ID[kind], **context)
    part = _part_at(cls, path[:-1])
    if kind == "missing":
        name = str(path[-1])
        above = tree.at(path[:-1])
        if isinstance(above.value, dict) and name in above.value:  # it stands there without a value, which is told
            return None
        means = part.model_fields[name].description if part is not None and name in part.model_fields else ""
        where = part.CALLED if part is not None else "this part"
        return _at(tree, path[:-1], rules.KEY_MISSING, key=name, where=where, means=means or "it is mandatory.")
    if kind == "extra_forbidden":
        key = str(path[-1])
        keys = part.model_fields if part is not None else ()
        where = part.CALLED if part is not None else "this part"
        return _at_key(tree, path, rules.KEY_UNKNOWN, key=key, where=where, near=did_you_mean(key, keys))
    if kind == "literal_error":
        said = str(error["input"])
        known = str(context.get("expected", "")).replace("'", "")
        near = f"One of: {known}. {did_you_mean(said, known.replace(' or ', ', ').split(', '))}".strip()
        return _at(tree, path, rules.VALUE_UNKNOWN, value=said, list=f"values of `{path[-1]}`", near=near)
    if kind == "too_short":
        return _at(tree, path, rules.VALUE_EMPTY, key=str(path[-1]))
    if kind.startswith(("int", "greater_than", "less_than")):
        return _at(tree, path, rules.NUMBER_UNREADABLE, value=str(error["input"]), near=error["msg"])
    return _at(tree, path, rules.KIND_WRONG, wanted=error["msg"], seen=kind_of(error["input"]))


def _part_at(cls: type[Part], path: tuple[str | int, ...]) -> type[Part] | None:
    """The model of the part that `path` leads to."""
    part: type[Part] | None = cls
    for step in path:
        if isinstance(step, int) or part is None:
            continue
        field = part.model_fields.get(step)
        part = _part_in(field.annotation) if field is not None else None
    return part


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _part_in(inner)) is not None:
            return found
    return None


def _at(tree: Node, path: tuple[str | int, ...], rule: Rule, **values: Any) -> Finding:
    node = tree.at(path)
    return replace(rule.found(pointer(*path), **values), line=node.line, column=node.column)


def _at_key(tree: Node, path: tuple[str | int, ...], rule: Rule, **values: Any) -> Finding:
    """A finding about a key itself, at the key's own place."""
    parent = tree.at(path[:-1])
    line, column = parent.key_places.get(str(path[-1]), (parent.line, parent.column))
    return replace(rule.found(pointer(*path), **values), line=line, column=column)


def _placed(tree: Node, path: tuple[str | int, ...], finding: Finding) -> Finding:
    node = tree.at(path)
    return replace(finding, pointer=pointer(*path), line=node.line, column=node.column)
