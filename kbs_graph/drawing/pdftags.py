"""Tags of a PDF: what each piece of its one page is (heading, paragraph, figure), in the order of reading.

ISO 32000-1, sections 14.7 and 14.8: marked content, a structure tree and the way back from page to tree. reportlab
writes none of it by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


class Tags:
    """Collects what is drawn on one page; `finish` writes it into the document before it is saved."""

    def __init__(self, canvas: Canvas):
        self._canvas = canvas
        self._elements: list[tuple[str, str]] = []

    @contextmanager
    def element(self, kind: str, description: str = "") -> Iterator[None]:
        """What is drawn within is one element of a standard kind (`H1`, `P`, `Figure`); a figure has a description."""
        self._canvas._code.append(f"/{kind} <</MCID {len(self._elements)}>> BDC")
        self._elements.append((kind, description))
        yield
        self._canvas._code.append("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn within says nothing."""
        self._canvas._code.append("/Artifact BMC")
        yield
        self._canvas._code.append("EMC")

    def finish(self) -> None:
        """End the page and hang the tree in the document."""
        self._canvas.showPage()
        document = self._canvas._doc
        page = document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents"]
        page.StructParents = 0
        root, whole = pdfdoc.PDFDictionary({}), pdfdoc.PDFDictionary({})
        above, page_ref = document.Reference(whole), document.Reference(page)
        children = [document.Reference(self._entry(number, above, page_ref)) for number in range(len(self._elements))]
        whole.dict.update(S=_name("Document"), Type=_name("StructElem"), P=document.Reference(root), K=_array(children))
        root.dict.update(
            Type=_name("StructTreeRoot"),
            K=_array([above]),
            ParentTree=pdfdoc.PDFDictionary({"Nums": _array([0, _array(children)])}),
            ParentTreeNextKey=1,
        )
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": _TRUE})

    def _entry(self, number: int, above: object, page: object) -> object:
        kind, description = self._elements[number]
        entry = {"Type": _name("StructElem"), "S": _name(kind), "P": above, "Pg": page, "K": number}
        if description:
            entry["Alt"] = pdfdoc.PDFString(description)
        return pdfdoc.PDFDictionary(entry)


_name, _array = pdfdoc.PDFName, pdfdoc.PDFArray
_TRUE = "true"
