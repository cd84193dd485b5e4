"""The SPARQL 1.1 Protocol, checked request by request, in groups.

`pytest --collect-only -q tests/webui/test_web_sparql_protocol.py` shows every check with its group.
"""

from collections.abc import Iterator

from flask.testing import FlaskClient
from sparql_checks import BROWSER, CSV, FORM, HTML, JSON, QUERY, TSV, UPDATE, XML, Check, table

ASK = "ASK {}"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
BOM = "\ufeff".encode()
READ_ONLY = "is for reading only"
ENGLISH = {"Accept-Language": "en"}


def operations() -> Iterator[Check]:
    """Section 2.1: the three ways to ask."""
    group = "operation"
    yield Check(group, "GET", url={"query": ASK}, mimetype=JSON, told="true")
    yield Check(group, "form by POST", method="POST", body={"query": ASK}, kind=FORM, told="true")
    yield Check(group, "direct by POST", method="POST", body=ASK, kind=QUERY, told="true")
    yield Check(group, "form with a charset", method="POST", body={"query": ASK}, kind=f"{FORM}; charset=UTF-8")
    yield Check(group, "direct with a charset", method="POST", body=ASK, kind=f'{QUERY}; charset="utf-8"')
    yield Check(group, "media type in capitals", method="POST", body=ASK, kind="Application/SPARQL-Query")
    yield Check(group, "query of the form in the address", method="POST", url={"query": ASK}, kind=FORM, told="true")
    yield Check(group, "a byte order mark before a query", method="POST", body=BOM + ASK.encode(), kind=QUERY)
    yield Check(group, "plus signs and %20 are spaces", url="query=ASK+%7B%7D%20", told="true")
    yield Check(group, "unknown fields are passed over", url={"query": ASK, "timeout": "1", "x": ""}, told="true")
    yield Check(group, "names beside ASCII", url={"query": 'SELECT ("é€𝄞" AS ?x) {}'}, accept=CSV, told="é€𝄞")
    yield Check(group, "relative IRIs stand in our own space", url={"query": "ASK { <def#Case> a ?c }"}, told="true")


def one_query() -> Iterator[Check]:
    group, told = "exactly one query", "exactly one query"
    yield Check(group, "two in the address", 400, told=told, url=[("query", ASK), ("query", ASK)], sent=ENGLISH)
    yield Check(group, "two in a form", 400, method="POST", body=b"query=ASK{}&query=ASK{}", kind=FORM)
    yield Check(group, "in the address and the form", 400, method="POST", url={"query": ASK}, body={"query": ASK})
    yield Check(group, "in the address and the body", 400, method="POST", url={"query": ASK}, body=ASK, kind=QUERY)
    yield Check(group, "none in a form", 400, told="these are 0", method="POST", body={"x": "y"}, sent=ENGLISH)
    yield Check(group, "an empty form", 400, method="POST", kind=FORM)
    yield Check(group, "an empty one in the address", 400, told="empty", url="query=", sent=ENGLISH)
    yield Check(group, "only spaces", 400, told="empty", url="query=+%0A", sent=ENGLISH)
    yield Check(group, "an empty body", 400, told="empty", method="POST", kind=QUERY, sent=ENGLISH)
    yield Check(group, "two in one text", 400, url={"query": "ASK {} ASK {}"})
    yield Check(group, "in another field", 406, url={"Query": ASK}, accept=JSON)


def media_types() -> Iterator[Check]:
    group, accepts = "media type and charset", {"Accept": f"{FORM}, {QUERY}"}
    for kind in ("text/plain", "multipart/form-data", "application/json", "application/octet-stream", "nonsense", ""):
        yield Check(group, f"POST as {kind or 'nothing'}", 415, method="POST", body=ASK, kind=kind, headers=accepts)
    yield Check(group, "POST of nothing at all", 415, method="POST", url={"query": ASK}, headers=accepts)
    packed = {"Content-Encoding": "gzip"}
    yield Check(group, "a packed body", 415, method="POST", body=b"\x1f\x8b", kind=QUERY, sent=packed)
    utf16 = ASK.encode("utf-16")
    yield Check(group, "UTF-16, said", 400, method="POST", body=utf16, kind=f"{QUERY}; charset=UTF-16", told="UTF-8")
    yield Check(group, "UTF-16, not said", 400, method="POST", body=utf16, kind=QUERY, told="UTF-8")
    bare = ASK.encode("utf-16-le")
    yield Check(group, "UTF-16 without a mark", 400, method="POST", body=bare, kind=QUERY, told="UTF-8")
    latin = "# é\nASK {}".encode("latin-1")
    yield Check(group, "Latin-1, not said", 400, method="POST", body=latin, kind=QUERY, told="UTF-8")
    yield Check(group, "Latin-1 in a form", 400, method="POST", body=b"query=\xe9", kind=FORM, told="UTF-8")
    yield Check(group, "a form in Latin-1, said", 400, method="POST", body=b"query=a", kind=f"{FORM}; charset=latin1")
    yield Check(group, "not UTF-8 in the address", 400, url="query=%ff", told="UTF-8")
    yield Check(group, "a percent sign without digits", 400, url="query=ASK{}%", told="%25")
    yield Check(group, "a percent sign with others", 400, method="POST", body=b"query=%zz", kind=FORM, told="%zz")
    yield Check(group, "NUL", 400, url="query=ASK{}%00")
    yield Check(group, "2,000 fields", 400, told="1000", method="POST", body=b"a=b&" * 2000, kind=FORM)


