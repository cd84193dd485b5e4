"""The files for downloading over HTTP: whole, in parts, not again, and what they are called."""

import hashlib

import pytest
from flask.testing import FlaskClient

FILES = [f"kennisbouwstenen{end}" for end in (".jsonld", ".nt.gz", "-aspect-en.csv", "-nl.xlsx")]


TYPES = {
    ".ttl": "text/turtle; charset=utf-8",
    ".rdf": "application/rdf+xml",
    ".jsonld.gz": "application/gzip",
    "-bron-nl.csv": "text/csv; charset=utf-8; header=present",
    "-nl.zip": "application/zip",
}


@pytest.mark.parametrize(("end", "content_type"), TYPES.items())
def test_a_file_says_what_it_is(client: FlaskClient, end: str, content_type: str) -> None:
    assert client.get(f"/dumps/kennisbouwstenen{end}").headers["Content-Type"] == content_type


def test_the_checksums_are_a_file_for_sha256sum(client: FlaskClient) -> None:
    answer = client.get("/dumps/SHA256SUMS")
    assert answer.mimetype == "text/plain"
    lines = [line.split("  ") for line in answer.text.splitlines()]
    assert len(lines) > 30
    for checksum, name in lines[:3]:
        assert hashlib.sha256(client.get(f"/dumps/{name}").data).hexdigest() == checksum


@pytest.mark.parametrize(
    "name", ["kennisbouwstenen.jsonld", "kennisbouwstenen-aspect-en.csv", "kennisbouwstenen-nl.xlsx"]
)
def test_a_file_is_sent_whole_in_parts_or_not_again(client: FlaskClient, name: str) -> None:
    whole = client.get(f"/dumps/{name}")
    assert whole.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert (client.head(f"/dumps/{name}").headers["Content-Length"]) == str(len(whole.data))
    part = client.get(f"/dumps/{name}", headers={"Range": "bytes=10-19", "If-Range": whole.headers["ETag"]})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert client.get(f"/dumps/{name}", headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert client.get(f"/dumps/{name}", headers={"Range": "bytes=999999999-"}).status_code == 416
