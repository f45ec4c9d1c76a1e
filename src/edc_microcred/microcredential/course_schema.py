"""The JSON Schema of a course file, and the page that lists all its keys. Both are read off the models.

Editors complete and check a course file by the schema. It says less than reading does: labels in any language are
taken, so a code is any text there, and what must hold between keys is not in it.
"""

from collections.abc import Iterator
from typing import Any, Final, get_args

from edc_microcred.microcredential.codes import CodeOf
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.kinds import Formed, Number, Read
from edc_microcred.microcredential.part import Part


def course_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a course file."""
    schema = Course.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    schema = _tidied(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://edc-microcred.example/schemas/course.schema.json",
        "title": "Course file of edc-microcred",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def _tidied(value: Any) -> Any:
    """Without pydantic's own titles, defaults and nulls: a key that is not needed is left out, never empty."""
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _tidied(item) for key, item in value.items() if not (key == "title" and isinstance(item, str))}
    found.pop("default", None)
    options = [option for option in found.get("anyOf", ()) if option != {"type": "null"}]
    if "anyOf" in found:
        flat: list[Any] = []
        for option in options:
            flat += option["anyOf"] if set(option) == {"anyOf"} else [option]
        if len(flat) == 1:
            found.pop("anyOf")
            found = {**flat[0], **found}
        else:
            found["anyOf"] = flat
    return found


def course_page() -> str:
    """docs/course.md: every key of a course file, with what it may hold."""
    lines = [_INTRODUCTION]
    for part, path in _parts(Course, ""):
        lines.append(f"\n## {_heading(path)}\n")
        lines.append(_prose(part) + "\n")
        if part.SHORT is not None:
            lines.append(f"A single value stands for `{part.SHORT}`.\n")
        lines.append("| key | value | meaning |")
        lines.append("|---|---|---|")
        for name, field in part.model_fields.items():
            needed = " **needed**" if field.is_required() else ""
            meaning = (field.description or "").replace("|", "\\|")
            lines.append(f"| `{name}` | {_kind(field.annotation, list(field.metadata))}{needed} | {meaning} |")
    return "\n".join(lines) + "\n"


def _parts(part: type[Part], path: str) -> Iterator[tuple[type[Part], str]]:
    """The parts below a part, each once, in the order of their keys."""
    yield part, path
    for name, field in part.model_fields.items():
        below = _part_in(field.annotation)
        if below is not None and not (path and below.__name__ == "Grading"):  # described where the course has it
            yield from _parts(below, f"{path}.{name}" if path else name)


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    for inner in get_args(annotation):
        if (found := _part_in(inner)) is not None:
            return found
    return None


def _heading(path: str) -> str:
    return f"`{path}`" if path else "The course"


def _prose(part: type[Part]) -> str:
    return (part.__doc__ or "").strip().replace("\n    ", " ").replace("\n", " ")


def _kind(annotation: Any, metadata: list[Any]) -> str:
    """What a key may hold, in a few words."""
    found = [*_metadata(annotation), *metadata]
    several = "one or more: " if _is_several(annotation) else ""
    part = _part_in(annotation)
    if part is not None:
        return several + "keys, see below"
    for one in found:
        if isinstance(one, CodeOf):
            return f"{several}a value of the list `{one.list_name}`"
        if isinstance(one, Number):
            return f"a number, {one.least} to {one.most}"
        if isinstance(one, Formed):
            return several + one.wanted
        if isinstance(one, Read):
            return several + one.shown
    if "Literal[" in str(annotation):
        return ", ".join(f"`{option}`" for option in _literals(annotation))
    return several + ("text, by language" if "Text" in str(annotation) else "a number")


def _literals(annotation: Any) -> Iterator[str]:
    for inner in get_args(annotation):
        if isinstance(inner, str):
            yield inner
        else:
            yield from _literals(inner)


def _metadata(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metadata(inner)


def _is_several(annotation: Any) -> bool:
    return "tuple[" in str(annotation)


_INTRODUCTION: Final = """\
# The course file

One YAML file describes a micro-credential before anybody is taught. `edc-microcred check course.yaml` shows all its
errors at once, each with line and column. This page is written from the models.

- The first line `# yaml-language-server: $schema=…/schemas/course.schema.json` makes editors complete keys and values.
- Values of controlled lists are named by code, URI or label in any language that the list has: `country: RS`, `SRB`,
  `Serbia`. `edc-microcred vocab LIST` shows a list.
- A list of one may be written as its item, and a part as the one value that it cannot do without.
- Tags (`!!…`), anchors and aliases are refused, and so is a key that stands twice. Codes and numbers are read as they
  are typed: `0511` is four digits, `010` is refused, `no` is a word.

## Languages and scripts

A text is written plainly, in the main language, or by language tag: `{en: …, sr: …}`. The first of `languages` is the
main one; a text must be given in it, and should be in the others. The European Learning Model has one text per
language. Serbian may be given in both scripts, `sr` and `sr-Latn` (or `sr-Cyrl`):

- The main text is the one under the tag that `languages` names (`sr`, or `sr-Latn` for Latin), else the one under `sr`.
  In the credential it stands under `sr`, because the Commission's tools know tags of two letters.
- The other script becomes an alternative name of titles and of the names of bodies, and a note beside outcomes,
  descriptions and criteria; in notes and place names both stand side by side.
- Where the model has no place for it, it is refused: titles and descriptions of grading schemes, and **names of
  persons**. A person's name has one language there, and so one script: map the column of one, and write each name in
  one script.
"""
