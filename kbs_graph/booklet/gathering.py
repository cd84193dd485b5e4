"""A booklet from the graph: the questions of `catalog`, and of what they answer the texts in one language."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import TypeVar
from urllib.parse import urlsplit

from babel.dates import format_date
from babel.units import format_unit

from kbs_graph import catalog, model
from kbs_graph.booklet import words
from kbs_graph.booklet.model import About, Booklet, Call, Chapter, Edition, Entry, Group, Line, Skill, Work
from kbs_graph.errors import NotFound, Words
from kbs_graph.folding import fold
from kbs_graph.model import Ref, Tagged, Texts
from kbs_graph.store import Store
from kbs_graph.terms import BASE, NAME

_NOTIONS = ("karrewiel", "inwoner", "professional", "t-shaped-professional")
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_SOON = ("nu", "vandaag")
_UNPRINTED = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
"""White space, and signs that neither a page nor XML 1.0 (section 2.2) can hold."""
_Thing = TypeVar("_Thing", bound=model.Thing)


def gather(store: Store, edition: Edition, language: str, slug: str = "") -> Booklet:
    """The booklet of a domain (its slug) or of everything, in one of LANGUAGES. Raises NotFound for no domain of ours.

    It asks two questions a domain, and for the whole one a competency and a target group.
    """
    home = catalog.home(store)
    say = _Speaker(language)
    refs = [ref for ref in home.domains if slug in ("", ref.slug)]
    if slug and not refs:
        raise NotFound(f"Er is geen gebied {slug}.", f"There is no area {slug}.")
    chapters = tuple(_chapter(store, say, ref) for ref in refs)
    entries = [entry for chapter in chapters for entry in chapter.entries]
    title = chapters[0].label if slug else Tagged(NAME, "nl")
    day = _in_words(edition.day, language)
    rings = {"groups": len(home.target_groups), "competencies": len(home.competencies), "areas": len(home.domains)}
    whole = "" if slug else NAME
    return Booklet(
        language=language,
        slug=slug,
        title=title,
        lead=say(words.DOMAIN_LEAD if slug else words.LEAD),
        edition=edition,
        day=day,
        wheel=home.wheel,
        wheel_in_words=_picture(say, home, title.text if slug else ""),
        rings=tuple(say(ring).format(**rings) for ring in words.RINGS),
        notions=_notions(store, say),
        chapters=chapters,
        skills=tuple(_skill(say, thing) for thing in _all(store, home.competencies, model.Competency) if not slug),
        groups=tuple(_group(say, thing) for thing in _all(store, home.target_groups, model.TargetGroup) if not slug),
        checked=say(words.CHECKED).format(aspects=len(entries), confirmed=sum(entry.confirmed for entry in entries)),
        citation=f"{say(words.SAID['editors'])} ({edition.day[:4]}). {whole or f'{NAME}: {title.text}'}, "
        f"{say(words.SAID['version']).lower()} {edition.version}. {BASE}",
        address=BASE,
    )


class _Speaker:
    """Says everything in one language: fixed words, and of texts the one there is (Dutch when not in that language)."""

    def __init__(self, language: str):
        self.language = language

    def __call__(self, said: Words) -> str:
        return said.in_language(self.language)

    def text(self, texts: Texts) -> Tagged:
        found = next((tag for tag in (self.language, "nl", *texts) if texts.get(tag)), "")
        return Tagged(clean(texts.get(found, "")), found or self.language)

    def name(self, ref: Ref | None) -> Tagged:
        return self.text(ref.label) if ref else Tagged("", self.language)

    def names(self, refs: Iterable[Ref]) -> tuple[Tagged, ...]:
        return tuple(self.text(ref.label) for ref in refs)

    def lines(self, parts: Iterable[model.PartText]) -> tuple[Line, ...]:
        return tuple(Line(self.text(part.text), self.names(part.sources)) for part in parts)

    def about(self, parts: Iterable[model.PartText]) -> tuple[About, ...]:
        """Texts under what they are about, in the order they come in."""
        found = ((link, tuple(group)) for link, group in groupby(parts, key=lambda part: part.link))
        return tuple(About(self.name(link), self.lines(group)) for link, group in found)


def _chapter(store: Store, say: _Speaker, ref: Ref) -> Chapter:
    domain = catalog.thing(store, "domein", str(ref.slug))
    assert isinstance(domain, model.Domain)
    aspects = catalog.aspects(store, domain.iri)
    general, specific = (
        tuple(_entry(say, aspects[item.ref.iri]) for item in items) for items in (domain.general, domain.specific)
    )
    named = {work.iri for entry in (*general, *specific) for work in entry.works}
    return Chapter(
        domain.iri,
        domain.slug,
        domain.order,
        say.text(domain.label),
        say.text(domain.definition),
        say.text(domain.explanation),
        say.lines(domain.illustrations),
        general,
        specific,
        tuple(work for work in _works(say, domain.sources) if work.iri not in named),
    )


def _entry(say: _Speaker, aspect: model.Aspect) -> Entry:
    said = {part.link.iri for part in aspect.remarks if part.link}
    status = aspect.record.status
    return Entry(
        iri=aspect.iri,
        label=say.text(aspect.label),
        specific=aspect.specific,
        confirmed=status is not None and status.slug == "bevestigd",
        explanation=say.text(aspect.explanation),
        definition=say.text(aspect.definition),
        example=say.text(aspect.example),
        signs=say.lines(aspect.signals),
        questions=say.lines(aspect.questions),
        steps=say.lines(aspect.steps),
        calls=tuple(_call(say, referral) for referral in aspect.referrals),
        remarks=say.about(aspect.remarks),
        groups=say.names(ref for ref in aspect.target_groups if ref.iri not in said),
        areas=say.names(aspect.also_in),
        works=_works(say, aspect.sources, aspect.lead_source),
    )


def _call(say: _Speaker, referral: model.Referral) -> Call:
    role, wording = say.name(referral.specialist), say.text(referral.wording)
    urgency = referral.urgency
    return Call(
        say.text(referral.trigger),
        role,
        Tagged("", say.language) if fold(wording.text) == fold(role.text) else wording,
        say.name(urgency),
        urgency is not None and urgency.slug in _SOON,
        say.name(referral.registration),
        say.names(referral.sources),
    )


def _works(say: _Speaker, sources: Iterable[model.SourceRef], lead: Ref | None = None) -> tuple[Work, ...]:
    """The sources in their own order, but for those that are no longer there: nobody can look those up."""
    first = lead.iri if lead else ""
    return tuple(
        Work(
            item.ref.iri, say.text(item.ref.label), _facts(say, item), web_address(item.address), item.ref.iri == first
        )
        for item in sources
        if not item.health.dead
    )


def _facts(say: _Speaker, item: model.SourceRef) -> str:
    publishers = ", ".join(name.text for name in say.names(item.publishers)) or say(words.UNKNOWN_PUBLISHER)
    kind = say.name(item.kind).text or say(words.UNKNOWN_KIND)
    known = [publishers, kind, item.year or say(words.UNKNOWN_YEAR)]
    if item.minutes:
        known.append(_duration(item.minutes, say.language))
    if item.free is not None:
        known.append(say(words.FREE if item.free else words.PAID))
    return " · ".join(known)


def _duration(minutes: int, language: str) -> str:
    hours, rest = divmod(minutes, 60)
    parts = ((hours, "duration-hour"), (rest, "duration-minute"))
    return " ".join(format_unit(count, unit, "long", locale=_LOCALES[language]) for count, unit in parts if count)


def web_address(address: str | None) -> str:
    """The address if it is one to link to (http or https, no white space), else empty."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return ""
    fits = parts.scheme in ("http", "https") and parts.netloc and not _UNPRINTED.search(address or "")
    return address or "" if fits else ""


