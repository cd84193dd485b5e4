"""The kinds of gap: what each is called, what a reader can do about it, and from when something is thin or old."""

from dataclasses import dataclass

from kbs_graph.coverage.facts import FACTS, Fact
from kbs_graph.errors import Words

FEWEST_SOURCES = 2
"""Sources an aspect has at least, so that a reader has something to choose from."""
OLD_KNOWLEDGE, OLD_SOURCE = 5, 10
"""Years after which the newest source of an aspect, or any source, is old."""


@dataclass(frozen=True)
class Kind:
    """A kind of gap: the slug of its list, what it is, and what a reader or editor can do."""

    slug: str
    title: Words
    todo: Words


KNOWS = Words("Ken je er een? Geef het door.", "Do you know one? Tell us.")
EDITORS = Words(
    "De redactie zoekt dit uit. Weet jij het? Geef het door.", "The editors look for this. Do you know? Tell us."
)

DOMAIN_REMARK = Kind(
    "gebied-zonder-aandachtspunt",
    Words("Gebieden zonder aandachtspunt bij een doelgroep", "Areas without a remark for a target group"),
    Words(
        "Werk je met deze mensen? Vertel waar je in dit gebied op let.",
        "Do you work with these people? Tell us what you mind in this area.",
    ),
)
DOMAIN_SOURCE = Kind(
    "gebied-zonder-bron",
    Words("Gebieden zonder bron over een doelgroep", "Areas without a source about a target group"),
    KNOWS,
)
DOMAIN_KIND = Kind(
    "gebied-zonder-bronsoort",
    Words("Gebieden zonder een soort bron", "Areas without a kind of source"),
    KNOWS,
)
REMARK = Kind(
    "kennis-zonder-aandachtspunt",
    Words(
        "Kennis die ertoe doet voor een doelgroep, nog zonder aandachtspunt",
        "Knowledge that matters to a target group, without a remark yet",
    ),
    Words(
        "Werk je met deze mensen? Vertel waar je bij dit onderwerp op let.",
        "Do you work with these people? Tell us what you mind with this topic.",
    ),
)
FEW_SOURCES = Kind(
    "kennis-met-weinig-bronnen",
    Words("Kennis met minder dan twee bronnen", "Knowledge with fewer than two sources"),
    KNOWS,
)
AUTHORITY = Kind(
    "kennis-zonder-gezag",
    Words("Kennis zonder gezaghebbende bron", "Knowledge without an authoritative source"),
    KNOWS,
)
OLD = Kind(
    "kennis-met-oude-bronnen",
    Words(
        f"Kennis waarvan de nieuwste bron ouder is dan {OLD_KNOWLEDGE} jaar",
        f"Knowledge of which the newest source is older than {OLD_KNOWLEDGE} years",
    ),
    Words("Ken je een nieuwere bron? Geef hem door.", "Do you know a newer source? Tell us."),
)
UNDATED = Kind(
    "kennis-zonder-jaar",
    Words("Kennis waarvan geen bron een bekend jaar heeft", "Knowledge of which no source has a known year"),
    EDITORS,
)
OLD_SOURCES = Kind(
    "bron-oud",
    Words(f"Bronnen ouder dan {OLD_SOURCE} jaar", f"Sources older than {OLD_SOURCE} years"),
    Words(
        "Is er een nieuwere uitgave, of klopt dit niet meer? Geef het door.",
        "Is there a newer edition, or is this no longer right? Tell us.",
    ),
)
UNCONFIRMED = Kind(
    "niet-bevestigd",
    Words("Onderwerpen die nog geen deskundige bevestigde", "Topics that no expert has confirmed yet"),
    Words(
        "Ben je hier deskundig in? Laat weten wat klopt en wat niet.",
        "Are you an expert in this? Tell us what is right and what is not.",
    ),
)
DUE = Kind(
    "aan-de-beurt",
    Words("Onderwerpen die opnieuw gelezen moeten worden", "Topics that are due to be read again"),
    Words("Is er iets veranderd? Geef het door.", "Has something changed? Tell us."),
)
ENGLISH = Kind(
    "zonder-engels",
    Words("Onderwerpen met tekst zonder Engels", "Topics with text that is not in English"),
    Words("De redactie vertaalt dit.", "The editors translate this."),
)


def unknown(fact: Fact) -> Kind:
    """The kind of gap of sources of which a fact is not known."""
    nl, en = fact.name.nl, fact.name.en
    return Kind(
        f"bron-zonder-{fact.slug}",
        Words(f"Bronnen waarvan we niet weten: {nl}", f"Sources of which we do not know: {en}"),
        EDITORS,
    )


UNKNOWN = {fact.slug: unknown(fact) for fact in FACTS}
KINDS = (
    *(DOMAIN_REMARK, DOMAIN_SOURCE, DOMAIN_KIND, REMARK, FEW_SOURCES, AUTHORITY, OLD, UNDATED, OLD_SOURCES),
    *(*UNKNOWN.values(), UNCONFIRMED, DUE, ENGLISH),
)
"""All kinds of gap, in the order of reading: first what a reader can help with."""