def updates() -> Iterator[Check]:
    """Whatever would change the data is told that the service is for reading only."""
    group = "update refused"
    asked = {"told": READ_ONLY, "sent": ENGLISH}
    insert = "INSERT DATA { <a:a> <a:b> <a:c> }"
    yield Check(group, "field update by GET", 403, url={"update": insert}, **asked)
    yield Check(group, "field update in a form", 403, method="POST", body={"update": insert}, **asked)
    yield Check(group, "beside a query", 403, method="POST", body={"query": ASK, "update": insert}, **asked)
    yield Check(group, "field UPDATE", 403, method="POST", body={"UPDATE": insert}, **asked)
    yield Check(group, "in the address of a query", 403, method="POST", url="update=x", body=ASK, kind=QUERY, **asked)
    yield Check(group, "as the body", 403, method="POST", body=insert, kind=UPDATE, **asked)
    yield Check(group, "as the body, in capitals", 403, method="POST", body=insert, kind=UPDATE.upper(), **asked)
    yield Check(group, "as the body, in UTF-16", 403, method="POST", body=b"", kind=f"{UPDATE}; charset=x", **asked)
    disguises = {
        "INSERT DATA": insert,
        "mixed case": "InSeRt dAtA {}",
        "without spaces": "INSERTDATA{<a:a><a:b><a:c>}",
        "after comments": "# SELECT * {}\n#\rINSERT DATA {}",
        "after a prologue": "PREFIX insert: <a:b> BASE <c:d>\nDELETE WHERE { ?s ?p ?o }",
        "after a query": "SELECT * {} ; DROP ALL",
        "WITH": "WITH <a:g> DELETE { ?s ?p ?o } INSERT {} WHERE { ?s ?p ?o }",
        "LOAD": "LOAD SILENT <http://127.0.0.1/>",
        "CLEAR": "CLEAR ALL",
        "CREATE": "CREATE GRAPH <a:g>",
        "DROP": "DROP DEFAULT",
        "COPY": "COPY <a:a> TO <a:b>",
        "MOVE": "MOVE DEFAULT TO <a:b>",
        "ADD": "ADD SILENT <a:a> TO DEFAULT",
    }
    for name, text in disguises.items():
        yield Check(group, f"as a query: {name}", 403, url={"query": text}, **asked)
    yield Check(group, "as a query by POST", 403, method="POST", body={"query": insert}, **asked)
    yield Check(group, "as a query in the body", 403, method="POST", body=insert, kind=QUERY, **asked)
    yield Check(group, "inside a query", 400, url={"query": f"SELECT * {{ {insert} }}"})
    yield Check(group, "written with escapes", 400, url={"query": "\\u0049NSERT DATA {}"})
    yield Check(group, "from a browser", 403, body={"query": insert}, method="POST", accept=BROWSER, mimetype=HTML)
    innocent = 'PREFIX insert: <a:b> SELECT ?delete { ?delete insert:drop "CLEAR ALL" } # LOAD'
    yield Check(group, "but not words like it", 200, url={"query": innocent})


