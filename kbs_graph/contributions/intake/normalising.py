"""One way to say a thing: languages as IRIs of the European list, years as xsd:gYear, texts on one line.

Only what is plain is put in our form; the rest stays as it was written, for the rules to judge and the sender to see.
"""

import re

from rdflib.namespace import DCTERMS, FOAF, RDF, XSD

from kbs_graph.contributions import languages
from kbs_graph.contributions.intake.schema_org import Said
from kbs_graph.facts import SCHEMA
from kbs_graph.terms import Iri, K, Literal, Term

_YEAR = re.compile(r"(\d{4})(-\d\d(-\d\d([T ].*)?)?)?(Z|[+-]\d\d:\d\d)?")
_DATES = {str(XSD[name]) for name in ("gYear", "gYearMonth", "date", "dateTime", "string", "integer")} | {
    str(SCHEMA[name]) for name in ("Date", "DateTime")
}
_STRINGS = {str(XSD.string), str(SCHEMA.Text), str(RDF.langString)}
_LOOSE = _STRINGS | {str(SCHEMA[name]) for name in ("Boolean", "Duration", "URL")} | {str(XSD.anyURI)}
_TEXTS = {str(DCTERMS.title), str(K.why), str(K.evidence)}


def normalised(said: Said) -> Said:
    """What is said of one source, in our form; each statement once."""
    result: Said = [(predicate, _value(str(predicate), value)) for predicate, value in said]
    spoken = {value for predicate, value in result if predicate == Iri(DCTERMS.language)}
    name = languages.TAGS.get(str(spoken.pop()).removeprefix(languages.SCHEME)) if len(spoken) == 1 else None
    if name:
        result = [(p, _in_language(p, v, name)) for p, v in result]
    return list(dict.fromkeys(result))


def _value(predicate: str, value: Term) -> Term:
    if isinstance(value, Iri) and predicate == str(SCHEMA.isAccessibleForFree):
        return _boolean(value, value)
    if isinstance(value, Iri):
        return Iri(re.sub(r"^http://w3id\.org/kennisbouwstenen/", "https://w3id.org/kennisbouwstenen/", value))
    text = " ".join(value.value.split())
    if predicate in _TEXTS:
        tag = (value.language or "").lower()
        short = tag.partition("-")[0]
        return Literal(text, (short if short in ("nl", "en") else tag) or None, value.datatype)
    if predicate == str(DCTERMS.language):
        code = languages.code(re.split(r"[-_]", text)[0])
        return Iri(languages.SCHEME + code) if code else value
    if predicate == str(DCTERMS.issued):
        year = _YEAR.fullmatch(text)
        return Literal(year[1], None, str(XSD.gYear)) if year and value.datatype in _DATES else value
    if predicate == str(FOAF.page):
        return Iri(text) if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+", text) else value
    if predicate == str(SCHEMA.timeRequired) and value.datatype in _LOOSE and re.fullmatch(r"PT\w+", text):
        return Literal(text, None, str(XSD.duration))
    if predicate == str(SCHEMA.isAccessibleForFree):
        return _boolean(text, value)
    return value


def _boolean(text: str, value: Term) -> Term:
    word = text.lower().removeprefix("https://schema.org/").removeprefix("http://schema.org/")
    known = {"true": "true", "1": "true", "false": "false", "0": "false"}.get(word)
    return Literal(known, None, str(XSD.boolean)) if known else value


def _in_language(predicate: Iri, value: Term, name: str) -> Term:
    """A title without a language in that of the source."""
    if predicate == Iri(DCTERMS.title) and isinstance(value, Literal) and not value.language:
        return Literal(value.value, name, str(RDF.langString))
    return value
