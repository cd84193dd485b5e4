"""The booklets of a snapshot as files beside its dumps: the whole and every domain, as PDF and DOCX, in both languages.

Made once a snapshot, by processes of their own: laying out a whole booklet takes seconds and a web process only hands
out what is there. They come into being together and durable.
"""

import hashlib
import json
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path

from kbs_graph import catalog
from kbs_graph.booklet import gathering
from kbs_graph.booklet.model import LANGUAGES, Booklet
from kbs_graph.disk import PATIENCE, Hold, Turn, is_disk_full, whole
from kbs_graph.errors import KbsError, NotRunnable, Words
from kbs_graph.snapshots import Snapshot, SnapshotStore
from kbs_graph.store import LocalStore

WHOLE = "kennisbouwstenen"
"""What stands in the place of a domain's slug for the booklet of everything."""
FORMATS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The endings, with their media types."""
FOLDER = "booklets"
_LIST = "booklets.json"


@dataclass(frozen=True)
class BookletFile:
    """A booklet that was made. `slug` is a domain's or WHOLE; `pages` is 0 where Word decides; SHA-256 in hex."""

    name: str
    slug: str
    language: str
    ending: str
    aspects: int
    pages: int
    bytes: int
    sha256: str


def folder(snapshot: Snapshot) -> Path:
    """Where the booklets that a snapshot offers stand: its own, or those of an earlier one while these are made."""
    return snapshot.offered(FOLDER).path


def found(snapshot: Snapshot) -> tuple[BookletFile, ...]:
    """The booklets that a snapshot offers, the whole ones first; none while the first ones are being made."""
    try:
        noted = json.loads((folder(snapshot) / _LIST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(BookletFile(**facts) for facts in noted)


def make(snapshot: Snapshot) -> tuple[BookletFile, ...]:
    """Make all booklets of a snapshot, if they are not there yet. One process at a time; the others wait for it.

    Raises NotRunnable when one cannot be laid out, or when the disk is full or refuses; the graph stays in use.
    """
    target = snapshot.path / FOLDER
    if target.is_dir():
        return found(snapshot)
    try:
        with Hold(snapshot.store), Turn(snapshot.path.parents[1] / "booklets.lock", PATIENCE):
            if not target.is_dir():  # it may be made by another while this one waited
                with whole(target) as work:
                    noted = _make_all(snapshot, work)
                    (work / _LIST).write_text(json.dumps([asdict(item) for item in noted], indent=2), encoding="utf-8")
    except OSError as error:
        raise _disk_trouble(error) from error
    return found(snapshot)


def written(content: Booklet, ending: str) -> bytes:
    """One booklet in one of FORMATS."""
    # The libraries that lay out pages are large, and a web process that only hands out files needs none of them.
    from kbs_graph.booklet import as_pdf

    if ending == "pdf":
        return as_pdf.make(content)
    from kbs_graph.booklet import as_docx

    return as_docx.make(content, as_pdf.wheel_picture(content))


def name(slug: str, language: str, ending: str) -> str:
    """The name of a file, so that it says what it is in a folder of downloads."""
    return f"{WHOLE}-{language}.{ending}" if slug == WHOLE else f"{WHOLE}-{slug}-{language}.{ending}"


def _make_all(snapshot: Snapshot, work: Path) -> list[BookletFile]:
    """A process for each language, as far as there are processors. They begin afresh: a store is not to be forked."""
    jobs = [(str(snapshot.path.parents[1]), snapshot.number, language, str(work)) for language in LANGUAGES]
    context = multiprocessing.get_context("spawn")
    noted: list[BookletFile] = []
    try:
        with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1), context) as pool:
            for made in pool.map(_tried, jobs):
                if isinstance(made, Words):
                    raise NotRunnable(made.nl, made.en)
                noted += made
    except BrokenProcessPool as error:
        raise NotRunnable(
            "De boekjes zijn niet gemaakt: een proces is afgebroken, misschien door te weinig geheugen. De graaf is "
            "wel in gebruik; bouw opnieuw.",
            "The booklets were not made: a process was ended, perhaps for lack of memory. The graph is in use; build "
            "again.",
        ) from error
    return noted


def _tried(job: tuple[str, int, str, str]) -> list[BookletFile] | Words:
    """What a process brings home: the booklets, or what to tell people. Our errors cannot travel between processes."""
    try:
        return _make_language(job)
    except KbsError as error:
        return error.words


def _make_language(job: tuple[str, int, str, str]) -> list[BookletFile]:
    """All booklets of a snapshot in one language, into a folder."""
    var, number, language, work = job
    snapshot = SnapshotStore(Path(var)).get(number)
    store = LocalStore.open(snapshot.store, in_memory=True)
    edition = gathering.edition_of(snapshot.manifest)
    slugs = [str(ref.slug) for ref in catalog.home(store).domains]
    made = []
    for slug in (WHOLE, *slugs):
        content = gathering.gather(store, edition, language, "" if slug == WHOLE else slug)
        for ending in FORMATS:
            made.append(_write(content, slug, ending, Path(work)))
    return made


def _write(content: Booklet, slug: str, ending: str, work: Path) -> BookletFile:
    from kbs_graph.booklet import as_pdf

    body = written(content, ending)
    target = name(slug, content.language, ending)
    (work / target).write_bytes(body)
    pages = as_pdf.count_pages(body) if ending == "pdf" else 0
    digest = hashlib.sha256(body).hexdigest()
    return BookletFile(target, slug, content.language, ending, len(content.entries), pages, len(body), digest)


def _disk_trouble(error: OSError) -> NotRunnable:
    if is_disk_full(error):
        return NotRunnable(
            "De schijf is vol: de boekjes zijn niet gemaakt, maar de graaf is in gebruik. Maak ruimte en bouw weer.",
            "The disk is full: the booklets were not made, but the graph is in use. Make room and build again.",
        )
    return NotRunnable(
        f"De boekjes zijn niet gemaakt ({error}). De graaf is wel in gebruik; bouw opnieuw.",
        f"The booklets were not made ({error}). The graph is in use; build again.",
    )
