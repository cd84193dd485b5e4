"""The Flask app, wired. Everything it does stands in the modules named here."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kbs_graph.config import Settings
from kbs_graph.config import settings as from_environment
from webui import (
    assets,
    caching,
    errors,
    headers,
    i18n,
    institute_urls,
    labels,
    list_words,
    machine_urls,
    mapping_words,
    model_urls,
    model_words,
    news_words,
    own_list,
    property_words,
    querying,
    serving,
    structured,
    uploads,
    urls,
    wheels,
    wording,
)
from webui.deliver import urls as deliver_urls
from webui.teamscan import fields, state
from webui.teamscan import urls as scan_urls
from webui.views import (
    booklets,
    casefinder,
    coverage,
    crawl,
    data,
    dataset,
    definition,
    deliver,
    deliver_tools,
    downloads,
    graphs,
    institutes,
    lists,
    mappings,
    news,
    pages,
    programming,
    reconcile,
    search,
    security,
    shortlist,
    skosmos,
    sparql,
    suggestions,
    teamscan,
    teamscan_files,
    teamscan_guides,
    teamscan_region,
    teamscan_results,
    texts,
    wheel,
)

LARGEST_BODY = 1 << 20
"""Bytes of a request beyond which it is refused unread (413)."""


def create_app(settings: Settings | None = None) -> Flask:
    """An app over the snapshots of `settings` (default: from the environment). Opens nothing yet."""
    settings = settings or from_environment()
    app = Flask(__name__, static_folder=None)
    app.request_class = uploads.InMemory
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    serving.init(app, settings)
    caching.init(app, settings.root)
    querying.init(app, settings)
    for part in (i18n, assets, urls, institute_urls, machine_urls, own_list, structured, wheels, errors, headers):
        part.init(app)
    model_urls.init(app)
    deliver_urls.init(app)
    for scanning in (scan_urls, fields, state):
        scanning.init(app)
    for words in (wording, labels, list_words, mapping_words, model_words, news_words, property_words):
        words.init(app)
    for view in (pages, casefinder, lists, shortlist, search, data, downloads, definition, sparql, texts, crawl, wheel):
        app.register_blueprint(view.blueprint)
    for reporting in (suggestions, security, coverage, news, booklets, mappings, programming, dataset):
        app.register_blueprint(reporting.blueprint)
    for scan in (teamscan, teamscan_results, teamscan_region, teamscan_files, teamscan_guides):
        app.register_blueprint(scan.blueprint)
    for giving in (reconcile, skosmos, graphs, institutes, deliver, deliver_tools):
        app.register_blueprint(giving.blueprint)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app
