"""The program that works on sheets of others, in the sandbox: reads, judges, proposes, writes. It keeps nothing.

Arguments: `do` (below), `snapshot` (its folder), `organisation` (a slug or nothing), `language`. `file`, `paste` and
`desk` answer the sheet as JSON: what the page shows and, in `state`, what travels in it. The bytes of `desk` and of
every file to download are JSON: `state`, and `answers` as a form gave them.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from kbs_graph import sandbox, serialize
from kbs_graph.contributions.sheets import desk, files, pages_in, table
from kbs_graph.contributions.sheets.desk import Answers, Desk, Laid
from kbs_graph.contributions.sheets.judging import Judge, tally
from kbs_graph.contributions.sheets.names import Named, Names
from kbs_graph.contributions.sheets.proposals import Proposal, Proposer
from kbs_graph.contributions.sheets.statements import statements
from kbs_graph.findings import VIOLATION
from kbs_graph.search.label_index import Index
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.terms import Triple, parts_of

FILES = ("csv", "xlsx", "ttl", "jsonld", "nt")


class Prepared(NamedTuple):
    """What the job needs of our own: opened before it sees any of the stranger's bytes."""

    arguments: Mapping[str, Any]
    names: Names
    proposer: Proposer
    context: serialize.Context


def prepare(arguments: Mapping[str, Any]) -> Prepared:
    """Open the snapshot."""
    path = Path(arguments["snapshot"])
    snapshot = SnapshotStore(path.parent.parent).get(int(path.name))
    index = Index(snapshot.search)
    proposer = Proposer(index)
    proposer.propose("eenzaamheid")  # reads the words of the index, so that its memory does not count as the job's
    return Prepared(arguments, Names(index), proposer, snapshot.context)


def job(prepared: Prepared, body: bytes) -> bytes:
    """The answer to what is asked in `do`."""
    match prepared.arguments["do"]:
        case "template-csv":
            return files.template_csv(_language(prepared))
        case "template-xlsx":
            return files.template_xlsx(prepared.names, _language(prepared))
        case "page":
            return pages_in.answer(body, prepared.names, prepared.proposer, _language(prepared))
        case "file" | "paste" as way:
            found = table.read(body, pasted=way == "paste")
            return _shown(prepared, desk.begin(found, str(prepared.arguments["organisation"])))
        case "desk":
            return _shown(prepared, _answered(prepared, body))
        case ending if ending in FILES:
            return _file(prepared, _answered(prepared, body), ending)
        case other:
            raise ValueError(other)


def _language(prepared: Prepared) -> str:
    return str(prepared.arguments["language"])


def _judge(prepared: Prepared, organisation: str) -> Judge:
    return Judge(prepared.names, Path(prepared.arguments["snapshot"]), organisation, _language(prepared))


def _answered(prepared: Prepared, body: bytes) -> Desk:
    given = json.loads(body)
    before = desk.loads(given["state"])
    given = given["answers"]
    if "organisation" in given:
        before = replace(before, organisation=given["organisation"])
    answers = Answers(
        cells={(row, column): text[: desk.LONGEST] for row, column, text in given.get("cells", ())},
        decided={(row, concept): yes for row, concept, yes in given.get("decided", ())},
        others={row: text[: desk.LONGEST] for row, text in given.get("others", ())},
        take=tuple(given["take"]) if given.get("take") else None,
        take_all=bool(given.get("takeAll")),
        drop=int(given.get("drop", 0)),
        reopen=int(given.get("reopen", 0)),
    )
    judge = _judge(prepared, before.organisation)
    return desk.answered(before, answers, prepared.names, judge, _language(prepared))


def _laid(prepared: Prepared, work: Desk) -> tuple[Laid, ...]:
    judged = _judge(prepared, work.organisation).judge([item.row for item in work.items])
    return desk.laid(judged, work, prepared.proposer, _language(prepared))


def _shown(prepared: Prepared, work: Desk) -> bytes:
    rows = _laid(prepared, work)
    document = {
        "state": desk.dumps(work),
        "organisation": work.organisation,
        "counts": {**tally(laid.judged for laid in rows), "complete": sum(laid.judged.complete for laid in rows)},
        "notes": [note.in_language(_language(prepared)) for note in work.notes],
        "rows": [_row(laid, prepared) for laid in rows],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _row(laid: Laid, prepared: Prepared) -> dict[str, object]:
    language, judged = _language(prepared), laid.judged
    return {
        "place": judged.row.place,
        "status": judged.status,
        "complete": judged.complete,
        "ready": laid.ready,
        "address": judged.address,
        "title": judged.title,
        "cells": dict(judged.row.cells),
        "source": _thing(judged.source, language),
        "kind": _thing(judged.kind, language),
        "subjects": [_thing(thing, language) for thing in judged.subjects],
        "told": [
            {
                "column": told.column,
                "value": told.value,
                "message": told.message.in_language(language),
                "wrong": told.severity == VIOLATION,
                "meant": told.meant,
            }
            for told in judged.told
        ],
        "proposals": [_proposal(proposal, prepared) for proposal in laid.proposals],
    }


def _thing(thing: Named | None, language: str) -> dict[str, object] | None:
    if thing is None:
        return None
    segment, slug = parts_of(thing.iri) or ("", "")
    return {"iri": thing.iri, "label": thing.name(language), "segment": segment, "slug": slug}


def _proposal(proposal: Proposal, prepared: Prepared) -> dict[str, object]:
    thing = _thing(prepared.names.thing(proposal.iri), _language(prepared)) or {}
    return {
        **thing,
        "key": desk.key_of(proposal.iri),
        "score": proposal.score,
        "words": proposal.words,
        "text": proposal.text,
        "how": proposal.how,
        "role": proposal.role,
    }


def _file(prepared: Prepared, work: Desk, ending: str) -> bytes:
    rows, language = _laid(prepared, work), _language(prepared)
    if ending == "csv":
        return files.result_csv(rows, language)
    if ending == "xlsx":
        return files.result_xlsx(rows, prepared.names, language)
    return serialize.write(_triples(rows), serialize.GRAPH_FORMATS[ending], prepared.context)


def _triples(rows: tuple[Laid, ...]) -> list[Triple]:
    return [triple for laid in rows if laid.judged.complete for triple in statements(laid.judged)]


if __name__ == "__main__":
    sandbox.serve(job, prepare)
