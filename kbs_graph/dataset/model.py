"""What the description of the dataset is made of: files, releases, services, and where all that is served."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from kbs_graph.dataset.statistics import Statistics
from kbs_graph.download import Download
from kbs_graph.errors import Words


@dataclass(frozen=True)
class Offer:
    """A file for downloading at its absolute address."""

    file: Download
    address: str

    @property
    def path(self) -> str:
        """The address within the site, for a link on its own pages."""
        return urlsplit(self.address).path


@dataclass(frozen=True)
class Edition:
    """The dataset as it is, or a release of it (by its IRI): version, days (ISO 8601), files, and the pages about it.

    `numbers` are those of the dumps, when they were kept; `previous` is the IRI of the release before.
    """

    iri: str
    version: str
    issued: str
    modified: str
    pages: tuple[str, ...]
    offers: tuple[Offer, ...]
    numbers: Statistics | None
    previous: str = ""


@dataclass(frozen=True)
class Service:
    """A way to ask the data: a short name for its IRI, and absolute addresses of it and of what describes it.

    `standard` is the IRI of the standard it follows, empty for none.
    """

    name: str
    title: Words
    about: Words
    endpoint: str
    description: str
    standard: str = ""


@dataclass(frozen=True)
class Site:
    """Where the dataset is served: absolute addresses of this description and of pages, and the services.

    `contact` holds a page a language where people can say something to the editors.
    """

    description: str
    home: str
    contact: tuple[str, ...]
    documentation: tuple[str, ...]
    services: tuple[Service, ...]

    @property
    def endpoint(self) -> str:
        """The SPARQL endpoint."""
        return self.services[0].endpoint
