"""What reading a credential would find, without making its model: for those who want the findings alone.

>>> [finding.rule for finding in check_credential({"issued": "yesterday"})]
['elm/not-a-date']
"""

import binascii
from collections.abc import Mapping
from typing import Any, TypeVar

from edc_microcred.elm.credential import EuropeanDigitalCredential
from edc_microcred.elm.model import ElmObject, Source, is_absolute
from edc_microcred.elm.raw_values import is_plain_base64, read_media
from edc_microcred.elm.reading import Reader, Slot, plan_of
from edc_microcred.findings import Finding
from edc_microcred.limits import DEFAULT_LIMITS, Limits

T = TypeVar("T", bound=ElmObject)


def check_credential(members: Mapping[str, Any], *, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """What `read_credential` finds, in a third of its time, for those who do not want the credential."""
    checker = _Checker(limits)
    checker.object(EuropeanDigitalCredential, members)
    return checker.findings


class _MakerToCheck(Reader):
    """Makes objects whose faults show in them only; of a file inside one it decodes no more than how it begins."""

    def _one(self, slot: Slot, raw: Any) -> Any:
        if slot.value is read_media and isinstance(raw, str) and is_plain_base64(raw):
            return binascii.a2b_base64(raw[:64])
        return super()._one(slot, raw)


class _Checker(Reader):
    """Reads without making the objects. What stands in the file again to the letter, and was right, is passed over.

    Not so what holds a number or truth value: to Python 1, 1.0 and true are equal.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.passed: dict[tuple[str, type[ElmObject]], Mapping[str, Any]] = {}
        self.forgotten = Source()
        self.maker = _MakerToCheck(limits)
        self.maker.findings, self.maker.path, self.maker.seen = self.findings, self.path, self.seen

    def object(self, cls: type[T], members: Mapping[str, Any]) -> Any:
        """Step by step what the reader does."""
        plan = plan_of(cls)
        if plan.has_faults:
            return self.maker.object(cls, members)
        identifier = members.get("id")
        if type(identifier) is not str:
            identifier = None
        elif self.passed.get((identifier, cls)) == members:
            return None
        before = len(self.findings) + self.loose
        slots, path = plan.slots, self.path
        for name, raw in members.items():
            slot = slots.get(name)
            if slot is None:
                if (name != "id" or type(raw) is not str or not is_absolute(raw)) and (
                    name != "type" or raw != plan.type
                ):
                    self._other_member(cls, name, raw, {}, self.forgotten)
                continue
            if not raw and (raw is None or type(raw) is list):
                continue
            if not slot.plain or type(raw) is not str:
                path.append(name)
                if (
                    slot.default is not None
                    and type(raw) is dict
                    and type(kind := raw.get("type")) is str
                    and (below := slot.classes.get(kind)) is not None
                ):
                    self.object(below, raw)
                else:
                    self._slot(slot, raw, self.forgotten)
                path.pop()
            if slot.lost:
                self._lost(cls, slot)
        if identifier is not None:
            first = self.seen.setdefault(identifier, members)
            if first is not members and first != members:
                self._two_of_one_id(identifier, first, members)
            if len(self.findings) + self.loose == before:
                self.passed[identifier, cls] = members
        return None

    def _reference(self, cls: type[ElmObject], identifier: str) -> Any:
        if not is_absolute(identifier):
            return super()._reference(cls, identifier)
        self.seen.setdefault(identifier, {"id": identifier})
        return None
