"""A query of a stranger, from the request to the pool of workers: what the endpoint and its page share."""

from collections.abc import Generator
from typing import cast

from flask import request

from kbs_graph import sparql
from webui import protocol
from webui.serving import opened, service, settings


def asked() -> protocol.Asked:
    """What this request asks. Raises what `protocol.read` raises."""
    charset = request.mimetype_params.get("charset", "")
    return protocol.read(request.method, request.query_string, request.mimetype, charset, request.get_data())


def ask(asked: protocol.Asked, result_type: str, graph_type: str) -> tuple[str, Generator[bytes, None, None]]:
    """Have a query answered: the media type and the bytes, which must be read or closed."""
    limits = settings()
    question = sparql.Question(asked.query or "", result_type, graph_type, asked.default_graphs, asked.named_graphs)
    store = opened().snapshot.store
    answer = sparql.ask(service().pool, store, question, limits.query_bytes, limits.query_depth)
    return answer.media_type, cast(Generator[bytes, None, None], answer.chunks)
