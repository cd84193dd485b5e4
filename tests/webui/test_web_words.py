"""The word file holds every message that is used, and no other; the house keeps its rules."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import webui
from kbs_graph.terms import KINDS
from webui import labels
from webui.i18n import WORD_FILE

FOLDER = Path(webui.__file__).parent
MAY_KNOW = {
    "booklet", "casefinder", "casetable", "catalog", "config", "contributions", "coverage", "dataset", "documentation",
    "download", "drawing", "engine", "errors", "examples", "filters", "findings", "folding", "form_ids", "history",
    "institutes", "lists", "mappings", "model", "prefixes", "ratelimit", "reconcile", "rows", "search", "serialize",
    "service", "service_description", "skosmos", "snapshot", "sparql", "sssom", "suggestions", "tables", "teamscan",
    "terms",
}  # fmt: skip
"""The rooms of the library that the app may enter."""
_OF_OURS = re.compile(
    r"""<script src="\{\{ urls\.static\('[a-z-]+\.js'\) \}\}" defer></script>"""
    r"""|<script type="application/ld\+json">\{\{ \w+\|json_ld \}\}</script>"""
)
"""A script file of ours, or a data block, which no browser runs."""
APP = sorted(path for path in FOLDER.rglob("*.py") if path.parent.name != "programs")
"""The app itself; the programs it shows to people are no part of it."""
FOREIGN = {"rdflib", "pyoxigraph", "pyshacl", "SPARQLWrapper"}


def _used() -> set[object]:
    found = extract_from_dir(FOLDER, [("**.py", "python"), ("templates/**.html", "jinja2")])
    return {message for _, _, message, _, _ in found}


def test_every_message_has_a_dutch_text_and_none_is_left_over() -> None:
    with WORD_FILE.open("rb") as source:
        catalog = read_po(source, locale="nl")
    translated = {message.id for message in catalog if message.id and all(_texts(message.string))}
    assert _used() == translated


def test_dutch_texts_take_the_same_values() -> None:
    with WORD_FILE.open("rb") as source:
        for message in read_po(source, locale="nl"):
            if message.id:
                assert not list(message.check()), message.id


def _texts(string: object) -> tuple[object, ...]:
    return string if isinstance(string, tuple) else (string,)


def test_every_kind_has_a_name() -> None:
    assert labels._NAMES.keys() == KINDS.keys()


@pytest.mark.parametrize("path", APP, ids=lambda path: path.name)
def test_webui_knows_no_rdf_library_and_only_the_rooms_it_may(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            assert name.partition(".")[0] not in FOREIGN, name
            if name.startswith("kbs_graph."):
                assert name.split(".")[1] in MAY_KNOW, name


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.name)
def test_templates_have_no_inline_script_and_no_inline_style(path: Path) -> None:
    text = path.read_text()
    assert "<script" not in _OF_OURS.sub("", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert "style=" not in text
    assert "|safe" not in text
