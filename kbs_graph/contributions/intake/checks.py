"""What no shape can tell of one source: do its links lead anywhere, is its address public, do its texts name nobody."""

from rdflib.namespace import DCTERMS

from kbs_graph import personal_data
from kbs_graph.contributions.intake.identity import PAGE, Source
from kbs_graph.contributions.intake.world import World
from kbs_graph.contributions.sheets import web_addresses
from kbs_graph.terms import BASE, ID, Iri, K, Literal

_LINKS = {str(DCTERMS[name]) for name in ("subject", "type", "publisher", "audience")} | {str(K.mainSubject)}


def links(source: Source, world: World) -> None:
    """Every link to a thing of ours leads to something that is there."""
    for predicate, value in source.said:
        if str(predicate) not in _LINKS or not isinstance(value, Iri) or not value.startswith(ID):
            continue
        thing = world.thing(value)
        if thing is None:
            source.fault(
                "dangling-link",
                f"{value} bestaat niet. Kijk of het adres goed is overgenomen.",
                f"{value} does not exist. Check that the address was copied well.",
                predicate,
                value,
            )
        elif thing.is_retired:
            heir = world.heir(value)
            source.fault(
                "live-link-to-retired",
                f"{value} is ingetrokken. " + (f"Gebruik in plaats daarvan {heir}." if heir else "Laat deze link weg."),
                f"{value} was withdrawn. " + (f"Use {heir} instead." if heir else "Leave this link out."),
                predicate,
                value,
            )


def page(source: Source) -> None:
    """The web address is one that everybody can open, and not one of ours."""
    if source.page is None:
        return
    if source.page.startswith(BASE):
        source.fault(
            "contribution-page",
            "Dit is een adres van Kennisbouwstenen. Geef het adres van de bron zelf (foaf:page).",
            "This is an address of Kennisbouwstenen. Give the address of the source itself (foaf:page).",
            PAGE,
            source.page,
        )
    elif fault := web_addresses.read(source.page).fault:
        source.fault("contribution-page", fault.nl, fault.en, PAGE, source.page)


def texts(source: Source) -> None:
    """No text holds a mail address, a phone number or a citizen service number."""
    for predicate, value in source.said:
        if isinstance(value, Literal) and value.language and personal_data.find(value.value):
            source.fault(
                "contribution-personal-data",
                "Hier staat een mailadres, telefoonnummer of BSN. Haal dat weg: alles in de graaf is openbaar.",
                "This holds a mail address, phone number or BSN. Take it out: everything in the graph is public.",
                predicate,
            )
