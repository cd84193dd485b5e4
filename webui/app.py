"""The Flask app, wired. Everything it does stands in the modules named here."""

from flask import Flask

from kbs_graph.config import Settings
from kbs_graph.config import settings as from_environment
from webui import caching, errors, headers, i18n, labels, serving, urls, wording
from webui.views import data, definition, downloads, pages, search, sparql

LARGEST_BODY = 1 << 20
"""Bytes of a request beyond which it is refused unread (413)."""


def create_app(settings: Settings | None = None) -> Flask:
    """An app over the snapshots of `settings` (default: from the environment). Opens nothing yet."""
    settings = settings or from_environment()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    serving.init(app, settings)
    caching.init(app, settings.root)
    for part in (i18n, urls, wording, labels, errors, headers):
        part.init(app)
    for view in (pages, search, data, downloads, definition, sparql):
        app.register_blueprint(view.blueprint)
    return app
