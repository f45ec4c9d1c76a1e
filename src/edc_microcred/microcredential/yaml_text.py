"""YAML as a course file needs it: keys, texts and lists, each with its place, and nothing that could do harm.

Scalars are kept as they were typed, so that `0511` stays four digits, `no` stays a word and `010` can be refused;
what reads the value decides what it is. Tags, anchors, aliases and second documents are refused, and depth and number
of entries are limited while reading, because the parser takes quadratic time for deep nesting.

    >>> tree, findings = read_yaml("code: 0511\\nlevels: [6, no]")
    >>> plain(tree), tree.at(("levels", 1)).line, findings
    ({'code': '0511', 'levels': ['6', 'no']}, 2, [])

Clause: YAML 1.2.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from edc_microcred.findings import Finding
from edc_microcred.json_text import pointer
from edc_microcred.microcredential.course_rules import KEY_REPEATED, TOO_DEEP, YAML_REFUSED, YAML_SYNTAX

DEEPEST: Final = 16
MOST_NODES: Final = 20_000
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True, eq=False)
class Node:
    """A value and where it stands (line and column from 1). `value` is text, nodes by key, or a list of nodes."""

    value: "str | dict[str, Node] | list[Node]"
    line: int
    column: int
    empty: bool = False
    key_places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def at(self, path: Sequence[str | int]) -> "Node":
        """The node that `path` leads to, or the last one on the way that is there.

        A number in a mapping means its nth value, one at a text stays there: short forms stand for lists and keys.
        """
        node = self
        for step in path:
            if isinstance(node.value, dict):
                values = node.value
                if isinstance(step, str) and step in values:
                    node = values[step]
                elif isinstance(step, int) and step < len(values):
                    node = list(values.values())[step]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
        return node


def plain(node: Node | None) -> Any:
    """The tree as Python values: dict, list, and text as typed. Keys without a value are left out."""
    if node is None or node.empty:
        return None
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items() if not value.empty}
    return [plain(item) for item in node.value] if isinstance(node.value, list) else node.value


def read_yaml(text: str) -> tuple[Node | None, list[Finding]]:
    """The tree of the first document, as far as it could be read, and what was wrong. Never raises for bad text."""
    findings: list[Finding] = []
    builder = _Builder(findings)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if not builder.take(event):
                break
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        problem = f"{_in_words(f'{error.context} {error.problem}')}, in line {line + 1}"
        findings.append(_placed(YAML_SYNTAX.found("", problem=problem), line, column))
    except (YAMLError, ValueError, OverflowError) as error:  # a control character; an escape that is no character
        line, column = _bad_character(text)
        problem = "A control character stands here" if isinstance(error, YAMLError) else "The text is not YAML"
        findings.append(_placed(YAML_SYNTAX.found("", problem=problem), line, column))
    return builder.root, findings


_WORDS: Final = (
    ("unknown escape", "A backslash stands in a text in double quotation marks; single ones take it as it is"),
    ("quoted scalar", "A quotation mark is not closed"),
    ("'\\\\t' that cannot start", "A tab stands where spaces belong"),
    ("'\\t' that cannot start", "A tab stands where spaces belong"),
    ("that cannot start any token", "A text begins with a sign that needs quotation marks around the text"),
    ("mapping values are not allowed", "A colon inside a text needs quotation marks, or the indentation is wrong"),
    ("could not find expected ':'", "A key has no colon and space behind it, or a text has no quotation marks"),
    ("flow sequence", "A bracket is not closed, or a comma is missing in a list"),
    ("flow mapping", "A brace is not closed, or a comma is missing between its keys"),
    ("block", "Wrong indentation"),
    ("indent", "Wrong indentation"),
    ("alias", "A text that begins with * needs quotation marks"),
    ("anchor", "A text that begins with & needs quotation marks"),
    ("tag", "A text that begins with ! needs quotation marks"),
    ("directive", "A text that begins with % needs quotation marks"),
)
"""What the parser's problems mean, by a part of how it calls them."""


