"""The dataset and its releases as this site offers them: which files there are at which addresses, and the services."""

from pathlib import Path

from kbs_graph import history
from kbs_graph.dataset import archive, statistics
from kbs_graph.dataset.codes import STANDARDS
from kbs_graph.dataset.model import Edition, Offer, Service, Site
from kbs_graph.download import name
from kbs_graph.errors import Words
from kbs_graph.history import History, Release
from kbs_graph.serialize import N_QUADS
from kbs_graph.snapshot import Offered
from kbs_graph.terms import DATASET
from webui import machine_urls, urls
from webui.deliver import urls as deliver_urls
from webui.i18n import LANGUAGES
from webui.serving import opened, settings

_DIGITS = 12
"""Hex digits of a checksum that tell one unreleased state from another."""


def offered() -> Offered:
    """The downloads of this snapshot, or of an earlier one while its own are being made."""
    return opened().snapshot.offered("dumps")


def told() -> History:
    """The releases, and what changed since."""
    return history.of(opened().store, opened().snapshot.manifest)


def state() -> str:
    """What the pages about downloads depend on beside the snapshot: the files are made after that came in use."""
    kept = [edition.version for edition in released()]
    return f"dumps={','.join([str(offered().number), str(len(archive.files(offered().path))), *kept])}"


def current() -> Edition:
    """The dataset as it is. Its version is that of the release it is, or the last one with the hash of what it is."""
    place = offered()
    files = archive.files(place.path)
    numbers = statistics.read(place.path)
    releases = told().releases
    return Edition(
        iri=DATASET,
        version=_version(place),
        issued=releases[-1].day if releases else "",
        modified=max([numbers.day if numbers else "", *(release.day for release in releases)]) or place.created,
        pages=tuple(urls.absolute(urls.downloads(tongue)) for tongue in LANGUAGES),
        offers=tuple(Offer(file, urls.absolute(urls.dump(file.name))) for file in files),
        numbers=numbers,
    )


def released() -> list[Edition]:
    """The releases whose files are still here, newest first."""
    return [edition for edition in map(_released, told().releases) if edition.offers]


def site() -> Site:
    """Where all of it is served."""
    return Site(
        description=urls.absolute(machine_urls.dataset()),
        home=urls.absolute("/"),
        contact=tuple(urls.absolute(urls.suggestion(tongue=tongue)) for tongue in LANGUAGES),
        documentation=tuple(
            urls.absolute(page(tongue)) for tongue in LANGUAGES for page in (urls.definition, machine_urls.programming)
        ),
        services=_services(),
    )


def _version(place: Offered) -> str:
    releases = told().releases
    last = releases[0].version if releases else str(opened().snapshot.manifest["version"])
    now, then = _checksum(place.path), _checksum(archive.folder(settings().var, last))
    return last if not now or now == then else f"{last}+{now[:_DIGITS]}"


def _checksum(place: Path) -> str:
    """The SHA-256 of all statements in a folder with dumps, as N-Quads; empty without them."""
    return next((file.sha256 for file in archive.files(place) if file.name == name(N_QUADS.ending)), "")


def _released(release: Release) -> Edition:
    """A release with the files that hold all of it; those of one kind of thing are left to its list of checksums."""
    place = archive.folder(settings().var, release.version)
    releases = told().releases
    before = releases[releases.index(release) + 1 :]
    return Edition(
        iri=release.iri,
        version=release.version,
        issued=release.day,
        modified=release.day,
        pages=tuple(urls.absolute(urls.news(release.version, tongue=tongue)) for tongue in LANGUAGES),
        offers=tuple(
            Offer(file, urls.absolute(urls.released(release.version, file.name)))
            for file in archive.files(place)
            if file.is_whole
        ),
        numbers=statistics.read(place),
        previous=before[0].iri if before else "",
    )


def _services() -> tuple[Service, ...]:
    """The ways to ask the data, SPARQL first."""
    return (
        Service(
            "sparql",
            Words("Vragen in SPARQL", "Questions in SPARQL"),
            Words(
                "Beantwoordt elke vraag in SPARQL 1.1 die alleen leest, ook van programma's op andere sites.",
                "Answers any question in SPARQL 1.1 that only reads, also from programs on other sites.",
            ),
            urls.absolute("/sparql"),
            urls.absolute("/sparql"),
            STANDARDS["sparql"],
        ),
        Service(
            "reconcile",
            Words("Een eigen lijst koppelen", "Match a list of your own"),
            Words(
                "Zoekt begrippen en bronnen bij de woorden in een tabel, voor OpenRefine en andere programma's.",
                "Finds concepts and sources for the words in a table, for OpenRefine and other programs.",
            ),
            urls.absolute("/reconcile"),
            urls.absolute("/reconcile"),
            STANDARDS["reconcile"],
        ),
        Service(
            "skosmos",
            Words("Begrippen opvragen als bij Skosmos", "Concepts as Skosmos gives them"),
            Words(
                "Geeft begrippen als de REST-interface (versie 1) van Skosmos, voor programma's die die kennen.",
                "Gives concepts as the REST interface (version 1) of Skosmos, for programs that know it.",
            ),
            machine_urls.skosmos(),
            urls.absolute(machine_urls.openapi()),
        ),
        Service(
            "graphs",
            Words("Benoemde grafen lezen", "Read named graphs"),
            Words(
                "Geeft van elk bestand van de redactie en van elke organisatie precies wat die zegt.",
                "Gives exactly what each file of the editors and each organisation says.",
            ),
            urls.absolute("/graphs"),
            urls.absolute(deliver_urls.deliver("techniek", LANGUAGES[0])),
            STANDARDS["graphs"],
        ),
    )
