"""What the properties of a source are called on a page, by their compact name."""

from flask import Flask

from webui.i18n import N_, gettext

_NAMES = {
    "dcterms:title": N_("title"),
    "foaf:page": N_("web address"),
    "dcterms:publisher": N_("publisher"),
    "dcterms:type": N_("kind"),
    "dcterms:issued": N_("year"),
    "dcterms:language": N_("language"),
    "dcterms:audience": N_("made for"),
    "dcterms:isReplacedBy": N_("replaced by"),
    "k:commissionedBy": N_("commissioned by"),
    "k:why": N_("why it helps"),
    "k:evidence": N_("what is known of its effect"),
    "k:timeBound": N_("bound to its time"),
    "schema:timeRequired": N_("time needed"),
    "schema:isAccessibleForFree": N_("costs"),
}


def name(property_name: str) -> str:
    """The name of a property in the reader's language; one without a name goes by its compact form."""
    return gettext(_NAMES[property_name]) if property_name in _NAMES else property_name


def init(app: Flask) -> None:
    app.jinja_env.filters.update(property_name=name)
