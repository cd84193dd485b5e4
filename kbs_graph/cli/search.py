"""The command that tries the search on the editors' word list."""

import sys
import tempfile
from pathlib import Path

import click

from kbs_graph import build, files
from kbs_graph.cli.options import CLEAN, FOUND, lang_option, root_option
from kbs_graph.config import settings
from kbs_graph.errors import Words
from kbs_graph.search import expectations, indexing
from kbs_graph.search.label_index import Index
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.terms import ID


@click.command("search-check")
@root_option
@lang_option
@click.option("--fresh", is_flag=True, help="Try the files as they are now, not the current snapshot.")
@click.option("--verbose", is_flag=True, help="Show every query with what it found.")
def search_check_command(root: Path | None, lang: str, fresh: bool, verbose: bool) -> None:
    """Try the search on data/search-words.csv. Exit 0: at least 95 % in the top three, 1: fewer, 2: could not run."""
    config = settings(root=root.resolve() if root else None)
    with tempfile.TemporaryDirectory() as folder:
        if fresh:
            path = Path(folder) / "search.sqlite"
            graphs = build.completed(files.whole(files.read(config.root)))
            store = LocalStore.in_memory(b"".join(graph.nquads for graph in graphs.values()))
            indexing.fill(store, path)
        else:
            path = SnapshotStore(config.var).current().search
        index = Index(path)
        known = (iri.removeprefix(ID) for iri in index.iris())
        checked = expectations.run(index, expectations.read(config.root / files.SEARCH_WORDS, known))
    _report(checked, lang, verbose)
    sys.exit(CLEAN if checked.ok else FOUND)


def _report(checked: expectations.Checked, lang: str, verbose: bool) -> None:
    for outcome in checked.outcomes:
        if verbose or not outcome.passed:
            mark = Words("goed", "good") if outcome.passed else Words("fout", "wrong")
            wanted = Words("gezocht", "wanted").in_language(lang)
            click.echo(
                f"{mark.in_language(lang):5} {outcome.query.line:4} {outcome.query.text} [{outcome.query.category}] "
                f"→ {', '.join(outcome.found) or '-'} ({wanted}: {' '.join(outcome.query.wanted)})"
            )
    for category, (passed, total) in checked.by_category().items():
        click.echo(f"{category:16} {passed:4}/{total}")
    middle, slowest = checked.times()
    words = Words(
        f"{checked.share:.1%} van {len(checked.outcomes)} vragen vindt het gezochte in de eerste {expectations.TOP} "
        f"(nodig: {expectations.BAR:.0%}); p50 {middle:.1f} ms, p99 {slowest:.1f} ms.",
        f"{checked.share:.1%} of {len(checked.outcomes)} queries find what is wanted in the first {expectations.TOP} "
        f"(needed: {expectations.BAR:.0%}); p50 {middle:.1f} ms, p99 {slowest:.1f} ms.",
    )
    click.echo(words.in_language(lang))
