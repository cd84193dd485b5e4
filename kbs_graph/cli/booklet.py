"""The command that makes one booklet of the current snapshot."""

from pathlib import Path

import click

from kbs_graph.booklet import gathering, shelf
from kbs_graph.booklet.model import LANGUAGES
from kbs_graph.config import settings
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.teamscan import booklet_layer, topics
from kbs_graph.teamscan.sheet import reading


@click.command("booklet")
@click.argument("domain", default="")
@click.option("--lang", type=click.Choice(LANGUAGES), default="nl", help="Language of the booklet.")
@click.option("--format", "form", type=click.Choice(list(shelf.FORMATS)), default="pdf", help="PDF, or Word (docx).")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write (default: here).")
@click.option(
    "--team",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="File of a team scan: adds the team's own contacts, notes, examples and topics, marked as its own.",
)
@click.option("--all", "every", is_flag=True, help="Make all that the site offers and that is not there yet.")
def booklet_command(domain: str, lang: str, form: str, output: Path | None, team: Path | None, every: bool) -> None:
    """Make the booklet of DOMAIN (such as inkomen), or of everything, from the current snapshot."""
    snapshot = SnapshotStore(settings().var).current()
    if every:
        shelf.make(snapshot)
        return
    store = LocalStore.open(snapshot.store)
    content = gathering.gather(store, gathering.edition_of(snapshot.manifest), lang, domain)
    whole = domain or shelf.WHOLE
    if team:
        known = topics.read(store)
        found = reading.read(team.read_bytes(), known, topics.retired(store))
        for words in (*found.notes, *found.problems):
            click.echo(words.in_language(lang), err=True)
        content = booklet_layer.lay(content, found.scan, known)
        whole = f"{whole}-team"
    target = output or Path(shelf.name(whole, lang, form))
    body = shelf.written(content, form)
    target.write_bytes(body)
    click.echo(f"{target}: {len(body)}")
