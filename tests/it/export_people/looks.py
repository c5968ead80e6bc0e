"""Prints what a workbook looks like: where it is frozen, its header, formulas, widths."""

import sys

import openpyxl

for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    formulas = sum(cell.data_type == "f" for cell in cells)
    bold = "bold" if all(cell.font.b for cell in sheet[1]) else "plain"
    widths = ""
    if sheet.title == "操作":
        width = {c: int(sheet.column_dimensions[c].width) for c in "BC"}
        widths = f" time={width['B']} kind={width['C']}"
    print(f"{sheet.title} {sheet.freeze_panes} {bold} formulas={formulas}{widths}")
