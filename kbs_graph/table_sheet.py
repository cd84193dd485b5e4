"""Lists as a workbook (XLSX), a sheet each, for people. As a program it makes one of one list, in the sandbox."""

import json

from kbs_graph import sandbox, workbooks
from kbs_graph.tables import Table

_NARROW, _WIDE = 12, 60
"""The narrowest and the widest column, in characters."""


def as_xlsx(first: Table, *others: Table) -> bytes:
    """Tables as a workbook, named and dated after the first: headings stay in sight and repeat in print."""
    book = workbooks.blank(first.title, first.language, (first.day or "")[:10])
    for content in (first, *others):
        sheet = workbooks.add_sheet(book, content.title)
        workbooks.head(sheet, content.headings, _widths(content))
        workbooks.fill(sheet, content.rows, 2)
        for number, row in enumerate(content.rows, 2):
            workbooks.fit(sheet, number, {column: str(cell) for column, cell in enumerate(row, 1)})
    return workbooks.packed(book)


def _widths(content: Table) -> list[int]:
    columns = zip(content.headings, *content.rows, strict=True)
    return [min(_WIDE, max(_NARROW, *(len(str(cell)) + 2 for cell in column))) for column in columns]


if __name__ == "__main__":
    sandbox.serve(lambda _, body: as_xlsx(Table(**json.loads(body))))