def clean(text: str) -> str:
    """A text without what cannot be printed, on one line."""
    return " ".join(_UNPRINTED.sub(" ", text).split())


def _skill(say: _Speaker, thing: model.Competency) -> Skill:
    return Skill(
        thing.iri,
        thing.order,
        say.text(thing.label),
        say.text(thing.definition),
        say.text(thing.explanation),
        say.lines(thing.behaviours),
        say.lines(thing.discussion),
    )


def _group(say: _Speaker, thing: model.TargetGroup) -> Group:
    return Group(
        thing.iri,
        say.text(thing.label),
        say.text(thing.definition),
        say.text(thing.explanation),
        say.about(thing.advice),
        _works(say, thing.sources),
    )


def _all(store: Store, refs: Iterable[Ref], cls: type[_Thing]) -> Iterable[_Thing]:
    for ref in refs:
        thing = catalog.thing(store, str(ref.segment), str(ref.slug))
        assert isinstance(thing, cls)
        yield thing


def _notions(store: Store, say: _Speaker) -> tuple[About, ...]:
    """The notions that explain the wheel, as far as the graph has them."""
    found = []
    for slug in _NOTIONS:
        try:
            thing = catalog.thing(store, "begrip", slug)
        except NotFound:
            continue
        texts = [say.text(texts) for texts in (thing.definition, thing.explanation) if texts]
        found.append(About(say.text(thing.label), tuple(Line(text) for text in texts)))
    return tuple(found)


def _picture(say: _Speaker, home: model.Home, marked: str) -> str:
    names = ", ".join(f"{number} {say.text(ref.label).text}" for number, ref in enumerate(home.domains, 1))
    return say(words.PICTURE).format(names=names) + (say(words.MARKED).format(name=marked) if marked else "")


def _in_words(day: str, language: str) -> str:
    return str(format_date(date.fromisoformat(day[:10]), "long", locale=_LOCALES[language]))


def edition_of(manifest: Mapping[str, object]) -> Edition:
    """The edition that a snapshot's manifest tells of."""
    return Edition(str(manifest["version"]), str(manifest["created"])[:10])
