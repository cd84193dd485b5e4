"""Checks of the SPARQL endpoint as data: what is sent, and what must come back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, N_TRIPLES, N_QUADS = "text/turtle", "application/n-triples", "application/n-quads"
JSON_LD, RDF_XML, TRIG = "application/ld+json", "application/rdf+xml", "application/trig"
PROBLEM, HTML = "application/problem+json", "text/html"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True)
class Check:
    """One request and what its answer must be. `told` must stand in the answer, `headers` among its headers."""

    group: str
    name: str
    status: int = 200
    mimetype: str = ""
    told: str = ""
    method: str = "GET"
    url: Any = ""
    body: Any = None
    kind: str | None = None
    accept: str | None = None
    sent: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def run(self, client: FlaskClient) -> TestResponse:
        """Send the request and check the answer, every refusal for being one that a person can read."""
        asked = {"headers": {**self.sent, **({"Accept": self.accept} if self.accept is not None else {})}}
        if self.kind is not None:
            asked["content_type"] = self.kind
        answer = client.open("/sparql", method=self.method, query_string=self.url, data=self.body, **asked)
        assert answer.status_code == self.status, answer.text
        assert not self.mimetype or answer.mimetype == self.mimetype
        assert self.told in answer.text
        assert self.headers.items() <= {name: answer.headers.get(name) for name in self.headers}.items()
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        if self.status >= 400 and self.method != "HEAD" and answer.mimetype != HTML:
            assert answer.mimetype == PROBLEM
            problem = answer.get_json(force=True)
            assert problem["status"] == self.status and problem["title"] and problem["detail"]
        return answer


def table(checks: Iterable[Check]) -> pytest.MarkDecorator:
    """The checks as parameters of a test, each with its group in its name: `pytest --collect-only -q` counts them."""
    rows = tuple(checks)
    names = [f"{check.group}: {check.name}" for check in rows]
    assert len(set(names)) == len(names)
    return pytest.mark.parametrize("check", rows, ids=names)
