"""Older versions of the ontology, found in the downloads of the releases that hold them."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rdflib.namespace import OWL

from kbs_graph.dataset import archive
from kbs_graph.errors import NotFound
from kbs_graph.serialize import N_QUADS
from kbs_graph.terms import ONTOLOGY, ONTOLOGY_GRAPH

_GRAPH = f" <{ONTOLOGY_GRAPH}> .\n"
_NUMBER = f'<{ONTOLOGY}> <{OWL.versionInfo}> "'


@dataclass(frozen=True)
class Kept:
    """A version of the ontology, and the release of the dataset that it came with first."""

    number: str
    release: str


def kept(var: Path, present: str) -> tuple[Kept, ...]:
    """The versions whose text is kept, newest release first, but for the present one."""
    found: dict[str, Kept] = {}
    for release in sorted(_releases(var), key=_parts):
        number = _number_of(var, release)
        if number and number != present:
            found.setdefault(number, Kept(number, release))
    return tuple(found.values())[::-1]


def find(var: Path, number: str) -> Kept:
    """A version by its number. Raises NotFound."""
    found = next((one for one in kept(var, "") if one.number == number), None)
    if found is None:
        raise NotFound(
            f"Versie {number} van het model is hier niet bewaard. De pagina van het model noemt welke er zijn.",
            f"Version {number} of the model is not kept here. The page of the model names those there are.",
        )
    return found


def text(var: Path, version: Kept) -> str:
    """The statements of a version as N-Triples, sorted."""
    return "".join(sorted(line.removesuffix(_GRAPH) + " .\n" for line in _lines(_dump(var, version.release))))


def _releases(var: Path) -> list[str]:
    return [path.name for path in (var / archive.FOLDER).glob("[0-9]*")]


def _number_of(var: Path, release: str) -> str:
    dump = _dump(var, release)
    return _number(dump, dump.stat().st_mtime_ns) if dump else ""


@lru_cache(maxsize=64)
def _number(dump: Path, changed: int) -> str:
    """The version of the ontology in a dump; `changed` tells one file from another of the same name."""
    line = next((line for line in _lines(dump) if line.startswith(_NUMBER)), "")
    return line.removeprefix(_NUMBER).partition('"')[0]


def _lines(dump: Path | None) -> Iterator[str]:
    """The statements of the ontology in a dump."""
    if dump is None:
        return
    opener = gzip.open if dump.suffix == ".gz" else open
    with opener(dump, "rt", encoding="utf-8") as lines:
        yield from (line for line in lines if line.endswith(_GRAPH))


def _dump(var: Path, release: str) -> Path | None:
    """The N-Quads of a release, plain or packed."""
    folder = archive.folder(var, release)
    return next((path for end in ("", ".gz") for path in folder.glob(f"*.{N_QUADS.ending}{end}")), None)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))
