"""Rows out of XLSX and ODS files, with calamine behind a guard, and out of XLS files.

Nothing outside the file is ever followed: links to other files stand in it as text, formulas are not calculated. The
first visible sheet is read, or the one that is named.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar
from xml.parsers import expat

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding
from edc_microcred.microcredential import learner_rules as rules
from edc_microcred.microcredential.archive import Archive
from edc_microcred.microcredential.cells import Cell, Found
from edc_microcred.microcredential.compound_file import MAGIC
from edc_microcred.microcredential.refusal import did_you_mean
from edc_microcred.microcredential.sheet_scan import OdsScan, Scan, XlsxScan, local, parse_xml, shared_text_lengths
from edc_microcred.microcredential.xls import XlsWorkbook

_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_TARGET: Final = re.compile(r"[A-Za-z0-9_./-]{1,200}")

Opened = TypeVar("Opened")


class SheetRows:
    """The rows of one sheet, from column A on, numbered as the spreadsheet shows them."""

    def __init__(self, rows: Callable[[], Iterator[tuple[int, list[Cell]]]], found: Found) -> None:
        self.found = found
        self._rows = rows

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number and cells."""
        return self._rows()


def is_spreadsheet(start: bytes) -> bool:
    """Whether a file that begins so is a zip archive or a compound file."""
    return start.startswith((b"PK\x03\x04", MAGIC))


def open_spreadsheet(path: Path, *, sheet: str | None = None) -> SheetRows:
    """The rows of a sheet of the file at `path`. Raises `UnreadableError` and `LimitError`."""
    with path.open("rb") as stream:
        start = stream.read(8)
    if start == MAGIC:
        return _open_xls(path, sheet)
    archive = Archive(path)
    if archive.read("mimetype").startswith(_ODS):
        kind, scans = "ods", OdsScan(path).run(archive.stream("content.xml") if "content.xml" in archive else ())
    elif "xl/workbook.xml" in archive:
        kind, scans = "xlsx", {}
    else:
        raise UnreadableError(
            f"{path} is a zip archive and no XLSX or ODS file.", remedy="Save the list as XLSX, ODS or CSV."
        )
    workbook = _read(path, lambda: CalamineWorkbook.from_path(path))
    metadata = workbook.sheets_metadata
    visible = [one.name for one in metadata if one.visible is SheetVisibleEnum.Visible]
    name, findings = _chosen([one.name for one in metadata], visible, path, sheet)
    scan = _xlsx_scan(archive, name, path) if kind == "xlsx" else scans.get(name, Scan())
    opened = _read(path, lambda: workbook.get_sheet_by_name(name))
    return SheetRows(lambda: _calamine_rows(opened), _found(kind, name, findings, scan))


def _open_xls(path: Path, sheet: str | None) -> SheetRows:
    workbook = XlsWorkbook(path)
    names = [one.name for one in workbook.sheets]
    visible = [one.name for one in workbook.sheets if not one.hidden]
    name, findings = _chosen(names, visible, path, sheet)
    opened = workbook.sheet(names.index(name))
    return SheetRows(opened.rows, _found("xls", name, findings, opened.scan))


def _found(kind: str, name: str, findings: tuple[Finding, ...], scan: Scan) -> Found:
    return Found(kind=kind, sheet=name, findings=findings, formulas=frozenset(scan.formulas), errors=scan.errors)


def _calamine_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    start = sheet.start
    if start is None:
        return
    before: list[Cell] = [""] * start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):  # rows above the first cell come as empty ones
        yield number, before + list(cells)


def _read(path: Path, step: Callable[[], Opened]) -> Opened:
    """What calamine gives, its errors in our words. A panic in it is no `Exception`, and is caught all the same."""
    try:
        return step()
    except PasswordError as error:
        raise UnreadableError(f"{path} is protected by a password.", remedy="Save it without one.") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise UnreadableError(
            f"{path} is damaged, or no spreadsheet that can be read.",
            remedy="Open it in a spreadsheet program and save it again, as XLSX or CSV.",
        ) from error


def _chosen(names: list[str], visible: list[str], path: Path, said: str | None) -> tuple[str, tuple[Finding, ...]]:
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
