"""What the pages of the model say besides the model itself: IRIs in short, severities, which standard is followed."""

import re
from collections.abc import Iterable
from typing import TypeVar

from flask import Flask

from kbs_graph.documentation.rules import ShapeDoc
from kbs_graph.documentation.terms import TermDoc, Vocabulary
from kbs_graph.findings import INFO, VIOLATION, WARNING
from kbs_graph.folding import sort_key
from kbs_graph.serialize import compact
from kbs_graph.terms import ID, parts_of
from webui import urls
from webui.i18n import N_, gettext
from webui.wording import plain

_SEVERITIES = {VIOLATION: N_("error"), WARNING: N_("warning"), INFO: N_("remark")}
_STANDARDS = (
    (N_("Concepts and schemes"), "SKOS", N_("All labels, definitions, relations and schemes. Tested with its rules.")),
    (
        N_("Concepts for the Netherlands"),
        "NL-SBB 1.0",
        N_("What it asks of concepts and schemes. Tested: no violation."),
    ),
    (N_("Links to other schemes"), "SKOS, SSSOM", N_("Mapping relations, in a graph of their own for every scheme.")),
    (N_("Description of the dataset"), "DCAT-AP-NL 3.0, VoID", N_("The catalogue, its downloads and its numbers.")),
    (
        N_("Sources and organisations"),
        "Dublin Core, FOAF, ORG, schema.org",
        N_("Title, publisher, year, kind, reader, time."),
    ),
    (N_("Texts and their order"), "schema.org", N_("Text and position of the parts of a thing.")),
    (
        N_("Who says what, and when"),
        "PROV-O, ADMS",
        N_("Attribution, dates and status; every named graph has its own."),
    ),
    (N_("The rules"), "SHACL, SPARQL 1.1", N_("Shapes for each kind of thing, and queries over the graph as a whole.")),
    (
        N_("The terms"),
        "RDFS, OWL 2",
        N_("Classes and properties with a label, definition and example. No reasoner is needed."),
    ),
)
Labelled = TypeVar("Labelled", TermDoc, Vocabulary, ShapeDoc)
_NO_ANCHOR = re.compile(r"[^\w.:-]+")


def init(app: Flask) -> None:
    app.jinja_env.globals.update(severity_words=severity, standards=standards, path_of=path_of)
    app.jinja_env.filters.update(short=short, anchor=anchor, by_label=by_label)


def by_label(items: Iterable[Labelled]) -> list[Labelled]:
    """Terms, vocabularies or shapes in the order of their names in the reader's language."""
    return sorted(items, key=lambda item: sort_key(plain(item.label)))


def severity(name: str) -> str:
    """How serious a breach is, in the reader's language."""
    return gettext(_SEVERITIES[name])


def standards() -> list[tuple[str, str, str]]:
    """Part of the data, the standard it follows, and how."""
    return [(gettext(part), standard, gettext(how)) for part, standard, how in _STANDARDS]


def short(iri: str) -> str:
    """An IRI as people write it: by prefix, or under our base."""
    return compact(iri.removeprefix(ID)) if iri.startswith(ID) else compact(iri)


def anchor(iri: str) -> str:
    """A place on a page for an IRI."""
    return _NO_ANCHOR.sub("-", iri.partition("://")[2].strip("/#"))


def path_of(iri: str) -> str | None:
    """Our page of a thing, or of the thing that a part belongs to; None for the things of others."""
    parts = parts_of(iri)
    return urls.page(*parts) if parts else None
