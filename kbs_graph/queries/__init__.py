"""The SPARQL texts of the product: one `.rq` file a job, loaded once, filled in with checked terms.

A parameter is written `$name`; `fill` replaces it by the serialised term, so that the optimiser sees the value and the
same text serves any SPARQL 1.1 store. No SPARQL stands in Python files.
"""

import re
from functools import cache
from importlib.resources import files

from kbs_graph.terms import Iri, Literal, Term

_PARAMETER = re.compile(r"\$([a-z_]+)")
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"})


@cache
def text(name: str) -> str:
    """The text of `queries/<name>.rq`."""
    return files(__name__).joinpath(*(name + ".rq").split("/")).read_text(encoding="utf-8")


def names() -> list[str]:
    """All queries, as `folder/name`, sorted."""
    root = files(__name__)
    folders = sorted(f.name for f in root.iterdir() if f.is_dir() and f.name != "__pycache__")
    return [
        f"{folder}/{item.name.removesuffix('.rq')}"
        for folder in folders
        for item in sorted(root.joinpath(folder).iterdir(), key=lambda i: i.name)
        if item.name.endswith(".rq")
    ]


def parameters(name: str) -> set[str]:
    """The names of the parameters of a query."""
    return set(_PARAMETER.findall(text(name)))


def fill(name: str, **terms: Term) -> str:
    """The query with every `$parameter` replaced. Missing or surplus terms and unsafe IRIs raise ValueError."""
    if parameters(name) != terms.keys():
        raise ValueError(f"{name} takes {sorted(parameters(name))}, not {sorted(terms)}")
    return _PARAMETER.sub(lambda match: serialise(terms[match[1]]), text(name))


def serialise(term: Term) -> str:
    """A term as SPARQL text (SPARQL 1.1 section 4.1); an unsafe IRI or language tag raises ValueError."""
    if isinstance(term, Literal):
        quoted = f'"{term.value.translate(_ESCAPES)}"'
        if term.language:
            if not _LANGUAGE.fullmatch(term.language):
                raise ValueError(f"not a language tag: {term.language!r}")
            return f"{quoted}@{term.language}"
        return f"{quoted}^^{serialise(Iri(term.datatype))}"
    if not _IRI.fullmatch(term):
        raise ValueError(f"not an absolute IRI: {term!r}")
    return f"<{term}>"
