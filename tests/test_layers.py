"""The shape of the house: which module may import which, one door a library, no drawer, no file too long."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = (
    ("terms", "errors", "config", "folding", "filters", "link_states", "model"),
    ("queries", "serialize", "download", "statements", "findings", "readability", "drawing"),
    (
        "disk",
        "store",
        "confinement",
        "sandbox",
        "ratelimit",
        "published_names",
        "engine",
        "files",
        "snapshot",
        "store_writing",
        "snapshots",
        "links",
        "fingerprints",
        "personal_data",
        "form_ids",
        "suggestions",
    ),
    (
        "validation",
        "facts",
        "sources",
        "rows",
        "lists",
        "tables",
        "workbooks",
        "table_sheet",
        "mappings",
        "sssom",
        "retired",
        "catalog",
        "examples",
        "prefixes",
        "history",
        "dataset",
        "documentation",
        "docx_parts",
        "docx_look",
        "booklet",
        "casetable",
        "casefinder",
        "coverage",
        "institutes",
        "search",
        "sparql",
        "service_description",
        "remote",
        "service",
    ),
    (
        "teamscan",
        "pictures",
        "contributions",
        "build",
        "release",
        "texts",
        "review_sheet",
        "review",
        "reconcile",
        "skosmos",
        "interop",
    ),
    ("cli",),
)
ORDER = [name for layer in LAYERS for name in layer]
LIBRARY = sorted((ROOT / "kbs_graph").rglob("*.py"))
APP = sorted(path for path in (ROOT / "webui").rglob("*.py") if path.parent.name != "programs")
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py"))
DOORS = {
    "pyshacl": {"validation"},
    "pyoxigraph": {
        "serialize", "store", "engine", "files", "store_writing", "links", "dataset", "contributions", "remote",
    },
    "SPARQLWrapper": {"remote"},
    "rapidfuzz": {"search"},
    "sqlite3": {"ratelimit", "search", "snapshots"},
    "click": {"cli"},
    "stdnum": {"personal_data"},
    "urllib3": {"links", "remote"},
    "protego": {"links"},
    "reportlab": {"drawing"},
    "fontpkg_atkinson_hyperlegible": {"drawing"},
    "PIL": {"pictures"},
    "typst": {"booklet"},
    "docx": {"docx_parts", "docx_look", "booklet", "teamscan"},
    "openpyxl": {"review_sheet", "workbooks", "teamscan", "contributions"},
}  # fmt: skip
"""Who knows which library. pyoxigraph belongs to the layer of the stores and to the writer of formats."""
SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|DESCRIBE|INSERT|DELETE)\b[^\"']*\{|\bPREFIX\s+\w*:\s*<")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every module a file imports, as a full name, and whether it does so only inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (
                    (full if (ROOT / (full.replace(".", "/"))).with_suffix(".py").exists() else str(node.module)),
                    (id(node) in inside),
                )


def module_of(path: Path) -> str:
    """The name by which LAYERS knows a file of the library."""
    return path.relative_to(ROOT / "kbs_graph").with_suffix("").parts[0]


def texts(path: Path) -> Iterator[str]:
    """Every string in a file; the pieces of an f-string as one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_module_of_the_library_has_its_layer() -> None:
    assert {module_of(path) for path in LIBRARY} - {"__init__"} <= set(ORDER)


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_a_module_imports_only_what_stands_above_it(path: Path) -> None:
    own = module_of(path)
    for imported, _ in imports(path):
        package, _, rest = imported.partition(".")
        if package == "kbs_graph" and own != "__init__" and rest:
            other = rest.partition(".")[0]
            assert other == own or ORDER.index(other) < ORDER.index(own), f"{own} imports {other}"


def test_what_stands_in_the_graph_knows_no_way_in_and_sheets_know_no_intake() -> None:
    house = ROOT / "kbs_graph" / "contributions"
    used = {
        (place.parts[0].removesuffix(".py"), way)
        for place in (path.relative_to(house) for path in house.rglob("*.py"))
        for imported, _ in imports(house / place)
        for way in ("intake", "sheets")
        if f"{imported}.".startswith(f"kbs_graph.contributions.{way}.") and place.parts[0] != way
    }
    assert used == {("handing_in", "intake"), ("intake", "sheets")}


def test_the_library_knows_nothing_of_flask_and_of_the_app_but_for_the_command_that_serves() -> None:
    found = {
        (module_of(path), imported, late)
        for path in LIBRARY
        for imported, late in imports(path)
        if imported.partition(".")[0].lower() in ("flask", "werkzeug", "jinja2", "flask_babel", "webui", "gunicorn")
    }
    assert found == {("cli", "webui.server", False)}


@pytest.mark.parametrize("path", APP, ids=name)
def test_the_app_knows_no_rdf_library_and_no_job(path: Path) -> None:
    used = {imported for imported, _ in imports(path)}
    assert not {u for u in used if u.partition(".")[0] in ("rdflib", "pyoxigraph", "pyshacl", "SPARQLWrapper")}
    assert not used & {"kbs_graph.build", "kbs_graph.cli", "kbs_graph.files", "kbs_graph.validation"}


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    users = {
        module_of(path) for path in LIBRARY for imported, _ in imports(path) if imported.partition(".")[0] == library
    }
    assert users <= DOORS[library]


@pytest.mark.parametrize("path", [*LIBRARY, *APP], ids=name)
def test_no_sparql_stands_in_python(path: Path) -> None:
    assert [text for text in texts(path) if SPARQL.search(text)] == []


def test_the_search_for_sparql_finds_sparql() -> None:
    assert SPARQL.search("SELECT ?s WHERE { ?s ?p ?o }")
    assert SPARQL.search("PREFIX k: <https://w3id.org/kennisbouwstenen/def#>")
    assert not SPARQL.search("SELECT thing.iri FROM label WHERE label MATCH ?")


@pytest.mark.parametrize("path", [*LIBRARY, *APP, *TESTS], ids=name)
def test_a_file_stays_under_300_lines_and_a_test_under_500(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < (500 if path in TESTS else 300)


def test_there_is_no_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert not [name(p) for p in [*LIBRARY, *APP, *TESTS] if {p.stem, p.parent.name} & drawers]


@pytest.mark.parametrize("path", [*LIBRARY, *APP], ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree)
