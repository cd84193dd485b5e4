"""The programs on the page for programmers: copied from it and run as they are, and they do what it says."""

import html
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import urllib3

from kbs_graph import rows
from kbs_graph.rows import text_in
from kbs_graph.store import LocalStore
from webui.views.programming import FOLDER, OWN_SITE, TASKS, TOOLS, Tool

PROGRAMS = {"curl": "bash", "Python": sys.executable, "R": "Rscript", "JavaScript": "node"}
"""What runs the programs of each tool; those for curl are for a shell."""
EVERY = [(tool, task) for tool in TOOLS for task in TASKS if (FOLDER / f"{task}.{tool.ending}").exists()]
TEXTAREA = re.compile(r'<textarea[^>]* id="program-(\w+)"[^>]*>(.*?)</textarea>', re.DOTALL)
LISTED = re.compile(r'<dt><a href="([^"]+)"><code>')


def on_the_page(site: str, tool: Tool, language: str = "nl") -> dict[str, str]:
    """The programs as a reader can copy them, by what they do."""
    address = f"{site}/{language}/programmeren" + (f"/{tool.path}" if tool.path else "")
    answer = urllib3.request("GET", address)
    assert answer.status == 200
    return {task: html.unescape(text) for task, text in TEXTAREA.findall(answer.data.decode())}


def run(tool: Tool, text: str, folder: Path) -> str:
    """What a program prints. Without what runs it the test skips, and fails where CI=true."""
    needed = [PROGRAMS[tool.name], *(["curl"] if tool.name == "curl" else [])]
    gone = [name for name in needed if shutil.which(name) is None]
    if gone:
        reason = f"there is no {gone[0]} on this machine: the programs for {tool.name} were NOT tried"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    path = folder / f"program.{tool.ending}"
    path.write_text(text, encoding="utf-8")
    spoken = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [PROGRAMS[tool.name], path], cwd=folder, env=spoken, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def expected(task: str, tool: str, site: str, store: LocalStore) -> list[str]:
    """Patterns of what is printed, one for every line or word that must be there."""
    aspects = rows.rows(store, "aspect")
    names = {row.key: text_in(row.ref.label, "nl") for row in aspects}
    match task:
        case "query":
            areas = Counter(text_in(row.domains[0].label, "nl") for row in aspects)
            assert len(areas) == 7
            return [rf"{re.escape(area)}\W+{number}\b" for area, number in areas.items()]
        case "thing":
            return [re.escape(names["aspect/meldcode"]), "Applying the reporting code"]
        case "table" if tool == "curl":
            return ["^adres,naam"]
        case "table" if tool == "R":
            return [r"Inkomen\s+\d+\s+\d+"]
        case "table":
            return [rf"\| {re.escape(name)}$" for name in names.values()]
        case "dump" if tool == "curl":
            return ["OK$"]
        case "dump":
            everything = urllib3.request("GET", f"{site}/dumps/kennisbouwstenen.nt").data
            return ["^OK {} statements$".format(everything.count(b"\n"))]
        case "search":
            return ["aspect/schulden-basis"]
        case "reconcile":
            return ["aspect/schuldhulpverlening", "aspect/eenzaamheid"]
        case _:
            return ["id/signaal/schulden", "id/specialist/schuldhulpverlener"]


def test_every_tool_has_programs_and_every_file_is_shown() -> None:
    assert {f"{task}.{tool.ending}" for tool, task in EVERY} == {
        path.name for path in FOLDER.iterdir() if path.is_file()
    }
    assert {tool.name for tool, _ in EVERY} == set(PROGRAMS)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_the_page_shows_the_programs_for_the_site_it_is_on(site: str, tool: Tool, language: str) -> None:
    shown = on_the_page(site, tool, language)
    assert list(shown) == [task for owner, task in EVERY if owner == tool]
    for task, text in shown.items():
        assert OWN_SITE not in text and site in text
        assert text == (FOLDER / f"{task}.{tool.ending}").read_text(encoding="utf-8").strip().replace(OWN_SITE, site)


@pytest.mark.slow
@pytest.mark.parametrize(("tool", "task"), EVERY, ids=[f"{tool.name} {task}" for tool, task in EVERY])
def test_a_program_does_what_the_page_says(
    tool: Tool, task: str, site: str, real_store: LocalStore, tmp_path: Path
) -> None:
    printed = run(tool, on_the_page(site, tool)[task], tmp_path)
    for pattern in expected(task, tool.name, site, real_store):
        assert re.search(pattern, printed, re.MULTILINE), (pattern, printed)


@pytest.mark.slow
def test_a_program_that_checks_a_download_finds_what_is_wrong(site: str, tmp_path: Path) -> None:
    text = on_the_page(site, TOOLS[1])["dump"].replace("answer.read()", "answer.read()[:-1]")
    path = tmp_path / "program.py"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, path], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 1
    assert "did not arrive whole" in done.stderr


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_address_on_the_page_opens(site: str, language: str) -> None:
    page = urllib3.request("GET", f"{site}/{language}/programmeren").data.decode()
    found = [html.unescape(address) for address in LISTED.findall(page)]
    assert len(found) == 7
    answers = {address: urllib3.request("GET", address).status for address in found}
    assert set(answers.values()) == {200}, answers
