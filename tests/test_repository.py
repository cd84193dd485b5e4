"""The repository says the truth about itself: what a README names is there, and nothing else stands at the top."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import rdflib

from kbs_graph import __version__, cli
from kbs_graph.build import Checked
from kbs_graph.config import Settings
from kbs_graph.terms import DATASET, ONTOLOGY

ROOT = Path(__file__).resolve().parent.parent
AT_THE_TOP = {
    ".ci", ".gitignore", "CHANGELOG.md", "CITATION.cff", "Makefile", "README.md", "pyproject.toml",
    "data", "kbs_graph", "ontology", "shapes", "tests", "webui",
}  # fmt: skip
FOLDERS = ("data", "kbs_graph", "ontology", "shapes", "tests", "webui")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / folder / "README.md" for folder in FOLDERS)]
ENDINGS = ("ttl", "py", "rq", "md", "jsonld", "trig", "ru", "po", "html", "toml", "cff")
FILE = re.compile(rf"[\w./-]+\.(?:{'|'.join(ENDINGS)})|(?:[\w.-]+/)+")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def in_the_repository() -> list[Path]:
    """Every file that is in git, or would be after `git add`."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for path in (ROOT / line for line in listed) if path.is_file()]


def quoted(path: Path) -> list[str]:
    """What stands in backticks or in a block of commands."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)) + [
        line.partition("#")[0].strip() for block in blocks for line in block.splitlines()
    ]


def test_nothing_else_stands_at_the_top() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in in_the_repository()} == AT_THE_TOP


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_at_the_top_has_a_readme_that_is_linked_from_the_first(folder: str) -> None:
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(text) > 200
    assert f"({folder}/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_link_in_a_document_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_file_named_in_a_document_is_there(path: Path) -> None:
    """Beside the document, at the top, or in tests/; a name with a placeholder or of an address is no file."""
    made = {"var/", ".venv/", "var/snapshots/"}
    for text in quoted(path):
        if FILE.fullmatch(text) and text not in made and not text.startswith("/"):
            places = (path.parent, ROOT, ROOT / "tests", ROOT / "tests" / "rules", ROOT / "kbs_graph")
            assert any((place / text).exists() for place in places), text


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_command_named_in_a_document_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    for text in quoted(path):
        words = text.split()
        if "make" in words[:2] and len(words) > words.index("make") + 1:
            assert words[words.index("make") + 1] in targets, text
        if words and words[0] in ("kbs", ".venv/bin/kbs"):
            command: click.Command | None = cli.main
            for word in words[1:]:
                if word.startswith("-"):
                    options = [o for p in command.params for o in p.opts] if command else []
                    assert word in [*options, "--help", "-h", "--version"], text
                elif isinstance(command, click.Group):
                    command = command.get_command(click.Context(command), word)
                    assert command, text


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "Makefile", ROOT / ".ci" / "run"], ids=name)
def test_a_setting_named_in_a_document_exists(path: Path) -> None:
    known = {f"KBS_{field.upper()}" for field in Settings.__dataclass_fields__} | {"KBS_STANDARDS"}  # of the tests
    assert set(re.findall(r"\bKBS_[A-Z_]+\b", path.read_text(encoding="utf-8"))) <= known


def test_the_readme_names_every_command_of_the_makefile() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    for target in set(phony.split()) - {"clean"}:
        assert re.search(rf"\bmake {target}\b", text), target


def test_the_readme_of_the_library_names_every_module_and_package() -> None:
    text = (ROOT / "kbs_graph" / "README.md").read_text(encoding="utf-8")
    table = text.partition("| layer")[2].partition("\n\n")[0]
    modules = {path.stem for path in (ROOT / "kbs_graph").glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in (ROOT / "kbs_graph").glob("*/__init__.py")}
    assert {word.strip("/") for word in re.findall(r"`([a-z_]+/?)`", table)} == modules | packages


def test_the_readmes_name_every_module_of_a_package() -> None:
    library = ROOT / "kbs_graph"
    told = {path.parent: set(re.findall(r"`([a-z_]+)`", path.read_text())) for path in library.rglob("README.md")}
    unnamed = [
        name(path)
        for path in library.glob("*/**/*.py")
        if path.stem != "__init__" and path.stem not in told[library] | told.get(path.parent, set())
    ]
    assert unnamed == []


def test_the_readme_counts_what_the_graph_counts(real: Checked) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    counts = real.facts["counts"]
    assert isinstance(counts, dict)
    for pattern, kind in {
        r"(\d+) sources": "bron",
        r"(\d+) knowledge aspects": "aspect",
        r"(\d+) domains": "domein",
    }.items():
        found = re.findall(pattern, text)
        assert found
        assert {int(number) for number in found} == {counts[kind]}, kind


def test_no_file_names_a_place_on_one_machine() -> None:
    places = re.compile("|".join(("/" + word + "/") for word in ("work", "root", "home/[a-z]", "Users", "mnt")))
    found = []
    for path in in_the_repository():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}:{n}: {line[:120]}" for n, line in enumerate(lines, 1) if places.search(line)]
    assert found == []


def test_what_is_made_is_not_in_git() -> None:
    made = re.compile(r"(^|/)(var|\.venv|__pycache__|\.mypy_cache|\.ruff_cache|\.pytest_cache|build|dist)/")
    assert [name(path) for path in in_the_repository() if made.search(name(path))] == []


def test_every_library_that_is_imported_is_declared() -> None:
    """Beside the standard library; under the name it has on PyPI."""
    declared = {re.split(r"[<>=\[]", line)[0].lower() for line in PYPROJECT["project"]["dependencies"]}
    known_as = {
        "flask_babel": "flask-babel",
        "SPARQLWrapper": "sparqlwrapper",
        "PIL": "pillow",
        "fontpkg_atkinson_hyperlegible": "fontpkg-atkinson-hyperlegible",
        "stdnum": "python-stdnum",
        "docx": "python-docx",
    }
    own = {"kbs_graph", "webui"}
    imported = set()
    for package in own:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    imported.add(str(node.module).partition(".")[0])
    others = imported - own - set(sys.stdlib_module_names)
    part_of_flask = {"werkzeug", "jinja2", "markupsafe"}
    assert {known_as.get(module, module).lower() for module in others} - part_of_flask <= declared


def test_one_version_and_one_licence_are_told_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {__version__}" in citation.replace('"', "")
    assert (
        re.findall(r"^## (\d\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[0] == __version__
    )
    assert PYPROJECT["project"]["license"] == "EUPL-1.2"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "EUPL-1.2" in readme
    assert "CC-BY-4.0" in readme and "CC-BY-4.0" in citation
    graph = rdflib.Graph().parse(ROOT / "data" / "catalogue.ttl").parse(ROOT / "ontology" / "kbs.ttl")
    licences = {str(graph.value(rdflib.URIRef(iri), rdflib.DCTERMS.license)) for iri in (DATASET, ONTOLOGY)}
    assert licences == {"https://creativecommons.org/licenses/by/4.0/"}


def test_the_whole_check_is_one_program_that_stops_at_the_first_failure() -> None:
    path = ROOT / ".ci" / "run"
    text = path.read_text(encoding="utf-8")
    assert os.access(path, os.X_OK)
    assert text.startswith("#!")
    assert "set -euo pipefail" in text
    for command in ("make check", "make test-all"):
        assert command in text
