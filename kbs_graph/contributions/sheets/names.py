"""Which thing of ours a name in a cell is: its name in Dutch or English, another word for it, or its address here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbs_graph.folding import fold, sort_key
from kbs_graph.model import Texts
from kbs_graph.search.label_index import LABELS, Index
from kbs_graph.search.matching import matches
from kbs_graph.terms import iri_of, parts_of

SUBJECTS = ("aspect", "domein", "competentie", "doelgroep")
"""Kinds that a source may be about, the first preferred where a name is that of several."""

_OURS = re.compile(
    r"(?:https?://[^/\s]+)?/?(?:kennisbouwstenen/)?(?:id/|nl/|en/)?([a-z-]+)/([a-z0-9][a-z0-9-]*)(?:\.\w+)?/?",
    re.IGNORECASE,
)
_KIND_WORDS = {
    "website": "website site pagina artikel nieuws nieuwsbericht blog dossier kennisdossier thema themapagina",
    "factsheet": "brochure folder flyer infographic infographics poster hand-out handout",
    "handreiking": "handboek handleiding gids leidraad toolkit toolbox stappenplan werkboek werkwijzer publicatie boek",
    "e-learning": "elearning cursus training module leermodule opleiding lesmateriaal online course course",
    "video": "film filmpje podcast animatie audio webinar vlog",
    "onderzoek": "rapport onderzoeksrapport evaluatie studie report study",
    "richtlijn": "protocol standaard zorgstandaard kwaliteitsstandaard guideline",
    "instrument": "vragenlijst checklist test screeningslijst meetinstrument kaart hulpmiddel",
    "methode": "methodiek interventie programma aanpak werkwijze intervention",
    "wegwijzer": "sociale kaart kaart adressen overzicht hulplijn",
}
_KIND_OF_WORD = {fold(word): kind for kind, words in _KIND_WORDS.items() for word in words.split()}


@dataclass(frozen=True)
class Named:
    """A thing of ours: its IRI and its name by language."""

    iri: str
    label: Texts

    def name(self, language: str) -> str:
        """The name in a language, else in Dutch, else in any."""
        return next((self.label[tag] for tag in (language, "nl", *self.label) if self.label.get(tag)), self.iri)


class Names:
    """The names of one search index."""

    def __init__(self, index: Index):
        self._index = index
        self._numbers = index.numbers()
        self._short: dict[str, set[str]] | None = None

    def thing(self, iri: str) -> Named | None:
        """A thing by its IRI; None when it is not there (any more)."""
        number = self._numbers.get(iri)
        if number is None:
            return None
        found = self._index.things([number])[number]
        return Named(iri, _texts(found.facts["label"]))

    def every(self, segment: str, language: str) -> list[Named]:
        """All things of a kind, by their name in a language."""
        start = iri_of(segment, "")
        numbers = [number for iri, number in self._numbers.items() if iri.startswith(start)]
        found = (Named(thing.iri, _texts(thing.facts["label"])) for thing in self._index.things(numbers).values())
        return sorted(found, key=lambda thing: sort_key(thing.name(language)))

    def kind_of(self, source: str) -> str | None:
        """The IRI of the kind of a source."""
        number = self._numbers.get(source)
        kinds = sorted(self._index.facets([number])[number].get("bronsoort", ())) if number is not None else []
        return iri_of("bronsoort", kinds[0]) if kinds else None

    def find(self, text: str, segments: Sequence[str]) -> Named | None:
        """The thing of one of these kinds that a text names, without doubt; None otherwise."""
        found = self._by_address(text, segments) or self._by_name(text, segments) or self._by_slug(text, segments)
        return found or (self._by_short_name(text) if "organisatie" in segments else None)

    def near(self, text: str, segments: Sequence[str], language: str = "nl", most: int = 3) -> tuple[Named, ...]:
        """The things of these kinds that may be meant, best first."""
        found: dict[str, None] = {}
        if "bronsoort" in segments and (kind := _kind_of(text)):
            found[iri_of("bronsoort", kind)] = None
        for match in matches(self._index, text, 40, language=language):
            if (parts_of(match.iri) or ("",))[0] in segments and match.score >= 30:
                found[match.iri] = None
        return tuple(thing for iri in list(found)[:most] if (thing := self.thing(iri)))

    def key(self, thing: Named, segments: Sequence[str], language: str) -> str:
        """What to write in a cell for a thing: its name if that names it without doubt, else its short address."""
        name = thing.name(language)
        found = self.find(name, segments)
        return name if found and found.iri == thing.iri and ";" not in name else "/".join(parts_of(thing.iri) or ())

    def _by_address(self, text: str, segments: Sequence[str]) -> Named | None:
        match = _OURS.fullmatch(text.strip())
        return (
            self.thing(iri_of(match[1].lower(), match[2].lower())) if match and match[1].lower() in segments else None
        )

    def _by_slug(self, text: str, segments: Sequence[str]) -> Named | None:
        slug = fold(text).replace(" ", "-")
        return next((thing for segment in segments if (thing := self.thing(iri_of(segment, slug)))), None)

    def _by_short_name(self, text: str) -> Named | None:
        """An organisation by the letters that its name holds between brackets, or by its name without those."""
        if self._short is None:
            self._short = {}
            for thing in self.every("organisatie", "nl"):
                for name in thing.label.values():
                    long, _, short = name.rstrip(")").partition(" (")
                    for part in (long, short) if short else ():
                        self._short.setdefault(fold(part), set()).add(thing.iri)
        found = self._short.get(fold(text), set())
        return self.thing(next(iter(found))) if len(found) == 1 else None

    def _by_name(self, text: str, segments: Sequence[str]) -> Named | None:
        """By the best role in which a name is that of one thing only; of several kinds the first in `segments`."""
        entries = self._index.exact(fold(text), 60)
        things = self._index.things({entry.thing for entry in entries})
        for role in range(len(LABELS)):
            having = {things[entry.thing].iri for entry in entries if entry.role == role}
            for segment in segments if role < len(LABELS) - 1 else ():
                of_kind = {iri for iri in having if (parts_of(iri) or ("",))[0] == segment}
                if len(of_kind) == 1:
                    return self.thing(of_kind.pop())
            hidden = {iri for iri in having if (parts_of(iri) or ("",))[0] in segments}
            if len(hidden) == 1:
                return self.thing(hidden.pop())
        return None


def _kind_of(text: str) -> str:
    words = fold(text).split()
    return next((_KIND_OF_WORD[word] for word in ("".join(words), *words) if word in _KIND_OF_WORD), "")


def _texts(value: object) -> Texts:
    assert isinstance(value, dict)
    return value
