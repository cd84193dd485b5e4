"""The reader's language, and the words of the interface: English message ids, Dutch from one word file."""

import gettext as catalogs
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request

LANGUAGES = ("nl", "en")
LOCALES = {"nl": Locale("nl", "NL"), "en": Locale("en", "GB")}
WORD_FILE = Path(__file__).parent / "translations" / "nl.po"


def N_(message: str) -> str:
    """Mark a message for the word file; it is translated where it is shown."""
    return message


def _read(word_file: Path) -> catalogs.NullTranslations:
    with word_file.open("rb") as source:
        catalog = read_po(source, locale="nl")
    packed = BytesIO()
    write_mo(packed, catalog)
    packed.seek(0)
    return catalogs.GNUTranslations(packed)


_TRANSLATIONS = {"nl": _read(WORD_FILE), "en": catalogs.NullTranslations()}


def language() -> str:
    """The language to answer in: of the address, else `?lang=`, else of Accept-Language, else Dutch."""
    if not has_request_context():
        return "nl"
    if "language" not in g:
        g.language = _asked() or request.accept_languages.best_match(LANGUAGES) or "nl"
    return str(g.language)


def is_asked() -> bool:
    """Whether the address itself says the language, so that Accept-Language plays no part."""
    return _asked() is not None


def _asked() -> str | None:
    wanted = (request.path.split("/", 2)[1], request.args.get("lang"))
    return next((name for name in wanted if name in LANGUAGES), None)


def other_language() -> str:
    return "en" if language() == "nl" else "nl"


def gettext(message: str) -> str:
    """A message in the reader's language."""
    return _TRANSLATIONS[language()].gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """A message in the reader's language, in the form that goes with a number."""
    return _TRANSLATIONS[language()].ngettext(one, many, number)


def init(app: Flask) -> None:
    """Teach the templates the words."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(language=language, other_language=other_language)
