"""What a file really is, by its bytes and never by its name.

A workbook is opened only after its package was looked through: its size inflated, macros, a password, a document type
in its XML (ISO/IEC 29500-2 forbids one). What a file is instead is said in plain words, with what to do.
"""

import re
import zlib
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from kbs_graph.errors import BadRequest, TooLarge

LARGEST = 5 << 20
"""Bytes of a file beyond which it is refused unread."""
_LARGEST_INFLATED, _MOST_PARTS = 8 << 20, 300
_DOCTYPE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Form(StrEnum):
    """The forms of a file we read."""

    JSON = "json"
    XLSX = "xlsx"
    CSV = "csv"


def form_of(body: bytes) -> Form:
    """The form of a file. Raises BadRequest for another kind of file and TooLarge, each saying what to do."""
    if len(body) > LARGEST:
        raise TooLarge(
            f"Dit bestand is {len(body) / 1e6:.0f} MB. Een scanbestand is kleiner dan 5 MB. Kies het bestand dat je "
            "hier hebt bewaard, of ons Excel-blad.",
            f"This file is {len(body) / 1e6:.0f} MB. A scan file is smaller than 5 MB. Choose the file you saved here, "
            "or our Excel sheet.",
        )
    if not body.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        raise refused("Dit bestand is leeg.", "This file is empty.")
    if body.startswith(b"PK"):
        return _package(body)
    for signature, nl, en in _OTHERS:
        if body.startswith(signature):
            raise refused(nl, en)
    if body.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _old_office(body)
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return Form.JSON
    if start.startswith(b"<"):
        raise refused("Dit is een webpagina of XML-bestand.", "This is a web page or an XML file.")
    if b"\x00" in body and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused("Dit soort bestand kennen we niet.", "We do not know this kind of file.")
    return Form.CSV


_OTHERS = (
    (b"%PDF", "Dit is een PDF.", "This is a PDF."),
    (b"{\\rtf", "Dit is een tekstdocument (RTF).", "This is a text document (RTF)."),
    (b"\x89PNG", "Dit is een plaatje.", "This is a picture."),
    (b"\xff\xd8\xff", "Dit is een foto.", "This is a photo."),
    (b"GIF8", "Dit is een plaatje.", "This is a picture."),
    (b"\x1f\x8b", "Dit is een ingepakt bestand (gzip).", "This is a packed file (gzip)."),
    (b"7z\xbc\xaf", "Dit is een ingepakt bestand (7z).", "This is a packed file (7z)."),
    (b"Rar!", "Dit is een ingepakt bestand (rar).", "This is a packed file (rar)."),
)
"""How other kinds of files begin, and what to call them."""
_MIMETYPES = (
    ("spreadsheet", "Dit is een OpenDocument-rekenblad (.ods).", "This is an OpenDocument spreadsheet (.ods)."),
    ("text", "Dit is een OpenDocument-tekst (.odt).", "This is an OpenDocument text (.odt)."),
)


def refused(nl: str, en: str, todo: tuple[str, str] = ("", "")) -> BadRequest:
    """What a file is, and what to do about it (to take one of ours, unless told otherwise)."""
    usual = (
        "Kies je scanbestand (.json) of ons ingevulde Excel-blad (.xlsx). Je kunt het Excel-blad hier opnieuw ophalen.",
        "Choose your scan file (.json) or our filled-in Excel sheet (.xlsx). You can download the Excel sheet here.",
    )
    return BadRequest(f"{nl} {todo[0] or usual[0]}", f"{en} {todo[1] or usual[1]}")


_SAVE_AS_XLSX = (
    "Open het in je rekenprogramma en kies Opslaan als: Excel-werkmap (.xlsx).",
    "Open it in your spreadsheet program and choose Save as: Excel workbook (.xlsx).",
)


