"""Prints every row of a CSV file or a workbook, a cell as n:number or s:text; of a workbook the moments must be dates."""

import csv
import datetime
import sys

import openpyxl


def typed(value):
    if value is None or value == "":
        return "-"
    if isinstance(value, int):
        return f"n:{value}"
    assert isinstance(value, str), repr(value)
    return f"s:{value}"


def of_csv(path):
    # Numbers are what is not in quotes: the reader says so itself.
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, quoting=csv.QUOTE_NONNUMERIC, strict=True):
            cells = [int(cell) if isinstance(cell, float) else cell for cell in row]
            yield "csv", cells


def as_written(value):
    # As the CSV file writes it, so that both can be compared.
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime.datetime) else value


def of_book(path):
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            # Sums are of the workbook alone.
            if row[0].value == "合计":
                continue
            for cell in row:
                is_moment = sheet.title == "操作" and cell.column == 2 and cell.row > 1
                wanted = "d" if is_moment else "sn"
                assert cell.data_type in wanted, (cell.coordinate, cell.data_type)
                assert not is_moment or cell.number_format == "yyyy-mm-dd hh:mm:ss"
            yield sheet.title, [as_written(cell.value) for cell in row]


path = sys.argv[1]
for title, cells in (of_csv if path.endswith(".csv") else of_book)(path):
    print("\t".join([title, *map(typed, cells), ""]))
