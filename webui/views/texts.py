"""The pages of text: about, accessibility, privacy, help. Their sentences stand in templates/texts/."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from webui.caching import respond
from webui.negotiation import HTML
from webui.serving import opened

NAMES = ("over", "toegankelijkheid", "privacy", "hulp")

blueprint = Blueprint("texts", __name__)


@blueprint.get(f"/<lang:lang>/<any({','.join(NAMES)}):name>")
def text(lang: str, name: str) -> Response:
    """One of the pages named here; its words are the same for every reader."""
    return respond(HTML, lambda: render_template(f"texts/{name}.{lang}.html", snapshot=opened().snapshot))
