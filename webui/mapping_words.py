"""What a mapping is, in plain words of the reader's language: what their concept is to ours, and what that rests on."""

from flask import Flask

from kbs_graph.mappings import BASIS, IN_WORDS, Mapping
from webui.i18n import language


def relation(name: str) -> str:
    """What their concept is to ours, by the name of the relation in SKOS."""
    return IN_WORDS[name].in_language(language())


def basis(mapping: Mapping) -> str:
    """What was read of their concept: its name only, or its description too."""
    return BASIS[mapping.by_name_only].in_language(language())


def init(app: Flask) -> None:
    app.jinja_env.globals.update(relation_words=relation, mapping_basis=basis)
