"""Reading the tables from a store: a handful of plain questions, once a snapshot."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from sys import intern
from threading import Lock
from weakref import WeakKeyDictionary

from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, VANN

from kbs_graph import queries
from kbs_graph.folding import sort_key
from kbs_graph.model import Texts
from kbs_graph.skosmos.naming import DEFAULT
from kbs_graph.skosmos.table import (
    ALTERNATIVE,
    HIDDEN,
    PREFERRED,
    ROLES,
    Concept,
    Entry,
    Group,
    Label,
    Retired,
    Table,
    Type,
    Vocabulary,
    key,
)
from kbs_graph.store import Store
from kbs_graph.terms import ID, Iri, K, Literal, Term, parts_of

Values = Mapping[str, tuple[Term, ...]]
_KEPT: WeakKeyDictionary[Store, Table] = WeakKeyDictionary()
_TURN = Lock()
_PROPERTIES: WeakKeyDictionary[Store, dict[str, Values]] = WeakKeyDictionary()


def of(store: Store) -> Table:
    """The tables of a snapshot, made at first use and kept as long as its store."""
    kept = _KEPT.get(store)
    if kept is None:
        with _TURN:  # one makes them, the others wait for it
            kept = _KEPT.get(store) or _KEPT.setdefault(store, _gather(store))
    return kept


def of_skos(store: Store, name: str) -> Values:
    """The values of a property of SKOS of all concepts, read at first use and kept as long as their store."""
    kept = _PROPERTIES.setdefault(store, {})
    if name not in kept:
        kept[name] = values(store, str(SKOS.Concept), str(SKOS[name]))
    return kept[name]


def values(store: Store, cls: str, name: str) -> dict[str, tuple[Term, ...]]:
    """The values of a property (an IRI) of all things of a class, by thing, each value once and in a fixed order."""
    found: dict[str, set[Term]] = defaultdict(set)
    for row in store.select(queries.fill("skosmos/values", cls=Iri(cls), property=Iri(name))):
        found[str(row["thing"])].add(row["value"])
    return {thing: tuple(each if len(each) == 1 else sorted(each, key=str)) for thing, each in found.items()}


def _gather(store: Store) -> Table:
    titles = values(store, str(K.Scheme), str(DCTERMS.title))
    concepts = {concept.iri: concept for concept in _concepts(store, titles)}
    entries = sorted(
        (
            Entry(concept, role, label)
            for concept in concepts.values()
            for role, labels in concept.labels.items()
            for label in labels
        ),
        key=lambda entry: (sort_key(entry.label.text), entry.label.language, entry.concept.iri, entry.role),
    )
    return Table(
        {each.id: each for each in _vocabularies(store, titles, concepts.values())},
        concepts,
        {each.iri: each for each in _retired(store, concepts.values())},
        {each.iri: each for each in _groups(store)},
        _types(store),
        entries,
        [key(entry.label.text) for entry in entries],
    )


def _concepts(store: Store, schemes: Values) -> Iterable[Concept]:
    """The concepts of our schemes. Of others only names stand in the graph, which are not ours to serve."""
    found = {name: values(store, str(SKOS.Concept), str(SKOS[name])) for name in _OF_SKOS}
    types = values(store, str(SKOS.Concept), str(RDF.type))
    created = values(store, str(SKOS.Concept), str(DCTERMS.created))
    modified = values(store, str(SKOS.Concept), str(DCTERMS.modified))
    below: dict[str, set[str]] = defaultdict(set)
    for iri, above in found["broader"].items():
        for each in above:
            below[str(each)].add(iri)
    same: dict[tuple[str, ...], tuple[str, ...]] = {}
    for iri in sorted(types):
        own = tuple(each for each in _iris(found["inScheme"], iri) if each in schemes)
        if own:
            kinds = _iris(types, iri)
            yield Concept(
                iri=intern(iri),
                types=same.setdefault(kinds, kinds),
                schemes=same.setdefault(own, own),
                top_of=tuple(each for each in _iris(found["topConceptOf"], iri) if each in schemes),
                names=_tagged(found[PREFERRED], iri),
                alternative=_tagged(found[ALTERNATIVE], iri),
                hidden=_tagged(found[HIDDEN], iri),
                notation=_first(found["notation"], iri),
                broader=_iris(found["broader"], iri),
                narrower=tuple(sorted({*below.get(iri, ()), *_iris(found["narrower"], iri)})),
                related=_iris(found["related"], iri),
                created=_first(created, iri),
                modified=_first(modified, iri),
            )


_OF_SKOS = (*ROLES, "inScheme", "topConceptOf", "notation", "broader", "narrower", "related")


def _vocabularies(store: Store, titles: Values, concepts: Iterable[Concept]) -> list[Vocabulary]:
    """The widest first, so that the first that holds a concept is the one to name for it."""
    spaces = values(store, str(K.Scheme), str(VANN.preferredNamespaceUri))
    together: dict[tuple[str, ...], set[str]] = defaultdict(set)
    sizes: Counter[str] = Counter()
    for concept in concepts:
        together[concept.schemes].update(label.language for label in concept.names)
        sizes.update(concept.schemes)
    made = []
    for iri in sorted(titles, key=lambda each: (-sizes[each], each)):
        spoken = {language for own, found in together.items() if iri in own for language in found}
        inside = [each for each in sizes if all(iri in own for own in together if each in own)]
        made.append(
            Vocabulary(
                id=(parts_of(iri) or ("", iri))[1],
                iri=iri,
                titles=_texts(titles[iri]),
                space=_first(spaces, iri) or ID,
                schemes=(iri, *sorted(set(inside) - {iri})),
                languages=(DEFAULT, *sorted(spoken - {DEFAULT})),
            )
        )
    return made


def _retired(store: Store, concepts: Iterable[Concept]) -> Iterable[Retired]:
    """The tombstones of concepts: in which schemes they stood follows from their kind, as none says it any more."""
    homes: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for each in concept.types:
            homes[each].update(concept.schemes)
    stone = str(K.Tombstone)
    kinds = values(store, stone, str(K.formerType))
    names = values(store, stone, str(RDFS.label))
    days = values(store, stone, str(PROV.invalidatedAtTime))
    next_ones = values(store, stone, str(DCTERMS.isReplacedBy))
    for iri, kind in kinds.items():
        former = str(kind[0])
        if former in homes:
            schemes = tuple(sorted(homes[former]))
            yield Retired(iri, _tagged(names, iri), former, schemes, _first(days, iri), _end(next_ones, iri))


def _end(next_ones: Values, iri: str) -> str:
    """What a retired thing is now, however often it was renamed; empty when nothing came in its place."""
    passed = {iri}
    at = ""
    while (following := next(iter(_iris(next_ones, at or iri)), "")) and following not in passed:
        at = following
        passed.add(at)
    return at


def _groups(store: Store) -> Iterable[Group]:
    collection = str(SKOS.Collection)
    names = values(store, collection, str(SKOS.prefLabel))
    notations = values(store, collection, str(SKOS.notation))
    for iri, members in values(store, collection, str(SKOS.member)).items():
        yield Group(iri, _tagged(names, iri), _first(notations, iri), tuple(map(str, members)))


def _types(store: Store) -> dict[str, Type]:
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    above = {}
    for row in store.select(queries.fill("skosmos/types")):
        label = row["label"]
        assert isinstance(label, Literal)
        labels[str(row["type"])][label.language or ""] = label.value
        above[str(row["type"])] = str(row["superclass"])
    return {iri: Type(labels[iri], above[iri]) for iri in labels}


def _iris(found: Values, thing: str) -> tuple[str, ...]:
    return tuple(intern(str(value)) for value in found.get(thing, ()) if isinstance(value, Iri))


def _tagged(found: Values, thing: str) -> tuple[Label, ...]:
    literals = (value for value in found.get(thing, ()) if isinstance(value, Literal))
    return tuple(Label(value.value, intern(value.language or "")) for value in literals)


def _first(found: Values, thing: str) -> str:
    return next((intern(value.value) for value in found.get(thing, ()) if isinstance(value, Literal)), "")


def _texts(found: Iterable[Term]) -> Texts:
    return {value.language or "": value.value for value in found if isinstance(value, Literal)}
