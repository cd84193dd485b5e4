"""Downloading everything: the page about the data, and the files of the current snapshot and of released versions."""

from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory
from werkzeug.exceptions import NotFound

from kbs_graph import download, tables
from kbs_graph.dataset import archive, description
from kbs_graph.dataset.model import Edition
from kbs_graph.download import Download
from kbs_graph.serialize import CSV, DUMP_FORMATS
from kbs_graph.terms import DATASET, KINDS, parts_of
from webui import citing, editions, machine_urls, structured, urls
from webui.caching import respond
from webui.negotiation import HTML
from webui.serving import opened, settings

blueprint = Blueprint("downloads", __name__)

SUMS = "SHA256SUMS"
_TYPES = {form.media_type: form.content_type for form in DUMP_FORMATS} | {CSV.media_type: tables.CSV_TYPE}


@blueprint.get("/<lang:lang>/data")
def data(lang: str) -> Response:
    response = respond(f"{HTML};{editions.state()}", lambda: Response(_page(), mimetype=HTML))
    response.headers.add("Link", _described())
    return response


@blueprint.get("/dumps/<name>")
def dump(name: str) -> Response:
    """A file of the current snapshot, whole or in parts (Range), with its checksum as ETag."""
    return _sent(editions.offered().path, name)


@blueprint.get("/dumps/<version>/<name>")
def released(version: str, name: str) -> Response:
    """A file of a version that was released, as `dump`."""
    if version not in {release.version for release in editions.told().releases}:
        raise NotFound
    return _sent(archive.folder(settings().var, version), name)


def _sent(folder: Path, name: str) -> Response:
    files = archive.files(folder)
    if name == SUMS and files:
        return _sums(files)
    found = next((item for item in files if item.name == name), None)
    if found is None:
        raise NotFound
    response = send_from_directory(
        folder.resolve(),
        name,
        mimetype=found.sent_as,
        as_attachment=True,
        etag=found.sha256,
    )
    response.content_type = _TYPES.get(found.sent_as, found.sent_as)
    response.cache_control.no_cache = True
    response.headers.add("Link", _described())
    response.headers.add("Link", f'<{urls.LICENCE}>; rel="license"')
    return response


def _sums(files: tuple[Download, ...]) -> Response:
    """The checksums as `sha256sum --check` reads them."""
    body = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    response = Response(body, content_type="text/plain; charset=utf-8")
    response.add_etag()
    response.cache_control.no_cache = True
    return response


def _described() -> str:
    return f'<{urls.absolute(machine_urls.dataset())}>; rel="describedby"'


def _page() -> str:
    snapshot = opened().snapshot
    current = editions.current()
    about = description.about(opened().store)
    kept = {edition.version: edition for edition in editions.released()}
    counts = snapshot.manifest.get("counts")
    assert isinstance(counts, dict)
    return render_template(
        "data.html",
        current=current,
        files={offer.file.name: offer.file for offer in current.offers},
        formats=DUMP_FORMATS,
        offered=editions.offered(),
        kept=kept.values(),
        gone=[release for release in editions.told().releases if release.version not in {current.version, *kept}],
        dataset=DATASET,
        counts=[(segment, counts[segment]) for segment in KINDS if counts.get(segment)],
        name=download.name,
        example=_example(current),
        snapshot=snapshot,
        sums=SUMS,
        citation=citing.sentence(current),
        bibtex=citing.bibtex(current),
        document=structured.of_dataset(about, current, editions.site()),
    )


def _example(edition: Edition) -> tuple[str, str] | None:
    """The path of an aspect (segment, slug), to show where its data are."""
    classes = edition.numbers.classes if edition.numbers else ()
    found = (each.example for each in classes if each.iri == KINDS["aspect"].class_iri)
    return parts_of(next(found, ""))
