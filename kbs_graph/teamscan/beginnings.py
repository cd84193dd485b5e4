"""What to begin with: for each kind of team a first choice of topics for one meeting. The team changes it at will.

Chosen by the editors: what a team meets most, from every area. A slug that is not in the graph is passed over.
"""

from collections.abc import Iterable

from kbs_graph.teamscan.model import Topic

MOST_AT_FIRST = 25
"""The advice: not more topics than this in a first scan."""

_BROAD = """
gezondheidsvaardigheden lichamelijke-achteruitgang eerstelijn-samenwerken
vraagverheldering lvb-herkennen mantelzorg-herkennen wmo-maatwerk
geldzorgen-signaleren schulden-basis schuldhulpverlening
eenzaamheid-signaleren laaggeletterdheid-herkennen sociale-basis
opvoedvragen scheiding-signaleren samen-beslissen
meldcode kindermishandeling huiselijk-geweld gegevens-delen veilig-thuis
psychische-problemen-signaleren suicidaliteit-signaleren verslaving-signaleren ggz-samenwerken
"""
_COMPLEX = """
nah-ondersteunen eerstelijn-samenwerken
lvb-begeleiden vervuiling-hoarding vertegenwoordiging dakloosheid
schuldhulpverlening budgetbeheer stress-sensitief schulden-suicidaliteit
netwerk-versterken weg-naar-werk
meervoudige-problemen scheiding-begeleiden kopp-ondersteunen lvb-ouders
meldcode veilig-thuis veiligheidsplan partnergeweld-aanpak jeugdbescherming
suicidepreventie verplichte-zorg herstel-epa verslaving-begeleiden
"""
_YOUTH = """
brede-kijk-gezondheid
vraagverheldering lvb-herkennen
geldzorgen-signaleren kinderen-armoede
sociaal-netwerk diversiteitssensitief
ontwikkeling-van-kinderen opvoedvragen risico-beschermend praten-met-kinderen scheiding-signaleren kopp-signaleren
verzuim-signaleren jonge-mantelzorgers opvoedprogramma onderwijs-zorg samen-beslissen
meldcode kindermishandeling kindcheck gegevens-delen veilig-thuis
suicidaliteit-signaleren weg-ggz
"""
_OUTPOST = """
gezondheidsvaardigheden lichamelijke-achteruitgang weg-in-de-zorg
vraagverheldering administratie-overzicht dementie-herkennen wetten-wegwijs
geldzorgen-signaleren niet-gebruik schulden-basis
eenzaamheid-signaleren laaggeletterdheid-herkennen sociale-basis
opvoedvragen voorzieningen-jeugd
meldcode kindermishandeling huiselijk-geweld gesprek-onveiligheid
psychische-problemen-signaleren suicidaliteit-signaleren verslaving-signaleren weg-ggz
"""
_FIRST = {"complex": _COMPLEX, "jeugd": _YOUTH, "voorpost": _OUTPOST}


def first(topics: Iterable[Topic], profile: str) -> frozenset[str]:
    """The keys of the topics to begin with for a profile; those of a broad team without one that we know."""
    chosen = {f"aspect/{slug}" for slug in _FIRST.get(profile, _BROAD).split()}
    return frozenset(topic.key for topic in topics if topic.key in chosen)