def _in_words(problem: str) -> str:
    """The problem as a registrar can look for it."""
    return next((words for part, words in _WORDS if part in problem), "The text is not YAML")


def _bad_character(text: str) -> tuple[int, int]:
    """Line and column (from 0) of the first control character; the start when there is none."""
    for number, line in enumerate(text.split("\n")):
        for column, character in enumerate(line):
            if character < " " and character not in "\t\r":
                return number, column
    return 0, 0


def _placed(finding: Finding, line: int, column: int) -> Finding:
    return replace(finding, line=line + 1, column=column + 1)


class _Builder:
    """Makes the tree from the events as they come; `take` returns False when reading must stop."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.root: Node | None = None
        self.stack: list[tuple[Node, str | None]] = []  # each open container, with the key that awaits its value
        self.path: list[str | int] = []  # the way to the innermost open container
        self.nodes = 0
        self.documents = 0

    def take(self, event: Event) -> bool:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._refuse(event, "A second document", "Put each course into its own file.")
                return False
        elif isinstance(event, AliasEvent):
            self._refuse(event, f"An alias (*{event.anchor})", "Write the value out again.")
            return self._counted(event) and self._put(self._node(event, ""))
        elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            return self._value(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.stack.pop()
            if self.path:
                self.path.pop()
        return True

    def _counted(self, event: Event) -> bool:
        self.nodes += 1
        if self.nodes > MOST_NODES or len(self.stack) >= DEEPEST:
            what = (
                f"The file is nested more than {DEEPEST} levels deep"
                if len(self.stack) >= DEEPEST
                else f"The file has more than {MOST_NODES:,} entries"
            )
            self.findings.append(self._found(TOO_DEEP.found(self._pointer(), what=what), event))
            return False
        return True

    def _value(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> bool:
        if not self._counted(event):
            return False
        if event.anchor is not None:
            self._refuse(event, f"An anchor (&{event.anchor})", "Write the value out where it is needed.")
        if event.tag is not None:
            self._refuse(event, f"A tag ({event.tag})", "Leave it out: the key decides what its value is.")
        if isinstance(event, ScalarEvent):
            node = self._node(event, event.value)
            node.empty = event.style is None and event.value in _NULL
            return self._put(node)
        node = self._node(event, {} if isinstance(event, MappingStartEvent) else [])
        if self._awaits_key():
            self._refuse(event, "A key that is a list or mapping", "Write a word as the key.")
            return False
        if self.stack:
            self.path.append(self._step())
        self._put(node)
        self.stack.append((node, None))
        return True

    def _awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1][0].value, dict) and self.stack[-1][1] is None

    def _put(self, node: Node) -> bool:
        """Puts a value where it belongs; in a mapping a text is first a key, then the key's value."""
        if not self.stack:
            self.root = node
            return True
        parent, key = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            if key is None:
                self._key(parent, str(node.value), node)
            else:
                parent.value.setdefault(key, node)
                self.stack[-1] = (parent, None)
        return True

    def _key(self, parent: Node, key: str, node: Node) -> None:
        first = parent.key_places.setdefault(key, (node.line, node.column))
        if first != (node.line, node.column):
            found = KEY_REPEATED.found(pointer(*self.path, key), key=key, first=first[0])
            self.findings.append(replace(found, line=node.line, column=node.column))
        self.stack[-1] = (parent, key)

    def _step(self) -> str | int:
        """Where the next value goes in the innermost container."""
        parent, key = self.stack[-1]
        return key if key is not None else len(parent.value)

    def _pointer(self) -> str:
        return pointer(*self.path, *([self._step()] if self.stack and not self._awaits_key() else ()))

    def _node(self, event: Event, value: Any) -> Node:
        return Node(value, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, event: Event, what: str, instead: str) -> None:
        self.findings.append(self._found(YAML_REFUSED.found(self._pointer(), what=what, instead=instead), event))

    def _found(self, finding: Finding, event: Event) -> Finding:
        return _placed(finding, event.start_mark.line, event.start_mark.column)
