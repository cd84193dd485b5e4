"""How to name the dataset as a source: a sentence, and an entry for BibTeX."""

import re

from kbs_graph.dataset.model import Edition
from webui.i18n import gettext
from webui.wording import day

_SPECIAL = re.compile(r"([&%$#_{}])")


def sentence(edition: Edition) -> str:
    """Who made it, when, what it is called and which version; what was never released goes by its day."""
    if not edition.issued:
        text = gettext(
            "Editors of Kennisbouwstenen (%(year)s). Kennisbouwstenen as a knowledge graph, not released yet, state of "
            "%(day)s [data set]."
        )
        return text % {"year": edition.modified[:4], "day": day(edition.modified).striptags()}
    text = gettext(
        "Editors of Kennisbouwstenen (%(year)s). Kennisbouwstenen as a knowledge graph, version %(version)s [data set]."
    )
    return text % {"year": edition.modified[:4], "version": edition.version}


def bibtex(edition: Edition) -> str:
    """An entry that BibTeX and BibLaTeX both read; a name in double braces stays one name."""
    fields = {
        "author": f"{{{gettext('Editors of Kennisbouwstenen')}}}",
        "title": f"{{{gettext('Kennisbouwstenen as a knowledge graph')}}}",
        "year": edition.modified[:4],
        "note": _escaped(gettext("Data set, version %(version)s") % {"version": edition.version}),
        "howpublished": rf"\url{{{edition.iri}}}",
        "url": edition.iri,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{kennisbouwstenen,\n{lines}}}"


def _escaped(text: str) -> str:
    """A text as TeX writes it."""
    return _SPECIAL.sub(r"\\\1", text)
