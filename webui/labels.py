"""What the site calls each kind of thing, as message ids: one (a badge) and all of them (a heading)."""

from flask import Flask

from webui.i18n import N_, gettext

_NAMES = {
    "domein": (N_("Area"), N_("Areas")),
    "aspect": (N_("Knowledge"), N_("Knowledge aspects")),
    "competentie": (N_("Competency"), N_("Competencies")),
    "doelgroep": (N_("Target group"), N_("Target groups")),
    "bron": (N_("Source"), N_("Sources")),
    "organisatie": (N_("Organisation"), N_("Organisations")),
    "casus": (N_("Case"), N_("Cases")),
    "signaal": (N_("Sign"), N_("Signs")),
    "specialist": (N_("Specialist"), N_("Specialists")),
    "begrip": (N_("Notion"), N_("Notions")),
    "kader": (N_("Scheme"), N_("Schemes")),
    "kennistype": (N_("Type of knowledge"), N_("Types of knowledge")),
    "bronsoort": (N_("Kind of source"), N_("Kinds of source")),
    "publiek": (N_("Audience"), N_("Audiences")),
    "organisatiesoort": (N_("Kind of organisation"), N_("Kinds of organisation")),
    "status": (N_("Status"), N_("Statuses")),
    "urgentie": (N_("Urgency"), N_("Urgencies")),
    "adviesonderwerp": (N_("Topic of advice"), N_("Topics of advice")),
    "registratie": (N_("Professional registration"), N_("Professional registrations")),
    "vindplaats": (N_("State of an address"), N_("States of an address")),
    "formulering": (N_("Origin of the wording"), N_("Origins of the wording")),
}


def one(segment: str) -> str:
    """The name of a kind, in the reader's language."""
    return gettext(_NAMES[segment][0])


def many(segment: str) -> str:
    """The name of all things of a kind, in the reader's language."""
    return gettext(_NAMES[segment][1])


def init(app: Flask) -> None:
    app.jinja_env.globals.update(kind_name=one, kind_names=many)
