"""The addresses of the team scan. None of them ever holds a value that was filled in: that travels in the form."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from flask import Flask

from webui.i18n import language


def init(app: Flask) -> None:
    """Put these functions beside the other addresses; after `urls.init`."""
    builders = (teamscan, teamscan_file, teamscan_template, workshop, anchors, example_scan)
    known = app.jinja_env.globals["urls"]
    assert isinstance(known, dict)
    known.update({function.__name__: function for function in builders})


def teamscan(step: str = "", topics: Iterable[str] = (), area: str = "", tongue: str | None = None) -> str:
    """The start, or a step such as `invullen`; the start may have topics (keys) or an area (slug) chosen beforehand."""
    asked = [*(("onderwerp", key) for key in topics), *([("gebied", area)] if area else [])]
    path = f"/{tongue or language()}/teamscan" + (f"/{quote(step)}" if step else "")
    return path + (f"?{urlencode(asked, safe='/')}" if asked else "")


def teamscan_file(ending: str) -> str:
    """Where the form is sent to be answered with a file: `json`, `xlsx`, `docx`, `csv` or `ics`."""
    return teamscan(f"bestand.{ending}")


def teamscan_template(pairs: Iterable[tuple[str, str]] = ()) -> str:
    """The empty sheet to fill in with a spreadsheet program, for a scope and profile in (parameter, value) pairs."""
    asked = urlencode(list(pairs))
    return teamscan("sjabloon.xlsx") + (f"?{asked}" if asked else "")


def workshop() -> str:
    """The programme of a meeting of an hour on one sheet."""
    return teamscan("bijeenkomst")


def anchors() -> str:
    """What each level means, on one sheet to hand out."""
    return teamscan("ankers")


def example_scan() -> str:
    """A filled-in scan to try the site with."""
    return "/voorbeelden/f1.json"
