"""The SPARQL texts of the product: one `.rq` file a job, loaded once, filled in with checked terms.

A parameter is written `$name`; `fill` replaces it by the serialised term, so that the optimiser sees the value and the
same text serves any SPARQL 1.1 store. No SPARQL stands in Python files.
"""

import re
from functools import cache
from importlib.resources import files

from kbs_graph.terms import Iri, Literal, Term

_PARAMETER = re.compile(r"\$([a-z_]+)")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
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
    """A term as SPARQL text (SPARQL 1.1 section 4.1); an IRI with a forbidden character raises ValueError."""
    if isinstance(term, Literal):
        quoted = f'"{term.value.translate(_ESCAPES)}"'
        if term.language:
            return f"{quoted}@{term.language}"
        return f"{quoted}^^{serialise(Iri(term.datatype))}"
    if _NOT_IN_IRI.search(term):
        raise ValueError(f"not an IRI: {term!r}")
    return f"<{term}>"
