"""What a list is about, in one sentence, and what its filters are called: message ids by kind and by facet."""

from flask import Flask

from webui import labels
from webui.i18n import N_, gettext

_ABOUT = {
    "domein": N_("The seven areas of the wheel, in their fixed order."),
    "aspect": N_("What a team can know, by area: first what everyone needs, then what a few colleagues need."),
    "competentie": N_("What every professional can do, in all areas."),
    "doelgroep": N_("Groups of people to keep in mind, each with advice."),
    "bron": N_("Guides, research and tools of others, with who made them and when."),
    "organisatie": N_("Who made the sources, and how many of theirs are in here."),
    "casus": N_("Example stories: what may be going on, and what to look at first."),
    "signaal": N_("What you can see or hear, and the knowledge that goes with it."),
    "specialist": N_("Who you can ask when a question goes beyond the team."),
    "begrip": N_("The words of the model itself."),
    "kader": N_("The lists that all words of this site belong to."),
}
_OTHERS = N_("The fixed words that this site uses for this.")
_FACETS = {
    "soort": N_("Kind"),
    "domein": N_("Area"),
    "doelgroep": N_("Target group"),
    "niveau": N_("For whom in the team"),
}


def about(segment: str) -> str:
    """What the list of a kind is, in the reader's language."""
    return gettext(_ABOUT.get(segment, _OTHERS))


def facet(name: str) -> str:
    """The name of a facet, in the reader's language; most are named after the kind their values are of."""
    return gettext(_FACETS[name]) if name in _FACETS else labels.one(name)


def init(app: Flask) -> None:
    app.jinja_env.globals.update(list_about=about, facet_names=facet)