def faults() -> Iterator[Check]:
    """Every query that is no SPARQL is told the line and the column, and the word that stands there."""
    texts = {
        "SELECT * {\n  ?s ?p\n}": (3, 1, "“}”"),
        "ASK {": (1, 6, "ends too early"),
        "SELCT * {}": (1, 1, "“SELCT”"),
        "\r\n\tSELECT ?a ?b WHERE { ?a ?b }": (2, 29, "“}”"),
        "SELECT *\nWHERE { ?s skos:prefLabel ?o }": (2, 12, "PREFIX"),
        "ASK { <http://a b> a ?c }": (1, 7, "not a valid IRI"),
        "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }": (1, 40, "GROUP BY"),
        "# é𝄞\nSELECT * { 'é𝄞' ?p } LIMIT 1": (2, 20, "“}”"),
        "ASK { ?s ?p 'open }": (1, 20, "ends too early"),
        "SELECT * { ?s ?p ?o } LIMIT ten": (1, 29, "“ten”"),
        "SELECT * { ?s ?p ?o FILTER(?o = ) }": (1, 33, "“)”"),
    }
    for text, (line, column, told) in texts.items():
        place = f'"line": {line}, "column": {column}'
        words = f"line {line}, column {column}"
        yield Check("syntax error", repr(text), 400, told=told, url={"query": text}, sent=ENGLISH)
        yield Check("syntax error", f"{text!r}, the place", 400, told=place, url={"query": text}, sent=ENGLISH)
        yield Check("syntax error", f"{text!r}, in words", 400, told=words, url={"query": text}, sent=ENGLISH)
    yield Check("syntax error", "in Dutch", 400, told="regel 1, kolom 6", url={"query": "ASK {"})


def limits() -> Iterator[Check]:
    """A service may refuse what asks too much (section 2.1.6); the refusal names the limit."""
    group, long = "limit", ASK + " " * 70_000
    yield Check(group, "longer than 64 kB", 413, told="65536", method="POST", body=long, kind=QUERY)
    yield Check(group, "a form of 1 MB", 413, told="65536", method="POST", body={"query": ASK + " " * (1 << 20)})
    yield Check(group, "2 MB directly", 413, told="65536", method="POST", body=ASK + " " * (2 << 20), kind=QUERY)
    deep = "SELECT * {" + "{" * 20_000 + "}" * 20_000 + "}"
    yield Check(group, "deeper than 200 brackets", 400, told="200", method="POST", body=deep, kind=QUERY)
    service = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    yield Check(group, "SERVICE", 400, told="SERVICE", url={"query": service})
    call = "SELECT (<http://e/f>(1) AS ?x) {}"
    yield Check(group, "a function that is not there", 400, told="http://e/f", url={"query": call})


def methods() -> Iterator[Check]:
    group, allow = "method and CORS", {"Allow": "GET, HEAD, OPTIONS, POST"}
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        yield Check(group, method, 405, method=method, url={"query": ASK})
    preflight = {
        **allow,
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST",
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    origin = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    yield Check(group, "OPTIONS", 204, method="OPTIONS", headers=preflight)
    yield Check(group, "a preflight", 204, method="OPTIONS", sent=origin, headers=preflight)
    yield Check(group, "OPTIONS with a wrong query", 204, method="OPTIONS", url={"query": "x"}, headers=preflight)
    for name, refused in {"syntax": "x", "service": "ASK { SERVICE <a:b> {} }"}.items():
        yield Check(group, f"a refusal is open to others: {name}", 400, url={"query": refused}, sent=origin)
    yield Check(group, "HEAD", method="HEAD", url={"query": COUNT}, mimetype=JSON)
    yield Check(group, "HEAD in another form", method="HEAD", url={"query": COUNT}, accept=TSV, mimetype=TSV)
    yield Check(group, "HEAD of a wrong query", 400, method="HEAD", url={"query": "x"})
    yield Check(group, "HEAD from a browser", method="HEAD", url={"query": COUNT}, accept=BROWSER, mimetype=HTML)
    yield Check(group, "HEAD from a browser, wrong", 400, method="HEAD", url={"query": "x"}, accept=BROWSER)
    yield Check(group, "HEAD without a query", method="HEAD", mimetype="text/turtle")
    yield Check(group, "XML by HEAD", method="HEAD", url={"query": ASK}, accept=XML, mimetype=XML)


@table(operations())
def test_the_ways_to_ask(client: FlaskClient, check: Check) -> None:
    check.run(client)


@table([*one_query(), *media_types()])
def test_what_is_no_query_is_refused(client: FlaskClient, check: Check) -> None:
    check.run(client)


@table(updates())
def test_an_update_is_refused_and_told_why(client: FlaskClient, check: Check) -> None:
    check.run(client)


@table(faults())
def test_a_fault_has_its_place(client: FlaskClient, check: Check) -> None:
    check.run(client)


@table(limits())
def test_a_refusal_names_the_limit(client: FlaskClient, check: Check) -> None:
    check.run(client)


@table(methods())
def test_methods_and_other_sites(client: FlaskClient, check: Check) -> None:
    answer = check.run(client)
    assert answer.status_code != 204 or not answer.data
    assert check.method != "HEAD" or not answer.data
