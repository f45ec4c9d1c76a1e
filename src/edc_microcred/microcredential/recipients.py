"""The recipient sheets of the Commission's issuer, which are taken as they are.

The live one (`.xls`) names in its first, hidden row what each column is (`{#…}.REC.givenName`), in the second whether
it is a field or a relation, then labels, descriptions, and recipients from the fifth row on. The older one
(`EDC_template-recipients.xlsm`) names class and field in its second and third row, labels in the eighth, and has
recipients from the thirteenth row on.

Source: EDC issuer 2.0.6, recipient templates; EDC_template-recipients.xlsm, row by row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from edc_microcred.microcredential.cells import Cell, as_shown, column_letter

_REFERENCE: Final = re.compile(r"\{#[\w-]+\}\.(?:REC\.)?(\S+)")
_GRADE: Final = re.compile(r"\{#[\w-]+\}\.ASM\{([\w-]+)\}\.grade\.noteLiteral(?:\(\w{2}\))?")
_CLAIM: Final = re.compile(r"\{#[\w-]+\}\.REC\.hasClaim\{([\w-]+)\}")
_ACHIEVEMENT: Final = re.compile(r"\{#[\w-]+\}\.ACH\{([\w-]+)\}.*")
_CITIZENSHIP: Final = re.compile(r"citizenshipCountry(\[\d{1,3}\])?")
_AWARDED: Final = re.compile(r"\{#[\w-]+\}\.ACH\{[\w-]+\}\.awardedBy\.awardingDate")

FIELDS: Final[Mapping[str, str]] = {
    "givenName": "given_name",
    "familyName": "family_name",
    "fullName": "full_name",
    "contactPoint[0].emailAddress[0].id": "email",
    "dateOfBirth": "date_of_birth",
    "placeOfBirth.address[0].countryCode": "place_of_birth",
    "gender": "gender",
    "nationalID.spatial": "national_id_country",
    "nationalID.notation": "national_id",
    "identifier[0].schemeName": "identifier_scheme",
    "identifier[0].notation": "identifier",
    "contactPoint[0].address[0].fullAddress.noteLiteral": "address",
    "contactPoint[0].address[0].countryCode": "address_country",
    "groupMemberOf[0].prefLabel": "group",
}
"""What the live sheet calls a field, and what a learner calls it."""
_OLD_FIELDS: Final[Mapping[tuple[str, str], str]] = {
    ("Person", "fullName"): "full_name",
    ("Person", "givenNames"): "given_name",
    ("Person", "familyName"): "family_name",
    ("Person", "dateOfBirth"): "date_of_birth",
    ("Person", "gender"): "gender",
    ("Person.nationalId", "content"): "national_id",
    ("Person.nationalId", "spatialId"): "national_id_country",
    ("Person.placeOfBirth", "spatialCode"): "place_of_birth",
    ("Person", "citizenshipCountry"): "citizenship",
    ("Person.contactPoint#1", "email"): "email",
    ("Person.contactPoint#1.postalAddress#1", "fullAddress"): "address",
    ("Person.contactPoint#1.postalAddress#1", "countryCode"): "address_country",
}
_OLD_FIRST_ROW: Final = 13
_OLD_LABELS: Final = 8
_OLD_RELATIONS: Final = ("Association", "NestedAssociation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A recipient sheet: titles, the column of each field, and of each grade with the assessment's id in the sheet.

    `claims` are the columns that include a claim, with its id; `achievements` the ids known to be achievements;
    `content` what else the sheet customises, by column, with what the Commission's issuer calls it.
    """

    titles: tuple[str, ...]
    header_row: int
    first_row: int
    columns: Mapping[str, int]
    grades: Mapping[int, str] = field(default_factory=dict)
    claims: Mapping[int, str] = field(default_factory=dict)
    achievements: frozenset[str] = frozenset()
    content: Mapping[int, str] = field(default_factory=dict)


def recipient_sheet(rows: Sequence[tuple[int, list[Cell]]]) -> Sheet | None:
    """The recipient sheet that begins with `rows`; None for any other list."""
    by_number = dict(rows)
    for number, cells in rows[:3]:
        references = [as_shown(cell).strip() for cell in cells]
        if sum(1 for one in references if _REFERENCE.fullmatch(one)) >= 2:
            return _live(number, references, by_number)
    classes, names = by_number.get(2, []), by_number.get(3, [])
    if "Person" in classes and "givenNames" in names:
        return _old(by_number)
    return None


def _live(number: int, references: Sequence[str], rows: Mapping[int, list[Cell]]) -> Sheet:
    kinds = [as_shown(cell).strip().lower() for cell in rows.get(number + 1, [])]
    labels = rows.get(number + 2, [])
    columns: dict[str, int] = {}
    grades: dict[int, str] = {}
    claims: dict[int, str] = {}
    content: dict[int, str] = {}
    for index, reference in enumerate(references):
        if (claim := _CLAIM.fullmatch(reference)) is not None:
            claims[index] = claim[1]
        if reference and not reference.endswith(".walletAddress"):  # of delivery, not of the credential
            content[index] = reference.partition(".")[2] or reference
        if index < len(kinds) and kinds[index] == "relation":
            continue
        match = _REFERENCE.fullmatch(reference)
        if (graded := _GRADE.fullmatch(reference)) is not None:
            grades[index] = graded[1]
        elif _AWARDED.fullmatch(reference):
            columns.setdefault("awarded_on", index)
        elif match is not None and _CITIZENSHIP.fullmatch(match[1]):
            already = sum(name.startswith("citizenship") for name in columns)
            columns[f"citizenship-{already + 1}" if already else "citizenship"] = index
        elif match is not None and match[1] in FIELDS:
            columns.setdefault(FIELDS[match[1]], index)
    return Sheet(
        titles=_titles(labels, references), header_row=number + 2, first_row=number + 4, columns=columns,
        grades=grades, claims=claims, content=content,
        achievements=frozenset(match[1] for one in references if (match := _ACHIEVEMENT.fullmatch(one)) is not None),
    )  # fmt: skip


def _old(rows: Mapping[int, list[Cell]]) -> Sheet:
    classes, names, kinds = (rows.get(number, []) for number in (2, 3, 4))
    columns: dict[str, int] = {}
    for index, (kind, name) in enumerate(zip(classes, names, strict=False)):
        found = _OLD_FIELDS.get((as_shown(kind).strip(), as_shown(name).strip()))
        relation = index < len(kinds) and as_shown(kinds[index]).strip() in _OLD_RELATIONS
        if found is not None and not relation:
            columns.setdefault(found, index)
    titles = _titles(rows.get(_OLD_LABELS, []), [as_shown(name) for name in names])
    return Sheet(titles=titles, header_row=_OLD_LABELS, first_row=_OLD_FIRST_ROW, columns=columns)


def _titles(labels: Sequence[Cell], otherwise: Sequence[str]) -> tuple[str, ...]:
    """The labels; where one is empty what the column is called above, else its letter."""
    found = []
    for index in range(max(len(labels), len(otherwise))):
        label = as_shown(labels[index]).strip() if index < len(labels) else ""
        other = otherwise[index].strip() if index < len(otherwise) else ""
        found.append(label or other or column_letter(index))
    return tuple(found)
