"""Mappings in SSSOM/TSV, the Simple Standard for Sharing Ontological Mappings, in its canonical form.

https://mapping-commons.github.io/sssom/spec-formats-tsv/: a block of metadata in YAML behind `#`, then a table. Every
identifier is a CURIE, columns stand in the order of the model, a slot that is the same for all rows stands in the
metadata, a slot without a value is left out. So `mapping_tool` and `confidence` are not there: people chose these
mappings and gave no number to their certainty. A mapping that an expert has not confirmed says so in `other`.
"""

import json
import re
from collections.abc import Iterable, Mapping

from kbs_graph.mappings import Mapping as Matched
from kbs_graph.rows import text_in
from kbs_graph.serialize import TSV
from kbs_graph.terms import ID

TSV_TYPE = TSV.content_type
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
OURS = "kennisbouwstenen"
"""The prefix of our own addresses."""
_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "author_label",
    "subject_type",
    "object_type",
    "mapping_date",
    "object_match_field",
    "other",
    "comment",
)
"""The slots that are filled, in the order of the class Mapping."""
_LISTS = ("author_id", "author_label", "object_match_field")
_PROPAGATED = ("subject_type", "object_type", "mapping_date", "object_match_field")
"""Slots of a row that may stand in the metadata, once for all rows, in the order of the class MappingSet."""
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w ./,()+-]|:(?! ))*(?<![: ])")
"""Text that YAML 1.2 reads as it stands (plain style); anything else is put between double quotes."""


def as_tsv(found: Iterable[Matched], language: str, address: str, title: str, about: str) -> bytes:
    """Mappings as a file, labels in one language. `address` is where this file is found: it names the set.

    Raises ValueError for an identifier that no declared prefix covers; the rules of the graph see to it that none is.
    """
    held = tuple(found)
    prefixes = {OURS: ID, **{mapping.scheme.prefix: mapping.scheme.namespace for mapping in held}}
    rows = [_slots(mapping, language, prefixes) for mapping in held]
    shared = {name: rows[0][name] for name in _PROPAGATED if rows and len({row[name] for row in rows}) == 1}
    columns = [name for name in _COLUMNS if name not in shared and any(row[name] for row in rows)]
    used = {value.partition(":")[0] for row in rows for name in ("subject_id", "object_id") for value in (row[name],)}
    head = _metadata({name: prefixes[name] for name in sorted(used)}, address, title, about, shared)
    lines = sorted([[row[name] for name in columns] for row in rows])
    return "".join(
        [*(f"#{line}\n" for line in head), *("\t".join(map(_cell, line)) + "\n" for line in [columns, *lines])]
    ).encode()


def curie(iri: str, prefixes: Mapping[str, str]) -> str:
    """An address as a CURIE, by the longest start that is declared. Raises ValueError when none is."""
    fitting = [(len(start), name) for name, start in prefixes.items() if start and iri.startswith(start)]
    if not fitting:
        raise ValueError(f"no prefix for {iri}")
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"


def _slots(mapping: Matched, language: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    author, day = mapping.author, mapping.day
    return {
        "subject_id": curie(mapping.ours.iri, prefixes),
        "subject_label": text_in(mapping.ours.label, language),
        "predicate_id": f"skos:{mapping.relation}",
        "object_id": curie(mapping.theirs.iri, prefixes),
        "object_label": text_in(mapping.theirs.label, language),
        "mapping_justification": "semapv:ManualMappingCuration",
        "author_id": curie(author.iri, prefixes) if author else "",
        "author_label": _escaped(text_in(author.label, language)) if author else "",
        "subject_type": "skos concept",
        "object_type": "skos concept",
        "mapping_date": day or "",
        "object_match_field": "|".join(curie(iri, {"skos": _SKOS}) for iri in mapping.read),
        "other": f"status={mapping.status.slug}" if mapping.status else "",
        "comment": text_in(mapping.why, language),
    }


def _metadata(
    prefixes: Mapping[str, str], address: str, title: str, about: str, shared: Mapping[str, str]
) -> Iterable[str]:
    """The lines of the block of metadata: the slots of the class MappingSet that have a value, in its order."""
    if prefixes:
        yield "curie_map:"
        yield from (f"  {name}: {_scalar(start)}" for name, start in prefixes.items())
    yield f"mapping_set_id: {_scalar(address)}"
    yield f"mapping_set_title: {_scalar(title)}"
    yield f"mapping_set_description: {_scalar(about)}"
    yield f"license: {_scalar(LICENCE)}"
    for name, value in shared.items():
        if value and name in _LISTS:
            yield f"{name}:"
            yield from (f"  - {_scalar(item)}" for item in value.split("|"))
        elif value:
            yield f"{name}: {_scalar(value)}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _escaped(value: str) -> str:
    """One value of a list, whose values are parted by `|`."""
    return value.replace("\\", "\\\\").replace("|", "\\|")


def _cell(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if re.search(r'["\t\r\n]', value) else value
