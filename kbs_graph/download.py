"""The files for downloading: how they are called, and what a name says of a file."""

import re
from dataclasses import dataclass

from kbs_graph.serialize import CSV, DUMP_FORMATS, XLSX

STEM = "kennisbouwstenen"
CHECKSUMS = "checksums.json"
"""The file beside them that tells size and SHA-256 of each, by name."""
GZIP, ZIP = "application/gzip", "application/zip"
_MEDIA_TYPES = {form.ending: form.media_type for form in DUMP_FORMATS} | {
    "csv": CSV.media_type,
    "zip": CSV.media_type,
    "xlsx": XLSX.media_type,
}
_NAME = re.compile(
    rf"{STEM}(?:-(?P<segment>[a-z]{{3,}}))?(?:-(?P<language>[a-z]{{2}}))?\.(?P<ending>\w+)(?P<packed>\.gz)?"
)


@dataclass(frozen=True)
class Download:
    """A file for downloading: its name, size in bytes and SHA-256 in hex."""

    name: str
    bytes: int
    sha256: str

    @property
    def ending(self) -> str:
        """The ending that tells the format; that of what is packed, for a packed file."""
        return self._part("ending")

    @property
    def is_packed(self) -> bool:
        """Whether this is the packed twin (gzip) of another file."""
        return bool(self._part("packed"))

    @property
    def is_whole(self) -> bool:
        """Whether it holds all, not one kind of thing."""
        return not self.segment

    @property
    def segment(self) -> str:
        """The kind of thing it holds; empty for all."""
        return self._part("segment")

    @property
    def language(self) -> str:
        """The language of its headings; empty for what holds all languages."""
        return self._part("language")

    @property
    def media_type(self) -> str:
        """What is in it, unpacked."""
        return _MEDIA_TYPES[self.ending]

    @property
    def sent_as(self) -> str:
        """The media type of the file as it is sent."""
        return GZIP if self.is_packed else ZIP if self.ending == "zip" else self.media_type

    def _part(self, name: str) -> str:
        found = _NAME.fullmatch(self.name)
        return (found[name] or "") if found else ""


def name(ending: str, segment: str = "", language: str = "") -> str:
    """The name of the file with all, or one kind of thing, in a format and a language where that matters."""
    return "-".join(part for part in (STEM, segment, language) if part) + f".{ending}"
