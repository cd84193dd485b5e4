"""Languages as people type them, as the EU's list of languages has them, and as tags of texts: the one table."""

from kbs_graph.folding import fold

SCHEME = "http://publications.europa.eu/resource/authority/language/"
"""What the IRIs of the EU's list of languages begin with; a code follows."""
DUTCH = "NLD"
_LANGUAGES = {
    "NLD": ("nl", "nederlands dutch nl nld ned"),
    "ENG": ("en", "engels english en eng"),
    "DEU": ("de", "duits german de deu ger"),
    "FRA": ("fr", "frans french fr fra fre"),
    "FRY": ("fy", "fries frisian fy fry"),
    "PAP": ("pap", "papiaments papiamento pap"),
    "ARA": ("ar", "arabisch arabic ar ara"),
    "TUR": ("tr", "turks turkish tr tur"),
    "POL": ("pl", "pools polish pl pol"),
    "RON": ("ro", "roemeens romanian ro ron"),
    "BUL": ("bg", "bulgaars bulgarian bg bul"),
    "UKR": ("uk", "oekraiens ukrainian uk ukr"),
    "RUS": ("ru", "russisch russian ru rus"),
    "SPA": ("es", "spaans spanish es spa"),
    "POR": ("pt", "portugees portuguese pt por"),
    "ITA": ("it", "italiaans italian it ita"),
    "FAS": ("fa", "farsi perzisch persian fa fas"),
    "PUS": ("ps", "pasjtoe pashto ps pus"),
    "KUR": ("ku", "koerdisch kurdish ku kur"),
    "TIR": ("ti", "tigrinya ti tir"),
    "SOM": ("so", "somalisch somali so som"),
    "ZHO": ("zh", "chinees chinese zh zho"),
}
"""By code of the EU's list of languages: the tag of BCP 47 for its texts, and the names people type."""
TAGS = {code: tag for code, (tag, _) in _LANGUAGES.items()}
_CODES = {name: code for code, (_, names) in _LANGUAGES.items() for name in names.split()}


def code(typed: str) -> str:
    """The code of a language in the EU's list, from its name or code; empty when it is not known here."""
    word = fold(typed.partition("(")[0])
    return _CODES.get(word) or _CODES.get(word.split()[0] if word else "", "")