def _old_office(body: bytes) -> BadRequest:
    """An OLE file: an Excel file behind a password, or a document of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in body:
        return refused(
            "Dit bestand is beveiligd met een wachtwoord.",
            "This file is protected with a password.",
            ("Haal het wachtwoord eraf en bewaar het opnieuw.", "Take the password off and save it again."),
        )
    return refused(
        "Dit is een bestand van een oude Office-versie (.xls of .doc).",
        "This is a file of an old Office version (.xls or .doc).",
        _SAVE_AS_XLSX,
    )


def _package(body: bytes) -> Form:
    """XLSX, if the ZIP package is one and is safe to open."""
    try:
        with ZipFile(BytesIO(body)) as package:
            _look_through(package)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise damaged() from error
    return Form.XLSX


def _look_through(package: ZipFile) -> None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise refused("Dit bestand is beveiligd met een wachtwoord.", "This file is protected with a password.")
    declared = sum(part.file_size for part in parts)
    if declared > _LARGEST_INFLATED or len(parts) > _MOST_PARTS:
        raise _too_large_inflated()
    _is_workbook(package, names)
    if len(names) != len(set(names)):
        raise damaged()
    inflated = 0
    for part in parts:
        content = package.read(part)
        inflated += len(content)
        if inflated > _LARGEST_INFLATED:
            raise _too_large_inflated()
        if part.filename.endswith((".xml", ".rels", ".vml")) and _has_document_type(content):
            raise refused(
                "In dit Excel-bestand staat een documenttype (DOCTYPE). Zulke bestanden openen we niet.",
                "This Excel file holds a document type (DOCTYPE). We do not open such files.",
                _SAVE_AS_XLSX,
            )


def _is_workbook(package: ZipFile, names: list[str]) -> None:
    """Raises when a package is something else than a workbook without macros."""
    if "mimetype" in names:
        kind = package.read("mimetype")[:200].decode("latin-1")
        for word, nl, en in _MIMETYPES:
            if word in kind:
                raise refused(nl, en, _SAVE_AS_XLSX)
    for folder, nl, en in (
        ("word/", "Dit is een Word-document.", "This is a Word document."),
        ("ppt/", "Dit is een presentatie.", "This is a presentation."),
    ):
        if any(name.startswith(folder) for name in names):
            raise refused(nl, en)
    if "xl/workbook.bin" in names:
        raise refused("Dit is een binaire Excel-werkmap (.xlsb).", "This is a binary workbook (.xlsb).", _SAVE_AS_XLSX)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise refused("Dit is een ingepakt bestand (zip).", "This is a packed file (zip).")
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types or b"vbaProject" in types or any("vbaproject" in name.lower() for name in names):
        raise refused(
            "In dit Excel-bestand zitten macro's. Zulke bestanden openen we niet.",
            "This Excel file holds macros. We do not open such files.",
            (
                "Bewaar het zonder macro's: Opslaan als, Excel-werkmap (.xlsx).",
                "Save it without macros: Save as, Excel workbook (.xlsx).",
            ),
        )


def _has_document_type(content: bytes) -> bool:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4]
    return bool(_DOCTYPE.search(content.replace(b"\x00", b"") if wide else content))


def _too_large_inflated() -> TooLarge:
    size = _LARGEST_INFLATED >> 20
    return TooLarge(
        f"Uitgepakt is dit bestand groter dan {size} MB. Dat is veel meer dan een scan. Neem een nieuw Excel-blad van "
        "ons en kopieer je antwoorden daarin.",
        f"Unpacked this file is larger than {size} MB. That is far more than a scan. Take a new Excel sheet of ours "
        "and copy your answers into it.",
    )


def damaged() -> BadRequest:
    """A workbook that cannot be read."""
    return refused(
        "Dit Excel-bestand is beschadigd.",
        "This Excel file is damaged.",
        (
            "Open het in je rekenprogramma, bewaar het opnieuw als .xlsx en probeer het nog eens.",
            "Open it in your spreadsheet program, save it again as .xlsx and try once more.",
        ),
    )
