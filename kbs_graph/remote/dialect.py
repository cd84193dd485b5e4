"""A query as a store elsewhere gets it: on its own, about our graphs alone, under the names they have there.

The text is read as tokens, not parsed: whoever sends queries of strangers has them parsed first (`answering`). What
goes out has absolute IRIs, no comments, and a dataset clause of our own. So any SPARQL 1.1 store reads just the graphs
of one publication, whatever it does with the dataset of the protocol, and never those of others in the same store.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from kbs_graph.errors import BadRequest
from kbs_graph.published_names import NOTHING
from kbs_graph.terms import BASE, Iri

# Every alternative is possessive and runs on to the end where its closing mark is missing: the scan stays linear.
_TOKENS = re.compile(
    r"""(?P<iri> <[^<>"{}|^`\\\x00-\x20]*+> ) | (?P<comment> \#[^\n\r]*+ )
      | (?P<string> \"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:\"\"\"|\Z) | '''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)
          | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'? )
      | (?P<fixed> [?$]\w++ | @[a-zA-Z][a-zA-Z0-9-]*+ | _:[\w%.-]*+ )
      | (?P<name> (?:[^\W\d_][\w.-]*+)?+ : (?:[\w:%.-]|\\.)*+ ) | (?P<word> [^\W\d_][\w.-]*+ )
      | (?P<open> [{(\[] ) | (?P<close> [})\]] ) | (?P<other> . )""",
    re.VERBOSE | re.DOTALL,
)
_FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")
_AFTER_DATASET = ("WHERE", "ORDER", "LIMIT", "OFFSET", "GROUP", "HAVING", "VALUES")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_RELATIVE = re.compile(r"[\w./~#%:@+=;,-]*")
_INSIDE = re.compile(r"(bif|sql):", re.IGNORECASE)
"""Names by which a store may offer functions of its own machine; no query of ours or a stranger needs them."""


@dataclass(frozen=True)
class Dataset:
    """Which graphs a query is about: our names → those in the store, and what holds when a query names none."""

    names: Mapping[Iri, Iri]
    default: tuple[Iri, ...]

    @property
    def named(self) -> tuple[Iri, ...]:
        return tuple(self.names.values())


@dataclass
class _Read:
    """What was read so far: the tokens to send, where the dataset belongs, and the dataset that the query names."""

    form: str = ""
    base: str = BASE
    prefixes: dict[str, str] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)
    place: int | None = None
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    uses_names: bool = False
    limited: bool = False
    values: int | None = None


_Token = tuple[str, str]


def prepare(query: str, dataset: Dataset, default: Iterable[str] = (), named: Iterable[str] = ()) -> str:
    """What to send. `default` and `named` are the dataset of the protocol, which goes before FROM in the query.

    An ASK goes out as a SELECT of at most one row: Virtuoso heeds no dataset in an ASK.

    Raises BadRequest for what we do not pass on: keywords glued together, and functions inside a store.
    """
    read = _Read()
    tokens = _significant(query)
    _body(read, dataset.names, _prologue(read, tokens))
    asked = (list(default), list(named))
    if not any(asked):
        asked = (read.default, read.named)
    clause = _clause(dataset, *asked, read.uses_names)
    place = len(read.out) if read.place is None else read.place
    if read.form == "ASK":
        read.out.insert(len(read.out) if read.values is None else read.values, "" if read.limited else "\nLIMIT 1 ")
    return "".join([*read.out[:place], clause, *read.out[place:]])


def _significant(query: str) -> Iterator[_Token]:
    """The tokens, without comments. A dot that ends a name ends the statement instead."""
    for token in _TOKENS.finditer(query):
        kind, text = token.lastgroup or "other", token.group()
        if kind == "name" and text.endswith(".") and not text.endswith("\\."):
            name = text.rstrip(".")
            yield kind, name
            yield "other", text[len(name) :]
        else:
            yield ("other", "\n") if kind == "comment" else (kind, text)


def _prologue(read: _Read, tokens: Iterator[_Token]) -> Iterator[_Token]:
    """Take the declarations in, leave them out, and give what follows; the first word of that is the form."""
    declaring, prefix = "", ""
    for kind, text in tokens:
        word = text.upper() if kind == "word" else ""
        if word in ("BASE", "PREFIX"):
            declaring = word
        elif declaring == "PREFIX" and kind == "name":
            prefix = text[:-1]
        elif declaring and kind == "iri":
            if declaring == "BASE":
                read.base = _resolved(read, text[1:-1])
            else:
                read.prefixes[prefix] = _resolved(read, text[1:-1])
            declaring = ""
        elif not text.isspace():
            if word not in _FORMS:
                raise _unread(text)
            read.form = word
            read.out.append("SELECT (1 AS ?asked) " if word == "ASK" else text)
            break
    return tokens


def _body(read: _Read, names: Mapping[Iri, Iri], tokens: Iterator[_Token]) -> None:
    depth, template, origin, graph = 0, read.form == "CONSTRUCT", "", False
    for kind, text in tokens:
        word = text.upper() if kind == "word" else ""
        glued = kind == "name" and text.partition(":")[0] not in read.prefixes
        if glued or any(known in word and word != known for known in ("FROM", "GRAPH")):
            raise _unread(text)
        if word == "FROM":
            origin = "default"
            continue
        if origin and not text.isspace():
            if word == "NAMED":
                origin = "named"
                continue
            (read.named if origin == "named" else read.default).append(_iri(read, kind, text))
            origin = ""
            continue
        read.uses_names = read.uses_names or word == "GRAPH"
        if depth == 0 and read.place is None:
            if kind == "open" and text == "{" and template:
                template = False
            elif text == "{" or word in _AFTER_DATASET:
                read.place = len(read.out)
        if depth == 0 and word == "VALUES" and read.values is None:
            read.values = len(read.out)
        read.limited = read.limited or (depth == 0 and word == "LIMIT")
        depth += (kind == "open") - (kind == "close")
        others = graph and kind in ("iri", "name") and Iri(_iri(read, kind, text)) not in names
        read.out.append(f"<{NOTHING}>" if others else _sent(read, names, kind, text))
        graph = word == "GRAPH" or (graph and text.isspace())


def _clause(dataset: Dataset, default: list[str], named: list[str], uses_names: bool) -> str:
    """FROM and FROM NAMED for the graphs asked for; graphs that are none of ours hold nothing."""
    if default or named:
        of_default = [dataset.names.get(Iri(iri), NOTHING) for iri in default] or [NOTHING]
        of_named = [dataset.names.get(Iri(iri), NOTHING) for iri in named] or [NOTHING]
    else:
        of_default, of_named = list(dataset.default), list(dataset.named)
    # NOTHING stands for every graph that is not ours: a Virtuoso where it is not named heeds no FROM NAMED at all.
    graphs = dict.fromkeys([*of_named, NOTHING] if uses_names else [NOTHING])
    lines = [*(f"FROM <{iri}>" for iri in dict.fromkeys(of_default)), *(f"FROM NAMED <{iri}>" for iri in graphs)]
    return "\n" + "\n".join(lines) + "\n"


def _sent(read: _Read, names: Mapping[Iri, Iri], kind: str, text: str) -> str:
    """A token as it goes out. A string that is exactly the name of a graph is renamed too: STR(?graph) = "…"."""
    if kind == "string":
        quotes = text[:3] if text[:3] in ('"""', "'''") else text[:1]
        value = text[len(quotes) : -len(quotes)]
        return f"{quotes}{names[Iri(value)]}{quotes}" if Iri(value) in names else text
    if kind not in ("iri", "name"):
        return text
    iri = _iri(read, kind, text)
    if _INSIDE.match(iri):
        raise BadRequest(
            f"<{iri}> kan hier niet: functies van de store zelf zijn niet voor vragen van buiten.",
            f"<{iri}> is not possible here: functions inside the store are not for queries from outside.",
        )
    return text if kind == "name" and not iri else f"<{names.get(Iri(iri), iri)}>"


def _iri(read: _Read, kind: str, text: str) -> str:
    """The IRI that a token names; empty for a name whose prefix nothing declares."""
    if kind == "iri":
        return _resolved(read, text[1:-1])
    prefix, _, rest = text.partition(":")
    return read.prefixes[prefix] + re.sub(r"\\(.)", r"\1", rest) if prefix in read.prefixes else ""


def _resolved(read: _Read, iri: str) -> str:
    """An IRI against BASE (RFC 3986, section 5.2). Signs of a comparison (`?a<?b && ?c>?d`) are left as they are."""
    if read.base and not _ABSOLUTE.match(iri) and _RELATIVE.fullmatch(iri):
        return urljoin(read.base, iri)
    return iri


def _unread(text: str) -> BadRequest:
    return BadRequest(
        f"Zet spaties tussen de woorden bij {text[:40]!r}; zo kan de vraag niet worden doorgegeven.",
        f"Put spaces between the words at {text[:40]!r}; the query cannot be passed on like this.",
    )
