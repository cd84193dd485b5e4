"""A list as a workbook of one sheet (XLSX), for people. As a program it does so in the sandbox, away from the pages."""

import json

from kbs_graph import sandbox, workbooks
from kbs_graph.tables import Table

_NARROW, _WIDE = 12, 60
"""The narrowest and the widest column, in characters."""


def as_xlsx(content: Table) -> bytes:
    """A table as a workbook: headings stay in sight and repeat in print, columns fit what they hold."""
    book = workbooks.blank(content.title, content.language, (content.day or "")[:10])
    sheet = workbooks.add_sheet(book, content.title)
    workbooks.head(sheet, content.headings, _widths(content))
    for number, row in enumerate(content.rows, 2):
        for column, cell in enumerate(row, 1):
            workbooks.put(sheet, number, column, cell)
    return workbooks.packed(book)


def _widths(content: Table) -> list[int]:
    columns = zip(content.headings, *content.rows, strict=True)
    return [min(_WIDE, max(_NARROW, *(len(str(cell)) + 2 for cell in column))) for column in columns]


if __name__ == "__main__":
    sandbox.serve(lambda _, body: as_xlsx(Table(**json.loads(body))))
