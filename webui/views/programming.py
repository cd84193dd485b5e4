"""For programmers: the page with programs to copy, and the description of all JSON addresses."""

import json
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, render_template

from webui import i18n, urls
from webui.caching import respond
from webui.i18n import language
from webui.machine_urls import programming
from webui.negotiation import HTML
from webui.openapi.document import document

blueprint = Blueprint("programming", __name__)

JSON = "application/json"
FOLDER = Path(__file__).parents[1] / "programs"
"""Programs that run as they are on a site of one's own; the page shows them for the site it is on."""
OWN_SITE = "http://127.0.0.1:8000"
TASKS = ("query", "thing", "table", "dump", "search", "reconcile", "skosmos")
"""What the programs do, in the order of the page; not every tool has one for each."""


@dataclass(frozen=True)
class Tool:
    """What programs are run with: its name, the ending of their files, and its part of the address of the page."""

    name: str
    ending: str
    path: str = ""


TOOLS = (
    Tool("curl", "sh"),
    Tool("Python", "py", "python"),
    Tool("R", "R", "r"),
    Tool("JavaScript", "mjs", "javascript"),
)
_BY_PATH = {tool.path: tool for tool in TOOLS}


@blueprint.get("/<lang:lang>/programmeren")
@blueprint.get(f"/<lang:lang>/programmeren/<any({','.join(filter(None, _BY_PATH))}):tool>")
def page(lang: str, tool: str = "") -> Response:
    """Programs to copy for one tool, for the site as it was asked."""
    chosen = _BY_PATH[tool]

    def make() -> str:
        return render_template(f"programming.{lang}.html", tools=TOOLS, tool=chosen, programs=_programs(chosen))

    return respond(HTML, make)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of what programs ask (OpenAPI 3.1), in the language of `?lang=` or Accept-Language."""

    def make() -> str:
        places = (urls.absolute(path) for path in ("/", urls.suggestion(), programming()))
        return json.dumps(document(language(), *places), ensure_ascii=False)

    response = respond(JSON, make)
    if not i18n.is_asked():
        response.vary.add("Accept-Language")
    return response


def _programs(tool: Tool) -> dict[str, str]:
    """The programs for a tool by what they do, asking this site."""
    files = ((task, FOLDER / f"{task}.{tool.ending}") for task in TASKS)
    site = urls.absolute("")
    return {
        task: path.read_text(encoding="utf-8").strip().replace(OWN_SITE, site) for task, path in files if path.exists()
    }
