"""The command that lists what is missing in the current snapshot."""

from datetime import date
from pathlib import Path

import click

from kbs_graph import rows, tables
from kbs_graph.cli.options import lang_option
from kbs_graph.config import settings
from kbs_graph.coverage import gap_kinds, gaps, overview
from kbs_graph.coverage.gaps import Gap
from kbs_graph.errors import NotFound, Words
from kbs_graph.filters import Filters
from kbs_graph.rows import text_in
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID


@click.command("gaps")
@lang_option
@click.option("--domain", metavar="SLUG", help="Only what is missing in one area, such as inkomen.")
@click.option(
    "--kind",
    "slugs",
    type=click.Choice([kind.slug for kind in gap_kinds.KINDS]),
    metavar="KIND",
    multiple=True,
    help="Only this kind of gap; may be given more than once. Kinds: " + ", ".join(k.slug for k in gap_kinds.KINDS),
)
@click.option("--csv", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write a sheet instead.")
def gaps_command(lang: str, domain: str | None, slugs: tuple[str, ...], target: Path | None) -> None:
    """List what is missing in the current snapshot, by kind. Exit 0, also when much is missing; 2: could not run."""
    snapshot = SnapshotStore(settings().var).current()
    store = LocalStore.open(snapshot.store)
    filters = Filters.of([("domein", _known(store, domain))] if domain else [])
    covered = overview.of(store, date.fromisoformat(str(snapshot.manifest["created"])[:10]))
    wanted = [found for found in covered.found if not slugs or found.kind.slug in slugs]
    listed = [(found, overview.narrowed(found.gaps, filters)) for found in wanted]
    number = sum(len(narrowed) for _, narrowed in listed)
    if target:
        sheet = gaps.table("gaps", (gap for _, narrowed in listed for gap in narrowed), lang)
        target.write_bytes(tables.as_csv(sheet))
        click.echo(f"{target}: {number}")
        return
    for found, narrowed in listed:
        of = "" if domain else f" {Words('van', 'of').in_language(lang)} {found.total}"
        click.echo(f"{found.kind.title.in_language(lang)}: {len(narrowed)}{of}  [{found.kind.slug}]")
        if narrowed:
            click.echo(f"  → {found.kind.todo.in_language(lang)}")
        for gap in narrowed:
            click.echo(f"  {_line(gap, lang)}")
    click.echo(f"{Words('In totaal', 'In all').in_language(lang)}: {number}")


def _line(gap: Gap, lang: str) -> str:
    detail = gap.detail.in_language(lang) if gap.detail else ""
    beside = text_in(gap.beside.label, lang) if gap.beside else ""
    more = "; ".join(filter(None, (beside, detail)))
    return f"{gap.ref.iri.removeprefix(ID)}  {text_in(gap.ref.label, lang)}" + (f" ({more})" if more else "")


def _known(store: LocalStore, domain: str) -> str:
    """The slug of an area there is. Raises NotFound, naming all of them."""
    slugs = [str(ref.slug) for ref in rows.values(store)["domein"]]
    if domain not in slugs:
        there = ", ".join(slugs)
        raise NotFound(f"Er is geen domein {domain!r}. Kies uit: {there}.", f"No domain {domain!r}. Choose: {there}.")
    return domain
