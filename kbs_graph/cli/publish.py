"""`kbs publish`: the snapshot to a store elsewhere, and whether it is there."""

import sys

import click

from kbs_graph.cli.options import CLEAN, FOUND, lang_option
from kbs_graph.config import settings
from kbs_graph.errors import Words
from kbs_graph.remote import checking, publishing
from kbs_graph.remote.checking import Compared
from kbs_graph.remote.publishing import Step
from kbs_graph.remote.trouble import Trouble

_STEPS = {
    "send": Words("Uitspraken versturen", "Sending statements"),
    "point": Words("In gebruik nemen", "Putting it to use"),
    "remove": Words("Weghalen wat niet meer nodig is", "Removing what is not needed any more"),
}


@click.command("publish")
@lang_option
@click.option("--check", is_flag=True, help="Only compare what the store holds, graph by graph.")
@click.option("--force", is_flag=True, help="Take the place of what was published there from another folder.")
def publish_command(lang: str, check: bool, force: bool) -> None:
    """Write the current snapshot to the store of KBS_STORE. Exit 0: done or the same, 1: it differs, 2: could not run.

    What was interrupted goes on when the command is given again. Readers see the old graph until all of it is there.
    """
    try:
        sys.exit(_check(lang) if check else _publish(lang, force))
    except Trouble as error:
        raise error.for_operator() from error


def _publish(lang: str, force: bool) -> int:
    done = publishing.publish(settings(), force, lambda step: _tell(step, lang))
    words = Words(
        f"Publicatie {done.number} is in gebruik: momentopname {done.snapshot}, {len(done.graphs)} grafen.",
        f"Publication {done.number} is in use: snapshot {done.snapshot}, {len(done.graphs)} graphs.",
    )
    click.echo(f"{words.in_language(lang)} {done.content_hash}")
    return CLEAN


def _check(lang: str) -> int:
    different = [each for each in checking.check(settings(), lambda each: _compared(each, lang)) if not each.same]
    words = (
        Words(f"Verschillend: {len(different)}.", f"Different: {len(different)}.")
        if different
        else Words("De store houdt precies deze momentopname.", "The store holds exactly this snapshot.")
    )
    click.echo(words.in_language(lang))
    return FOUND if different else CLEAN


def _compared(each: Compared, lang: str) -> None:
    same = Words("gelijk", "the same") if each.same else Words("ANDERS", "DIFFERENT")
    click.echo(f"{same.in_language(lang):10} {each.found:>8} / {each.wanted:<8} {each.graph}")


def _tell(step: Step, lang: str) -> None:
    click.echo(f"  {_STEPS[step.kind].in_language(lang)} … {step.done}/{step.of} {step.graph}".rstrip(), err=True)
