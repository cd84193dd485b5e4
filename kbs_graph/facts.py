"""The triples of one page, looked up as facts: texts by language, links, values. The step from RDF to the model."""

from collections import defaultdict
from collections.abc import Iterable

from rdflib.namespace import DCTERMS, FOAF, PROV, RDFS, SKOS, Namespace

from kbs_graph.link_states import DEAD, Health
from kbs_graph.model import Record, Ref, Review, Spoke, Tagged, Texts
from kbs_graph.terms import Iri, K, Literal, Term, Triple, parts_of

ADMS = Namespace("http://www.w3.org/ns/adms#")
SCHEMA = Namespace("https://schema.org/")
EDITORS = "redactie"
"""The slug of the organisation that writes what is in the files."""
MAPPINGS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


class Facts:
    """A read-only index over the triples of a page."""

    def __init__(self, triples: Iterable[Triple]):
        self._objects: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
        for subject, predicate, value in triples:
            self._objects[str(subject), predicate].append(value)
            if isinstance(value, Iri):
                self._subjects[predicate, value].append(str(subject))

    def __contains__(self, subject: str) -> bool:
        return any(s == subject for s, _ in self._objects)

    def subjects_under(self, namespace: str) -> dict[str, list[str]]:
        """The subjects whose IRI begins so, each with its properties, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject, predicate in sorted(self._objects):
            if subject.startswith(namespace):
                found[subject].append(predicate)
        return found

    def texts(self, subject: str, predicate: str) -> Texts:
        """One text a language; an untagged literal is kept under the empty tag."""
        values = self._objects.get((subject, str(predicate)), [])
        return {v.language or "": v.value for v in values if isinstance(v, Literal)}

    def tagged(self, subject: str, predicate: str) -> tuple[Tagged, ...]:
        values = self._objects.get((subject, str(predicate)), [])
        found = (Tagged(v.value, v.language or "") for v in values if isinstance(v, Literal))
        return tuple(sorted(found, key=lambda t: (t.language, t.text.casefold())))

    def value(self, subject: str, predicate: str) -> str | None:
        """The lexical form of one literal, or None."""
        values = self._objects.get((subject, str(predicate)), [])
        return next((v.value for v in values if isinstance(v, Literal)), None)

    def flag(self, subject: str, predicate: str) -> bool:
        return self.value(subject, predicate) in ("true", "1")

    def iris(self, subject: str, predicate: str) -> list[str]:
        return [str(v) for v in self._objects.get((subject, str(predicate)), []) if isinstance(v, Iri)]

    def iri(self, subject: str, predicate: str) -> str | None:
        return next(iter(self.iris(subject, predicate)), None)

    def subjects(self, predicate: str, value: str) -> list[str]:
        return self._subjects.get((str(predicate), value), [])

    def of_type(self, cls: str) -> list[str]:
        return self.subjects("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", cls)

    def ref(self, iri: str) -> Ref:
        """A link to a thing, with its label in all languages; without a label the end of the IRI stands in."""
        label = self.texts(iri, RDFS.label) or {"": iri.rsplit("/", 1)[-1]}
        segment, slug = parts_of(iri) or (None, None)
        return Ref(iri, label, segment, slug, int(self.value(iri, K.order) or 0))

    def spoke(self, iri: str) -> Spoke:
        """A thing as it stands on the wheel."""
        ref = self.ref(iri)
        return Spoke(ref, self.texts(iri, K.wheelLabel) or ref.label, self.texts(iri, SKOS.definition))

    def one(self, subject: str, predicate: str) -> Ref | None:
        found = self.iri(subject, predicate)
        return self.ref(found) if found else None

    def many(self, subject: str, predicate: str) -> tuple[Ref, ...]:
        return in_order(self.ref(iri) for iri in self.iris(subject, predicate))

    def record(self, iri: str) -> Record:
        return Record(
            status=self.one(iri, ADMS.status),
            author=self._author(iri),
            formulation=self.one(iri, K.formulation),
            created=self.value(iri, DCTERMS.created),
            modified=self.value(iri, DCTERMS.modified),
            review_before=self.value(iri, K.reviewBefore),
            reviews=self._reviews(iri),
        )

    def _author(self, iri: str) -> Ref | None:
        """Who wrote the page of a thing: the editors, also when an organisation said something of it since."""
        found = self.many(iri, PROV.wasAttributedTo)
        return next((ref for ref in found if ref.slug == EDITORS), next(iter(found), None))

    def _reviews(self, iri: str) -> tuple[Review, ...]:
        found = (
            Review(
                self.value(review, K.reviewer) or "",
                self.value(review, DCTERMS.date) or "",
                iri in self.iris(review, K.confirms),
            )
            for review in self.subjects(K.reviewOf, iri)
        )
        return tuple(sorted(found, key=lambda review: review.day))

    def thing(self, iri: str) -> dict[str, object]:
        """The fields of `model.Thing`, as keyword arguments for any kind."""
        segment, slug = parts_of(iri) or ("", "")
        mappings = ((name, ref) for name in MAPPINGS for ref in self.many(iri, SKOS[name]))
        return {
            "iri": iri,
            "segment": segment,
            "slug": slug,
            "label": self.texts(iri, RDFS.label),
            "definition": self.texts(iri, SKOS.definition),
            "explanation": self.texts(iri, RDFS.comment),
            "notes": self.texts(iri, SKOS.editorialNote),
            "alternatives": self.tagged(iri, SKOS.altLabel),
            "old_words": self.tagged(iri, SKOS.hiddenLabel),
            "schemes": self.many(iri, SKOS.inScheme),
            "mappings": tuple(mappings),
            "record": self.record(iri),
        }

    def by_position(self, owner: str, cls: str) -> list[str]:
        """The parts of one class of an owner, in the order of `schema:position`."""
        parts = set(self.iris(owner, K.part)) & set(self.of_type(cls))
        return sorted(parts, key=lambda part: (int(self.value(part, SCHEMA.position) or 0), part))

    def link_state(self, iri: str) -> str:
        """What is known of a source's address, as a slug (kbs_graph.link_states); empty for nothing."""
        return (parts_of(self.iri(iri, K.linkState) or "") or ("", ""))[1]

    def health(self, iri: str) -> Health:
        """What a reader is told of a source's address."""
        check = next(iter(self.subjects(K.checkOf, iri)), "")
        return Health(
            self.link_state(iri),
            self.value(check, DCTERMS.date),
            self.value(check, K.lastWorked),
            self.iri(check, K.movedTo),
            self.iri(iri, SCHEMA.archivedAt),
        )

    def first_source(self, iri: str) -> Ref | None:
        """What to read first about a thing: its lead source, else what it rests on; never what is no longer there."""
        found = (*self.many(iri, K.leadSource), *self.many(iri, DCTERMS.source))
        return next((ref for ref in found if ref.segment == "bron" and self.link_state(ref.iri) not in DEAD), None)

    def address(self, iri: str) -> str | None:
        return self.iri(iri, FOAF.page)


def in_order(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """Links by their own order (the wheel's), then by Dutch label."""
    return tuple(sorted(refs, key=lambda ref: (ref.order, dutch(ref.label).casefold(), ref.iri)))


def dutch(texts: Texts) -> str:
    return texts.get("nl") or next(iter(texts.values()), "")
