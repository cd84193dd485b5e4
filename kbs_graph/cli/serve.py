"""`kbs serve`: the production server. The one module of the library that knows the app; `cli` loads it when asked."""

import click

from kbs_graph.config import settings
from kbs_graph.contributions import publishing
from kbs_graph.remote import keeping
from kbs_graph.snapshots import SnapshotStore
from webui.server import serve


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.", type=click.IntRange(1, 65535))
def serve_command(host: str, port: int) -> None:
    """Start the production server."""
    config = settings()
    SnapshotStore(config.var).current()
    publishing.recover(config)
    keeping.start(config)
    serve(config, host, port)
