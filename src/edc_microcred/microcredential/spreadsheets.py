"""Rows out of XLSX, XLS and ODS files, with calamine behind a guard.

Nothing outside the file is ever followed: links to other files stand in it as text, formulas are not calculated. The
first visible sheet is read, or the one that is named.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.archive import Archive
from edc_microcred.microcredential.cells import Cell, Found
from edc_microcred.microcredential.refusal import did_you_mean
from edc_microcred.microcredential.sheet_scan import OdsScan, Scan, XlsxScan, local, parse_xml, shared_text_lengths
from edc_microcred.microcredential.xls_scan import MAGIC, scan_xls

_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_TARGET: Final = re.compile(r"[A-Za-z0-9_./-]{1,200}")


class SheetRows:
    """The rows of one sheet."""

    def __init__(self, sheet: CalamineSheet, found: Found) -> None:
        self.found = found
        self._sheet = sheet

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number, as the spreadsheet shows it, and the cells from column A on."""
        start = self._sheet.start
        if start is None:
            return
        before: list[Cell] = [""] * start[1]
        for number, cells in enumerate(self._sheet.iter_rows(), 1):  # rows above the first cell come as empty ones
            yield number, before + list(cells)


def is_spreadsheet(start: bytes) -> bool:
    """Whether a file that begins so is a zip archive or a compound file."""
    return start.startswith((b"PK\x03\x04", MAGIC))


def open_spreadsheet(path: Path, *, sheet: str | None = None) -> SheetRows:
    """The rows of a sheet of the file at `path`. Raises `UnreadableError` and `LimitError`."""
    with path.open("rb") as stream:
        compound = stream.read(8) == MAGIC
    if compound:
        kind, scans = "xls", None
    else:
        archive = Archive(path)
        if archive.read("mimetype").startswith(_ODS):
            kind, scans = "ods", OdsScan(path).run(archive.stream("content.xml"))
        elif "xl/workbook.xml" in archive:
            kind, scans = "xlsx", None
        else:
            raise UnreadableError(
                f"{path} is a zip archive and no XLSX or ODS file.", remedy="Save the list as XLSX, ODS or CSV."
            )
    of_xls = scan_xls(path) if compound else []
    try:
        workbook = CalamineWorkbook.from_path(path)
        name, findings = _chosen(workbook, path, sheet)
        if kind == "xlsx":
            scan = _xlsx_scan(archive, name, path)
        elif kind == "xls":
            place = workbook.sheet_names.index(name)
            scan = of_xls[place] if place < len(of_xls) else Scan()
        else:
            scan = (scans or {}).get(name, Scan())
        opened = workbook.get_sheet_by_name(name)
    except PasswordError as error:
        raise UnreadableError(f"{path} is protected by a password.", remedy="Save it without one.") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(
            f"{path} is damaged, or no spreadsheet that can be read.",
            remedy="Open it in a spreadsheet program and save it again, as XLSX or CSV.",
        ) from error
    found = Found(kind=kind, sheet=name, findings=findings, formulas=frozenset(scan.formulas), errors=scan.errors)
    return SheetRows(opened, found)


def _chosen(workbook: CalamineWorkbook, path: Path, said: str | None) -> tuple[str, tuple[Finding, ...]]:
    names = [one.name for one in workbook.sheets_metadata]
    visible = [one.name for one in workbook.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
    if said is not None:
        if said in names:
            return said, ()
        near = did_you_mean(said, names) or f"It has {', '.join(f'“{name}”' for name in names[:20])}."
        raise UnreadableError(f"{path} has no sheet “{said[:80]}”.", remedy=near)
    if not names:
        raise UnreadableError(f"{path} has no sheet.", remedy="Save the list again as XLSX, ODS or CSV.")
    name = (visible or names)[0]
    others = ", ".join(f"“{other}”" for other in visible if other != name)
    return name, (rules.OTHER_SHEETS.found(sheet=name, others=others),) if others else ()


def _xlsx_scan(archive: Archive, name: str, path: Path) -> Scan:
    """The scan of the sheet called `name`; of all sheets when the workbook does not lead to it plainly."""
    part = _xlsx_part(archive, name, path)
    lengths = (
        shared_text_lengths(archive.stream("xl/sharedStrings.xml"), path) if "xl/sharedStrings.xml" in archive else []
    )
    if part is None:
        raise UnreadableError(
            f"{path} does not say where its sheet “{name[:80]}” is.",
            remedy="Open it in a spreadsheet program and save it again.",
        )
    return XlsxScan(path, lengths).run(archive.stream(part))


def _xlsx_part(archive: Archive, name: str, path: Path) -> str | None:
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheets(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            said = {local(key): value for key, value in attributes.items()}
            ids.setdefault(said.get("name", ""), said.get("id", ""))

    def relations(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for part, handler in (("xl/workbook.xml", sheets), ("xl/_rels/workbook.xml.rels", relations)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        parse_xml(parser, archive.stream(part) if part in archive else [b"<none/>"], path)
    target = targets.get(ids.get(name, ""), "")
    if not _TARGET.fullmatch(target):
        return None
    part = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"  # as calamine reads it
    return part if part in archive else None
