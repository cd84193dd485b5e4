"""The team scan without a server: read the file of a team, show its report, write documents, make the empty sheet."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from kbs_graph.cli.options import CLEAN, FOUND, lang_option
from kbs_graph.config import settings
from kbs_graph.errors import BadRequest, KbsError, NotRunnable, Words
from kbs_graph.snapshots import SnapshotStore
from kbs_graph.store import LocalStore
from kbs_graph.teamscan import compare as comparing
from kbs_graph.teamscan import plan, profiles, region_plan, topics
from kbs_graph.teamscan import region as regions
from kbs_graph.teamscan import report as reports
from kbs_graph.teamscan.documents import as_text, making
from kbs_graph.teamscan.documents import sentences as said
from kbs_graph.teamscan.documents.kinds import Subject, Wanted
from kbs_graph.teamscan.model import Action, Mode, Scan, Topic
from kbs_graph.teamscan.sheet import as_workbook, reading

_FILE = click.Path(path_type=Path, dir_okay=False)
_PROPOSED = Words(
    "Er staat nog geen plan in het bestand. We zetten erin wat het meest ontbreekt, als concept.",
    "There is no plan in the file yet. We put in what is missing most, as a draft.",
)


@click.command("scan")
@click.argument("files", nargs=-1, type=_FILE)
@click.option(
    "--report", type=_FILE, help="Write the report (or with --region that of the region): docx, xlsx, csv, json."
)
@click.option(
    "--plan",
    "plan_file",
    type=_FILE,
    help="Write the learning plan (or that of the region): docx, xlsx, ics, csv, json.",
)
@click.option("--delimitation", type=_FILE, help="Write who does what: docx, xlsx, csv, json.")
@click.option("--save", type=_FILE, help="Write the scan itself: json, xlsx, csv.")
@click.option("--region", is_flag=True, help="Put the files of two or more teams side by side.")
@click.option("--compare", is_flag=True, help="Show what changed between two files of one team, the older first.")
@click.option("--template", type=_FILE, help="Write an empty sheet (xlsx) to fill in.")
@click.option(
    "--domain", "domains", multiple=True, help="For --template: only this area, such as inkomen. May be repeated."
)
@click.option("--general", is_flag=True, help="For --template: only general knowledge.")
@click.option("--own", is_flag=True, help="For --template: for one professional.")
@click.option(
    "--profile",
    type=click.Choice([profile.slug for profile in profiles.PROFILES]),
    default=profiles.PROFILES[0].slug,
    show_default=True,
    help="For --template: the kind of team that the start values are of.",
)
@lang_option
def scan_command(
    files: tuple[Path, ...],
    report: Path | None,
    plan_file: Path | None,
    delimitation: Path | None,
    save: Path | None,
    region: bool,
    compare: bool,
    template: Path | None,
    domains: tuple[str, ...],
    general: bool,
    own: bool,
    profile: str,
    lang: str,
) -> None:
    """Report on the team scan in FILES (json, xlsx or csv). Exit 0: fine, 1: rows to mend, 2: could not run.

    Nothing leaves this machine, and nothing is written but the files you name.
    """
    snapshot = SnapshotStore(settings().var).current()
    store = LocalStore.open(snapshot.store)
    known = topics.read(store)
    if template:
        version = str(snapshot.manifest["version"])
        _write_template(template, known, domains, general, profile, Mode.OWN if own else Mode.TEAM, version, lang)
        return
    asked = {Subject.REPORT: report, Subject.PLAN: plan_file, Subject.DELIMITATION: delimitation, Subject.SCAN: save}
    if (compare and any(asked.values())) or (region and (delimitation or save)):
        raise BadRequest(
            "Met --compare wordt er geen bestand gemaakt, en met --region alleen --report en --plan.",
            "With --compare no file is made, and with --region only --report and --plan.",
        )
    read = [_read(path, known, topics.retired(store)) for path in files]
    problems = [_in_file(path, words) for path, found in zip(files, read, strict=True) for words in found.problems]
    for words in [*(_in_file(p, w) for p, found in zip(files, read, strict=True) for w in found.notes), *problems]:
        click.echo(words.in_language(lang), err=True)
    scans = [found.scan for found in read]
    _show(scans, known, region, compare, lang)
    if region:
        asked = {Subject.REGION: report}
        if plan_file:
            _write(Subject.PLAN, plan_file, [_joint_plan(scans, known, lang)], known, lang)
    for subject, path in asked.items():
        if path:
            _write(subject, path, scans, known, lang)
    sys.exit(FOUND if problems else CLEAN)


def _read(path: Path, known: tuple[Topic, ...], retired: dict[str, str]) -> reading.Read:
    try:
        return reading.read(path.read_bytes(), known, retired)
    except KbsError as error:
        raise NotRunnable(f"{path}: {error.words.nl}", f"{path}: {error.words.en}") from error


def _show(scans: list[Scan], known: tuple[Topic, ...], region: bool, compare: bool, lang: str) -> None:
    if region:
        lines: Iterable[str] = as_text.region(regions.merge(scans, known), lang)
    elif compare and len(scans) == 2:
        lines = as_text.comparison(comparing.compare(scans[0], scans[1], known), lang)
    elif len(scans) == 1 and not compare:
        lines = as_text.report(reports.make(scans[0], known), known, lang)
    else:
        raise BadRequest(
            "Geef één bestand. Of twee met --compare (eerst het oude), of twee of meer met --region.",
            "Give one file. Or two with --compare (the older first), or two or more with --region.",
        )
    for line in lines:
        click.echo(line)


def _write(subject: Subject, path: Path, scans: list[Scan], known: tuple[Topic, ...], lang: str) -> None:
    if subject is Subject.PLAN and not scans[0].plan and scans[0].lines:
        click.echo(_PROPOSED.in_language(lang), err=True)
        scans = [_with_plan(scans[0], known, lang), *scans[1:]]
    wanted = Wanted(subject, path.suffix.removeprefix(".").lower(), lang, settings().base_url)
    body = making.make(wanted, scans, known)
    path.write_bytes(body)
    click.echo(f"{path}: {len(body)}")


def _with_plan(scan: Scan, known: tuple[Topic, ...], lang: str) -> Scan:
    """The scan with a first plan: of what is open the most pressing, as many as one had better choose."""
    found = reports.make(scan, known)
    chosen = (*found.gaps, *found.no_contact)[: plan.ADVISED[-1]]
    return replace(scan, plan=tuple(plan.proposal(one, scan.mode, lang) for one in chosen))


def _joint_plan(scans: list[Scan], known: tuple[Topic, ...], lang: str) -> Scan:
    """What the teams of a region could learn together, the most pressing first, as rows of a plan."""
    found = regions.merge(scans, known)
    joint = region_plan.joint(found, said.REGION.in_language(lang))
    judged = {one.topic.key: one for one in reports.make(joint, known).table}
    first = [judged[one.topic.key] for one in found.training[: plan.ADVISED[-1]]]
    rows = (replace(plan.proposal(one, joint.mode, lang), action=Action.TRAINING) for one in first)
    return replace(joint, plan=tuple(rows))


def _write_template(
    path: Path,
    known: tuple[Topic, ...],
    domains: tuple[str, ...],
    general: bool,
    profile: str,
    mode: Mode,
    version: str,
    lang: str,
) -> None:
    areas = {str(topic.domain.slug) for topic in known if topic.domain}
    if not set(domains) <= areas:
        names = ", ".join(sorted(areas))
        raise BadRequest(
            f"Er is geen domein {', '.join(sorted(set(domains) - areas))}. Kies uit: {names}.",
            f"There is no area {', '.join(sorted(set(domains) - areas))}. Choose: {names}.",
        )
    if path.suffix.lower() != ".xlsx":
        raise BadRequest("Het lege blad is een .xlsx-bestand.", "The empty sheet is an .xlsx file.")
    chosen = as_workbook.chosen(known, domains, general)
    path.write_bytes(as_workbook.make(as_workbook.beginning(chosen, profile, mode, version), known, lang))
    click.echo(f"{path}: {len(chosen)}")


def _in_file(path: Path, words: Words) -> Words:
    return Words(f"{path.name}: {words.nl}", f"{path.name}: {words.en}")
