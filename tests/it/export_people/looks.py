"""Prints what a workbook looks like: where it is frozen, its header, formulas, widths, sums, filter, page."""

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
    last = sheet[sheet.max_row]
    assert last[0].value == "合计", last[0].value
    summed = [cell for cell in last[1:] if cell.value is not None]
    right = all(
        cell.value == sum(sheet.cell(row, cell.column).value for row in range(2, sheet.max_row))
        for cell in summed
    )
    below = f"A1:{last[-1].column_letter}{sheet.max_row - 1}"
    page = sheet.page_setup
    print(
        f"{sheet.title} {sheet.freeze_panes} {bold} formulas={formulas}{widths}",
        f"total={','.join(cell.column_letter for cell in summed)}",
        f"sums={'right' if right else 'wrong'}",
        f"filter={'right' if sheet.auto_filter.ref == below else sheet.auto_filter.ref}",
        f"{page.orientation} A{page.paperSize - 5} fit={sheet.sheet_properties.pageSetUpPr.fitToPage} tall={page.fitToHeight}",
        f"head={sheet.print_title_rows}",
    )
