"""Writes the learners of the three example courses, good rows and wrong ones, each in another kind of spreadsheet.

    python tools/example_learners.py [FOLDER]

Everybody in them is invented. `expected-refusals.json` beside each says which rows must be refused, and by which rule;
it is written by hand. Needs openpyxl and odfpy (the test requirements).
"""

import re
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

_TIMES = re.compile(rb"<dcterms:(created|modified).*?</dcterms:\1>")

EDNA = [
    "Broj indeksa;Ime;Prezime;E-pošta;Datum rođenja;Dnevnik;Pismeni ispit;Odbrana;Ocena;Napomena",
    "2025/0001;Ana;Primerić;ana.primeric@example.org;2.10.1999.;9;8;10;9;",
    "2025/0002;Đorđe;Žićković;djordje.zickovic@example.org;14.03.1998;8;8;8;8;",
    "2025/0003; Milica ;Ćirić-Šljivić;milica.ciric@example.org;1.1.2000.;10;9;10;10;razmaci oko imena",
    "2025/0004;Luka;Uzorak;luka.uzorak(at)example.org;7.7.1997.;7;7;8;7;pogrešna adresa",
    "2025/0005;Nina;Ogledna;nina.ogledna@example.org;30.11.1999.;5;6;6;6;nije položila dnevnik",
    "2025/0006;Јаna;Probić;jana.probic@example.org;12.5.2000.;9;9;9;9;prva dva slova imena su ćirilična",
    "2025/0007;Vuk;Testović;vuk.testovic@example.org;9.9.1998.;8;9;8;8;",
    "2025/0007;Vuk;Testović;vuk.testovic@example.org;9.9.1998.;8;9;8;9;isti indeks, druga ocena",
    "2025/0008;Sara;O'Primer;sara.oprimer@example.org;29.2.2000.;9;10;9;9;",
    "2,025E+11;Ivan;Vežba;ivan.vezba@example.org;3.3.1999.;8;8;7;8;indeks pokvaren u tabeli",
    "2025/0010;Tea;;tea@example.org;4.4.2001.;10;10;10;10;bez prezimena",
    "2025/0011;Mira;Nacrt;mira.nacrt@example.org;31.4.1999.;7;8;7;7;nema tog dana",
    "2025/0012;Petar;Skica;petar.skica@example.org;15.6.1998.;8;8;9;8;",
    "",
    "2025/0013;Jelena;Maketa;jelena.maketa@example.org;21.12.1999.;9;9;9;9;",
]

DATA_ML_TITLES = [
    "Student number", "Name", "E-mail", "Date of birth", "Citizenship", "Tests", "Assignments", "Project", "Grade",
]  # fmt: skip
DATA_ML: list[list[Any]] = [
    ["00410", "Ana Primer", "ana.primer@example.org", date(1994, 5, 17), "Serbia", 9, 8, 10, 9],
    ["00411", "Johann Muster", "johann.muster@example.org", date(1990, 1, 3), "Austria", 8, 9, 9, 9],
    ["00412", "Zoë Beispiel", "zoe.beispiel@example.org", date(1988, 12, 24), "AT", 10, 10, 10, 10],
    [413, "Marko Uzorak", "marko.uzorak@example.org", date(1992, 7, 8), "RS", 7, 8, 7, 7],
    ["00414", '=A7&" Formula"', "formula@example.org", date(1991, 2, 2), "RS", 8, 8, 8, 8],
    ["00415", "Lena Probe", "lena.probe@example.org", 33270, "DE", 9, 9, 9, 9],
    ["00416", "Tomás Ejemplo", "tomas.ejemplo@example.org", date(1985, 6, 30), "ES", 8, date(2026, 5, 9), 8, 8],
    ["00417", "Eva Test", "eva.test@example.org", date(1993, 3, 3), "Freedonia", 8, 8, 8, 8],
    ["00418", "Ivo Primer", "ivo.primer@example.org", date(1996, 8, 8), "HR", 11, 8, 8, 8],
    ["00419", "Mia Skizze", "mia.skizze@example.org", date(1989, 10, 10), "AT", 9, 9, 8, 9],
    ["00420", "#N/A", "na@example.org", date(1989, 10, 11), "AT", 9, 9, 8, 9],
    ["00421", "Nikola Nacrt", "nikola.nacrt@example.org", date(1995, 11, 11), "RS", 10, 9, 9, 9],
]

