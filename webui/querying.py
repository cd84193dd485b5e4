"""A query of a stranger, from the request to the pool of workers: what the endpoint and its page share.

An answer that is the same each time is kept by snapshot, query, dataset and types: asking again costs no worker.
"""

from collections.abc import Generator
from dataclasses import replace
from functools import lru_cache
from typing import cast

from flask import Flask, current_app, g, request

from kbs_graph import ratelimit, sparql
from kbs_graph.config import Settings
from webui import protocol
from webui.kept import Kept
from webui.serving import opened, service

_KEY = "kbs_answers"
_LARGEST_ONE = 1 << 20
"""Bytes of an answer, with its query, beyond which it is not kept."""
_Answers = Kept[tuple[str, sparql.Question], tuple[str, bytes]]
_client = lru_cache(1024)(ratelimit.client)


def init(app: Flask, settings: Settings) -> None:
    """Nothing is kept yet."""
    app.extensions[_KEY] = Kept(settings.query_kept_mb << 20, _LARGEST_ONE)


def asked() -> protocol.Asked:
    """What this request asks, read once. Raises what `protocol.read` raises."""
    if "asked" not in g:
        charset = request.mimetype_params.get("charset", "")
        g.asked = protocol.read(request.method, request.query_string, request.mimetype, charset, request.get_data())
    found: protocol.Asked = g.asked
    return found


def ask(asked: protocol.Asked, result_type: str, graph_type: str) -> tuple[str, Generator[bytes, None, None]]:
    """Have a query answered: the media type and the bytes, which must be read or closed.

    Raises what `sparql.ask` raises; TooMany when this client has to wait.
    """
    question = sparql.Question(
        asked.query or "",
        result_type,
        graph_type,
        asked.default_graphs,
        asked.named_graphs,
        head=request.method == "HEAD",
    )
    snapshot = opened().snapshot
    answers: _Answers = current_app.extensions[_KEY]
    key = (snapshot.content_hash, question)
    kept = answers.find(key)
    if kept:
        return kept[0], _again(kept[1])
    whose = replace(question, client=_client(request.remote_addr))
    answer = service().answer(opened(), whose)
    chunks = cast(Generator[bytes, None, None], answer.chunks)
    if sparql.is_stable(question.query):
        chunks = _keeping(answers, key, answer.media_type, chunks)
        next(chunks)
    return answer.media_type, chunks


def _again(body: bytes) -> Generator[bytes, None, None]:
    yield body


def _keeping(
    answers: _Answers, key: tuple[str, sparql.Question], media_type: str, chunks: Generator[bytes, None, None]
) -> Generator[bytes, None, None]:
    """The same bytes, after an empty piece; kept once all of them came, if they are few.

    Take the empty piece at once: a generator that was never begun would not close what it reads.
    """
    pieces: list[bytes] = []
    size = len(key[1].query)
    try:
        yield b""
        for chunk in chunks:
            size += len(chunk)
            if size <= answers.most_one:
                pieces.append(chunk)
            yield chunk
        if size <= answers.most_one:
            answers.keep(key, (media_type, b"".join(pieces)), size)
    finally:
        chunks.close()
