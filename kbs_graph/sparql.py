"""The SPARQL 1.1 Protocol without HTTP: what is asked, whether it may be asked, and the answer from the pool.

The guard reads a query as a list of tokens; it never parses it. It is a courtesy that gives a clear refusal early; the
wall is the worker (engine/worker.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbs_graph.engine.pool import Answer, Fetch, Job, Pool
from kbs_graph.engine.worker import HOLD
from kbs_graph.errors import BadRequest, Forbidden, TooLarge

WHOLE = HOLD
"""Bytes up to which an answer comes as a whole; longer ones come in pieces, and may still fail after the first."""

# Every alternative is possessive and runs on to the end of the text where its closing mark is missing, so that the scan
# stays linear whatever is sent.
_TOKENS = re.compile(
    r"""(?P<skip> <[^<>"{}|^`\\\x00-\x20]*+> | [?$]\w++ | @[a-zA-Z-]++ | _?:(?:[\w:%.-]|\\.)*+
          | \"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:\"\"\"|\Z) | '''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)
          | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'? )
      | (?P<word> [^\W\d_][\w.-]*+ ) (?P<name> :(?:[\w:%.-]|\\.)*+ )?
      | (?P<open> [{(\[] ) | (?P<close> [})\]] ) | (?P<bang> ! ) | \#[^\n\r]*+""",
    re.VERBOSE | re.DOTALL,
)

_UPDATE = re.compile(
    r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)(?:DATA|WHERE|SILENT|GRAPH|DEFAULT|NAMED|ALL)*+(?::.*)?",
    re.DOTALL,
)
"""What an update begins with, after its prologue; outside all brackets no query has such a word."""
_SUSPECT = ("SERVICE", "FROM", "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")


@dataclass(frozen=True)
class Question:
    """A query with the dataset the protocol names (SPARQL 1.1 Protocol, section 2.1.4), and the types wanted.

    `client` and `head` are as in `workers.Job`.
    """

    query: str
    result_type: str
    graph_type: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    client: str = ""
    head: bool = False


def ask(
    pool: Pool, store: Path, question: Question, max_bytes: int, max_depth: int, fetch: Fetch | None = None
) -> Answer:
    """Guard a question and have it answered; `fetch` as in `workers.Job`. Raises what `guard` and `Pool.run` raise."""
    has_from = guard(question.query, max_bytes, max_depth)
    job = Job(
        question.query,
        question.result_type,
        question.graph_type,
        has_from,
        question.default_graphs,
        question.named_graphs,
        client=question.client,
        head=question.head,
        fetch=fetch,
    )
    return pool.run(store, job)


def guard(query: str, max_bytes: int, max_depth: int) -> bool:
    """Refuse a query that is too long (TooLarge), too deep or uses SERVICE (BadRequest), or is an update (Forbidden).

    Returns whether the query has a dataset clause of its own (FROM). Keywords within strings, IRIs, names, variables
    and comments do not count.
    """
    if len(query.encode(errors="surrogatepass")) > max_bytes:
        raise too_long(max_bytes)
    if _is_plain(query, max_depth):
        return False
    depth = bangs = 0
    has_from = False
    for kind, word in _tokens(query):
        bangs = bangs + 1 if kind == "bang" else 0
        depth += (kind == "open") - (kind == "close")
        if depth + bangs > max_depth:
            raise BadRequest(
                f"De vraag is dieper genest dan {max_depth} haken. Maak hem vlakker.",
                f"The query is nested deeper than {max_depth} brackets. Make it flatter.",
            )
        if kind == "word" and depth <= 0 and _UPDATE.fullmatch(word):
            raise no_updates()
        if kind == "word" and "SERVICE" in word:
            raise BadRequest(
                "SERVICE kan hier niet: deze dienst haalt niets op bij andere adressen.",
                "SERVICE is not possible here: this service fetches nothing from other addresses.",
            )
        has_from = has_from or (kind == "word" and "FROM" in word)
    return has_from


def too_long(most: int) -> TooLarge:
    """The refusal of a query that is longer than `most` bytes."""
    return TooLarge(
        f"De vraag is langer dan {most} bytes. Maak hem korter.",
        f"The query is longer than {most} bytes. Make it shorter.",
    )


def _is_plain(query: str, max_depth: int) -> bool:
    """Whether there is nothing to guard against, wherever the words stand: most queries need no closer look."""
    text = query.upper()
    return sum(map(text.count, "{([!")) <= max_depth and not any(word in text for word in _SUSPECT)


def no_updates() -> Forbidden:
    """The refusal of whatever would change the data."""
    return Forbidden(
        "Deze dienst is alleen om te lezen; wijzigen kan hier niet. Stel een vraag met SELECT, ASK, CONSTRUCT of "
        "DESCRIBE.",
        "This service is for reading only; updates are not possible here. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.",
    )


def is_stable(query: str) -> bool:
    """Whether a query gives the same answer each time on the same snapshot: it names no function that changes."""
    text = query.upper()
    changing = [name for name in ("RAND", "NOW", "UUID", "BNODE") if name in text]
    return not changing or not any(
        kind == "word" and any(name in word for name in changing) for kind, word in _tokens(query)
    )


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """The tokens that matter, as (kind, text in capitals).

    The parser of the store asks for no space around a keyword (`FROM:g`, `ASKFROM<g>`, `true.SERVICE<s>`). So a keyword
    counts anywhere within a word, and a name counts as a word where nothing declares its prefix.
    """
    declared: set[str] = set()
    previous = ""
    for token in _TOKENS.finditer(query):
        kind, text = token.lastgroup, token.group().upper()
        if kind is None:  # a comment parts no two tokens
            continue
        if kind == "name":
            if previous == "PREFIX":
                declared.add(token["word"])
            kind = "name" if token["word"] in declared else "word"
        previous = text
        yield kind, text
