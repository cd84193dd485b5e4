"""Bytes of an institute as statements: which formats we read, what we refuse unread, and faults with their line.

Runs in a confined process only (`job`): the parsers may die of what they are given. Nothing is fetched, ever. There
is no base address: what is written relative has to say to what (`@base`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

import pyoxigraph as ox

from kbs_graph.contributions.intake import jsonld
from kbs_graph.errors import Words
from kbs_graph.findings import VIOLATION, Finding
from kbs_graph.serialize import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Context, Format
from kbs_graph.terms import Iri, Literal, Term

FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)
MEDIA_TYPES = {**{form.media_type: form for form in FORMATS}, "application/json": JSON_LD}
"""What linked data may come as, by media type."""
NAMES = {
    TURTLE: "Turtle",
    N_TRIPLES: "N-Triples",
    JSON_LD: "JSON-LD",
    RDF_XML: "RDF/XML",
    TRIG: "TriG",
    N_QUADS: "N-Quads",
}
MOST_STATEMENTS = 100_000
MOST_BLANK_NODES = 10_000
"""Things without an address: a source may be one, and its publisher, so there may be some, but no flood."""
LONGEST = 5_000
"""Characters of a text that are kept: more than any rule allows, so that articles may stand in schema.org."""
MOST_ERRORS = 20
_BY_STATEMENT = (TURTLE, N_TRIPLES, TRIG, N_QUADS)
"""Formats in which reading can go on after a fault."""
UNREADABLE = ("contribution-syntax", "contribution-encoding")
"""The rules whose breach means that a file is not what it says it is (HTTP: 400, and not 422)."""
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_ABOUT_AN_IRI = re.compile(r"Invalid IRI|absolute IRI|parsing IRI")
_PLACE = re.compile(r"^Parser error at line \d+ (between columns \d+ and (column )?\d+|column \d+): ")
_ENCODING = re.compile(r"""^(\s*<\?xml[^>]*?)\sencoding\s*=\s*(["'])[^"']*\2""")


class Statement(NamedTuple):
    """One statement, and the named graph it was said in (None: no other than the one of the request)."""

    subject: Iri
    predicate: Iri
    value: Term
    graph: Iri | None = None


@dataclass
class Read:
    """What was read: statements, faults, and where things stand: the text itself, or the rows of a sheet."""

    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    text: str = ""
    rows: dict[Iri, int] = field(default_factory=dict)
    left: list[Finding] = field(default_factory=list)
    """Why a row is not among the statements."""

    def fault(self, rule: str, nl: str, en: str, line: int | None = None, value: str | None = None) -> None:
        self.findings.append(Finding(rule, VIOLATION, Words(nl, en), line=line, value=value))


class _Full(Exception):
    """There is more than we read."""


def read(body: bytes, form: Format, contexts: dict[str, Context]) -> Read:
    """The statements in a file, up to MOST_STATEMENTS; every fault is a finding.

    `contexts` are the JSON-LD contexts we have, by address.
    """
    found = Read()
    if form is RDF_XML and _declares_entities(body):
        found.fault(
            "contribution-doctype",
            "Haal de DOCTYPE en alle ENTITY-regels uit het bestand en schrijf de adressen voluit: een bestand met "
            "een DOCTYPE lezen we niet.",
            "Take the DOCTYPE and all ENTITY lines out of the file and write addresses in full: we do not read a "
            "file with a DOCTYPE.",
        )
        return found
    try:
        found.text = _decoded(body)
    except UnicodeDecodeError as error:
        found.fault(
            "contribution-encoding",
            "Dit is geen tekst in UTF-8. Sla het bestand op als UTF-8 en stuur het opnieuw, zonder het in te pakken.",
            "This is no text in UTF-8. Save the file as UTF-8 and send it again, not packed.",
            body[: error.start].count(b"\n") + 1,
        )
        return found
    try:
        if form is JSON_LD:
            _collect(found, _of_json(found, contexts))
        else:
            text = found.text
            if form is RDF_XML:
                text = _ENCODING.sub(r"\1", text, count=1)
                _check_xml(text)
            _collect(found, _of_parser(found, text, form))
    except expat.ExpatError as error:
        _not_valid(found, RDF_XML, expat.ErrorString(error.code), error.lineno)
    except _Full:
        pass
    return found


def _declares_entities(body: bytes) -> bool:
    """Whether XML has a document type; also in UTF-16 and UTF-32, with or without a byte order mark."""
    plain = body.replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _decoded(body: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 when it begins with the mark of that."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16")
    return body.decode("utf-8-sig")


def _check_xml(text: str) -> None:
    """Raises ExpatError for XML that is not well-formed: the parser of RDF/XML takes half a file for a whole one."""
    expat.ParserCreate("utf-8").Parse(text.encode(), True)


def _collect(found: Read, statements: Iterable[Statement]) -> None:
    blank: set[str] = set()
    for number, statement in enumerate(statements):
        if number >= MOST_STATEMENTS:
            found.fault(
                "contribution-size",
                f"Dit zijn meer dan {MOST_STATEMENTS} uitspraken. Zoveel nemen we niet aan; laat weg wat geen bron is.",
                f"These are more than {MOST_STATEMENTS} statements, more than we take. Leave out what is no source.",
            )
            raise _Full
        blank.update(str(term) for term in (statement.subject, statement.value) if _is_blank(term))
        if len(blank) > MOST_BLANK_NODES:
            found.fault(
                "contribution-blank-nodes",
                f"Dit zijn meer dan {MOST_BLANK_NODES} dingen zonder adres. Geef elke bron haar webadres, en schrijf "
                "uitgever en onderwerp als adres in plaats van tussen haken.",
                f"These are more than {MOST_BLANK_NODES} things without an address. Give every source its web address, "
                "and write publisher and subject as an address instead of between brackets.",
            )
            raise _Full
        if all(_is_sound(found, term) for term in statement if isinstance(term, Iri)):
            found.statements.append(statement._replace(value=_cut(statement.value)))


def _cut(value: Term) -> Term:
    """A value of a length that the rules can look at; what is longer is too long for any of them."""
    return value._replace(value=value.value[:LONGEST]) if isinstance(value, Literal) else value


def _is_blank(term: Term) -> bool:
    return isinstance(term, Iri) and term.startswith("_:")


def _is_sound(found: Read, iri: Iri) -> bool:
    """Whether an address can be one (RFC 3987, in outline)."""
    if _is_blank(iri) or _IRI.fullmatch(iri):
        return True
    if not any(finding.value == iri for finding in found.findings):
        _bad_address(found, line_of(found.text, iri), iri)
    return False


def _bad_address(found: Read, line: int | None, value: str | None) -> None:
    found.fault(
        "contribution-iri",
        "Dit kan geen adres zijn. Schrijf het voluit, met https:// ervoor, en zonder spaties of aanhalingstekens: "
        "een spatie in een adres schrijf je als %20.",
        "This cannot be an address. Write it in full, beginning with https://, without spaces or quotes: a space in "
        "an address is written as %20.",
        line,
        value,
    )


def line_of(text: str, words: str) -> int | None:
    """The first line of a text with these words in it."""
    at = text.find(words) if words else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def too_many(number: int, most: int) -> Finding:
    """There are more sources, or rows, than are taken at a time."""
    message = Words(
        f"Dit zijn {number} bronnen; meer dan {most} nemen we niet aan. Neem contact op met de redactie.",
        f"These are {number} sources; we do not take more than {most}. Contact the editors.",
    )
    return Finding("contribution-size", VIOLATION, message, value=str(number))


def _of_json(found: Read, contexts: dict[str, Context]) -> Iterator[Statement]:
    try:
        document = jsonld.local(found.text, contexts)
    except jsonld.Refused as refused:
        found.findings.append(Finding(refused.rule, VIOLATION, refused.words, line=refused.line, value=refused.value))
        return
    for address in document.bad[:MOST_ERRORS]:
        _bad_address(found, line_of(found.text, address), address)
    yield from _of_parser(found, document.text, JSON_LD)


def _of_parser(found: Read, text: str, form: Format) -> Iterator[Statement]:
    """What a parser gives; after a fault it goes on with the next statement, where the format allows that."""
    syntax = ox.RdfFormat.from_media_type(form.media_type)
    assert syntax is not None
    reader = iter(ox.parse(input=text, format=syntax))
    errors = 0
    while True:
        try:
            quad = next(reader)
        except StopIteration:
            return
        except SyntaxError as error:
            errors += 1
            _explain(found, error, form)
            if errors >= MOST_ERRORS or form not in _BY_STATEMENT:
                return
            continue
        subject, value = _term(quad.subject), _term(quad.object)
        if not isinstance(subject, Iri) or value is None:
            found.fault(
                "contribution-triple-term",
                "Schrijf gewone uitspraken: uitspraken over uitspraken (RDF-star, RDF 1.2) lezen we niet.",
                "Write plain statements: we do not read statements about statements (RDF-star, RDF 1.2).",
            )
            continue
        graph = None if isinstance(quad.graph_name, ox.DefaultGraph) else Iri(str(quad.graph_name).strip("<>"))
        yield Statement(subject, Iri(quad.predicate.value), value, graph)


def _explain(found: Read, error: SyntaxError, form: Format) -> None:
    if _ABOUT_AN_IRI.search(error.msg):
        quoted = re.search(r"IRI '([^']*)'", error.msg)
        address = quoted[1] if quoted else None
        _bad_address(found, error.lineno or line_of(found.text, address or ""), address)
        return
    _not_valid(found, form, _PLACE.sub("", error.msg), None if form is JSON_LD else error.lineno)


def _not_valid(found: Read, form: Format, reason: str, line: int | None) -> None:
    name = NAMES[form]
    found.fault(
        "contribution-syntax",
        f"Dit is geen geldige {name} ({reason}). Verbeter deze regel, of stuur het juiste Content-Type mee.",
        f"This is not valid {name} ({reason}). Correct this line, or send the right Content-Type.",
        line,
    )


def _term(term: object) -> Term | None:
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.BlankNode):
        return Iri(f"_:{term.value}")
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.language, term.datatype.value)
    return None
