"""Texts, dates and numbers of the graph as a page shows them in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import groupby

from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit
from flask import Flask
from markupsafe import Markup, escape

from kbs_graph.model import AspectRef, PartText, Ref, Referral, Source, Tagged, Texts, Thing
from webui.i18n import LOCALES, language


def init(app: Flask) -> None:
    app.jinja_env.filters.update(
        text=marked,
        plain=plain,
        tagged=tagged,
        day=day,
        duration=duration,
        number=number,
        size=size,
        language_name=language_name,
        by_domain=by_domain,
        by_link=by_link,
    )


def choose(texts: Texts) -> Tagged:
    """The text in the reader's language, else in Dutch, else in any; empty when there is none."""
    for tag in (language(), "nl", *texts):
        if texts.get(tag):
            return Tagged(texts[tag], tag)
    return Tagged("", "")


def plain(texts: Texts) -> str:
    """The text without any mark, for titles and attributes."""
    return choose(texts).text


def marked(texts: Texts) -> Markup:
    """The text, with its language said where it is not the page's (WCAG 3.1.2)."""
    return tagged(choose(texts))


def tagged(item: Tagged) -> Markup:
    """A text of a known language, marked when that is not the page's."""
    if item.language in ("", language()):
        return escape(item.text)
    return Markup('<span lang="{}">{}</span>').format(item.language, item.text)


def day(value: str | None) -> Markup:
    """An ISO 8601 date (or date and time) in words, machine readable; another value as it is."""
    try:
        found = date.fromisoformat((value or "")[:10])
    except ValueError:
        return escape(value or "")
    words = format_date(found, "long", locale=LOCALES[language()])
    return Markup('<time datetime="{}">{}</time>').format(found.isoformat(), words)


def duration(minutes: int) -> str:
    """A time in words: minutes below the hour, hours and minutes from there."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "duration-hour"), (rest, "duration-minute")]
    return " ".join(format_unit(count, unit, "long", locale=LOCALES[language()]) for count, unit in parts if count)


def number(value: float) -> str:
    return format_decimal(value, locale=LOCALES[language()])


def size(count: int) -> str:
    """A number of bytes in words, in units of 1,000 bytes."""
    if count < 1000:
        return f"{count} B"
    short, unit = (count / 1e6, "MB") if count >= 1e6 else (count / 1e3, "kB")
    return f"{format_decimal(short, '0.#', locale=LOCALES[language()])} {unit}"


def language_name(code: str) -> str:
    """A language in words, from its ISO 639 code of two or three letters; the code itself when unknown."""
    key = code.lower()
    short = get_global("language_aliases").get(key, key)
    return str(LOCALES[language()].languages.get(short, code))


def is_translated(thing: Thing) -> bool:
    """Whether all texts of a thing itself are there in the reader's language. The title of a source is as it is."""
    return all(language() in texts or set(texts) == {""} for texts in _own_texts(thing))


def _own_texts(item: object) -> Iterator[Texts]:
    assert is_dataclass(item)
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, Mapping) and value and not (isinstance(item, Source) and field.name == "label"):
            yield value
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, PartText | Referral):
                    yield from _own_texts(part)


def by_domain(aspects: Iterable[AspectRef]) -> list[tuple[Ref | None, list[AspectRef]]]:
    """Aspects in groups by their home domain, in the order they came in."""
    return [(domain, list(group)) for domain, group in groupby(aspects, key=lambda aspect: aspect.domain)]


def by_link(items: Iterable[PartText]) -> list[tuple[Ref | None, list[PartText]]]:
    """Texts in groups by what they belong to, in the order they come in."""
    return [(link, list(group)) for link, group in groupby(items, key=lambda item: item.link)]
