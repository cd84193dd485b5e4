"""What an institute's own schema.org says, in our terms: where both mean the same, and no further.

A thing is read as a source when it is about a concept of ours (`about` or `keywords`, by the address of the concept);
linking by words is a proposal for people, made elsewhere. What schema.org says besides is passed over, and told.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from rdflib.namespace import DCTERMS, FOAF, RDF

from kbs_graph.errors import Words
from kbs_graph.facts import SCHEMA
from kbs_graph.findings import INFO, Finding
from kbs_graph.terms import ID, Iri, K, Literal, Term, iri_of

Said = list[tuple[Iri, Term]]
Nodes = dict[Iri, Said]
"""What is said of everything in a file, by subject."""
Find = Callable[[str, Sequence[str]], str | None]
"""The IRI of the thing of one of these kinds that a name, or an address here, names without doubt."""

NAMESPACE = str(SCHEMA)
SUBJECTS = ("aspect", "domein", "competentie", "doelgroep")
SOURCE = Iri(K.KnowledgeSource)
TYPE = Iri(RDF.type)
_OLD = "http://schema.org/"
_ABOUT = ("about", "keywords", "teaches")
_TITLES = ("name", "headline")
_PLAIN = {
    "inLanguage": DCTERMS.language,
    "datePublished": DCTERMS.issued,
    "timeRequired": SCHEMA.timeRequired,
    "isAccessibleForFree": SCHEMA.isAccessibleForFree,
}
"""Terms whose values need no looking up; `normalising` gives them our form."""
_NAMED = {
    "publisher": (DCTERMS.publisher, ("organisatie",)),
    "learningResourceType": (DCTERMS.type, ("bronsoort",)),
    "additionalType": (DCTERMS.type, ("bronsoort",)),
    "genre": (DCTERMS.type, ("bronsoort",)),
    "audience": (DCTERMS.audience, ("publiek",)),
}
"""Terms whose value is a thing of ours, by its address or by a name that is its name."""
_NAMES_OF_A_NODE = ("url", "sameAs", "name", "legalName", "alternateName", "audienceType", "educationalRole")
_KIND_OF_TYPE = {
    "Course": "e-learning",
    "VideoObject": "video",
    "ScholarlyArticle": "onderzoek",
    "Report": "onderzoek",
    "WebPage": "website",
    "WebSite": "website",
    "Guide": "handreiking",
}
"""Kinds of source that a class of schema.org says plainly; for all others the kind has to be said."""


def translated(nodes: Nodes, find: Find) -> tuple[Nodes, list[Finding]]:
    """The same in our terms as far as it goes, and what was passed over, a finding a term."""
    nodes = {subject: [(_new(p), _new_value(v)) for p, v in said] for subject, said in nodes.items()}
    sources = {subject: said for subject, said in nodes.items() if _is_source(said, nodes)}
    inside = {value for said in sources.values() for _, value in said if isinstance(value, Iri)}
    passed: Counter[str] = Counter()
    result: Nodes = {}
    for subject, said in nodes.items():
        if subject in sources:
            result[subject] = _source(said, nodes, find, passed)
        elif all(_is_of_schema(p, v) for p, v in said):
            if subject not in inside:
                passed.update(_local(v) for p, v in said if p == TYPE and isinstance(v, Iri))
        else:
            result[subject] = said
    return result, [_passed_over(name, number) for name, number in sorted(passed.items())]


def _new(iri: Iri) -> Iri:
    return Iri(NAMESPACE + iri[len(_OLD) :]) if iri.startswith(_OLD) else iri


def _new_value(value: Term) -> Term:
    return _new(value) if isinstance(value, Iri) else value


def _is_of_schema(predicate: Iri, value: Term) -> bool:
    if predicate == TYPE:
        return isinstance(value, Iri) and value.startswith(NAMESPACE)
    return predicate.startswith(NAMESPACE)


def _local(iri: str) -> str:
    return iri.removeprefix(NAMESPACE)


def _is_source(said: Said, nodes: Nodes) -> bool:
    values = (v for p, v in said if p.startswith(NAMESPACE) and _local(p) in _ABOUT)
    return (TYPE, SOURCE) in said or any(_concept(value, nodes) for value in values)


def _concept(value: Term, nodes: Nodes) -> str | None:
    """The concept of ours that a value is: by its IRI, or that of the thing in brackets."""
    for text in _texts(value, nodes, ("url", "sameAs")):
        secure = re.sub(r"^http://w3id\.org/", "https://w3id.org/", text)
        if secure.startswith(tuple(f"{ID}{segment}/" for segment in SUBJECTS)):
            return secure
    return None


def _texts(value: Term, nodes: Nodes, names: Iterable[str]) -> list[str]:
    """A value as text; of a thing in the file also what it says under these names."""
    if isinstance(value, Literal):
        return [value.value.strip()]
    said = nodes.get(value, ())
    inside = [v for name in names for p, v in said if p == SCHEMA[name]]
    own = [] if value.startswith("_:") else [str(value)]
    return own + [v.value.strip() if isinstance(v, Literal) else str(v) for v in inside]


def _source(said: Said, nodes: Nodes, find: Find, passed: Counter[str]) -> Said:
    result: Said = [(TYPE, SOURCE)]
    given = {_local(p) for p, _ in said if p.startswith(NAMESPACE)}
    kind = Iri(DCTERMS.type)
    for predicate, value in said:
        name = _local(predicate)
        if predicate == TYPE:
            if isinstance(value, Iri) and not value.startswith(NAMESPACE):
                result.append((TYPE, value))
        elif not predicate.startswith(NAMESPACE):
            result.append((predicate, value))
        elif ours := _statement(name, value, given, nodes, find):
            result.append(ours)
        else:
            passed[name] += 1
    if not any(predicate == kind for predicate, _ in result):
        types = (_local(v) for p, v in said if p == TYPE and isinstance(v, Iri))
        result += [(kind, iri_of("bronsoort", _KIND_OF_TYPE[name])) for name in types if name in _KIND_OF_TYPE][:1]
    return result


def _statement(name: str, value: Term, given: set[str], nodes: Nodes, find: Find) -> tuple[Iri, Term] | None:
    """What a statement of schema.org is in our terms; None when it is passed over."""
    if name in _PLAIN:
        return Iri(_PLAIN[name]), _plain_language(value, nodes) if name == "inLanguage" else value
    if name in _TITLES and isinstance(value, Literal):
        first = next(title for title in _TITLES if title in given)
        return (Iri(DCTERMS.title), value) if name == first else None
    if name == "url" or (name == "mainEntityOfPage" and "url" not in given):
        texts = _texts(value, nodes, ("url",))
        return (Iri(FOAF.page), Literal(texts[0])) if texts else None
    if name in _ABOUT:
        concept = _concept(value, nodes)
        return (Iri(DCTERMS.subject), Iri(concept)) if concept else None
    if name in _NAMED:
        predicate, segments = _NAMED[name]
        found = (find(text, segments) for text in _texts(value, nodes, _NAMES_OF_A_NODE))
        iri = next((iri for iri in found if iri), None)
        return (Iri(predicate), Iri(iri)) if iri else None
    return None


def _plain_language(value: Term, nodes: Nodes) -> Term:
    """A language as its code, also when it is a thing with one (schema:Language)."""
    texts = _texts(value, nodes, ("alternateName", "identifier", "name"))
    return value if isinstance(value, Literal) or not texts else Literal(texts[0])


def _passed_over(name: str, number: int) -> Finding:
    message = Words(
        f"{name} van schema.org nemen we niet over ({number} keer). Dat is niet erg.",
        f"We do not take over {name} of schema.org ({number} times). That does no harm.",
    )
    return Finding("contribution-passed-over", INFO, message, path=NAMESPACE + name, value=str(number))