GIS_TITLES = ["Број индекса", "Име", "Презиме", "Датум рођења", "Датум доделе", "Практични испит", "Писмени испит"]
GIS: list[list[Any]] = [
    ["ГФ-01/25", "Ана", "Примерић", date(2001, 3, 4), date(2026, 6, 15), 9.0, 8.0],
    ["ГФ-02/25", "Ђорђе", "Жижић", date(2000, 12, 31), date(2026, 6, 15), 10.0, 9.0],
    ["ГФ-03/25", "Љубица", "Њежић", date(2002, 7, 1), date(2026, 6, 15), 8.0, 8.0],
    ["ГФ-04/25", "Марко", "Uzorak", date(2001, 1, 9), date(2026, 6, 15), 7.0, 7.0],
    ["ГФ-05/25", "Нина", "Огледна", "1/2/2001", date(2026, 6, 15), 8.0, 7.0],
    ["ГФ-06/25", "Вук", "Тестовић", 36892.0, date(2026, 6, 15), 8.0, 7.0],
    ["ГФ-07/25", "Сара", "Вежбић", date(2001, 5, 5), date(2026, 6, 15), 8.0, None],
    ["ГФ-08/25", "Иван\u202e", "Нацрт", date(2001, 6, 6), date(2026, 6, 15), 9.0, 9.0],
    ["ГФ-09/25", "Теа", "Скица", date(2001, 8, 8), date(2026, 6, 22), 10.0, 10.0],
    ["ГФ-09/25", "Теа", "Скица", date(2001, 8, 8), date(2026, 6, 22), 10.0, 10.0],
]


def write_edna(path: Path) -> None:
    """CSV with semicolons, UTF-8 with a byte order mark: what Excel writes in Serbia as “CSV UTF-8”."""
    path.write_text("\ufeff" + "\r\n".join(EDNA) + "\r\n", encoding="utf-8", newline="")


def write_data_ml(path: Path) -> None:
    """XLSX with a heading above the titles, real dates, and what spreadsheets do to numbers."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet("Learners")
    sheet.append(["Data quality and machine learning: who passed"])
    sheet.append([])
    sheet.append(DATA_ML_TITLES)
    for row in DATA_ML:
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=4, min_col=4, max_col=4):
        if not isinstance(cells[0].value, int):
            cells[0].number_format = "yyyy-mm-dd"
    workbook.save(path)
    _without_times(path)


def _without_times(path: Path) -> None:
    """Writes the archive again with fixed times, so that the same learners give the same file."""
    with zipfile.ZipFile(path) as archive:
        entries = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            if name == "docProps/core.xml":
                data = _TIMES.sub(b"", data)
            archive.writestr(zipfile.ZipInfo(name, (2026, 6, 30, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def write_gis(path: Path) -> None:
    """ODS as LibreOffice has it: dates as dates, grades as numbers."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Полазници")
    document.spreadsheet.addElement(table)
    for row in [GIS_TITLES, *GIS]:
        line = TableRow()
        table.addElement(line)
        for value in row:
            line.addElement(_cell(value))
    document.save(str(path))
    _without_times(path)


def _cell(value: Any) -> Any:
    if value is None:
        return TableCell()
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, float):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def main(folder: Path) -> None:
    """Writes the three lists below `folder`."""
    write_edna(folder / "edna" / "learners.csv")
    write_data_ml(folder / "data-ml" / "learners.xlsx")
    write_gis(folder / "gis" / "learners.ods")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "examples")
